// The translator: values in words, in four languages and the style of a surface; locale tags; aliases.
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRegistry } from '../../src/command/registry.ts';
import { type Locale, localeOf, locales } from '../../src/i18n/locale.ts';
import { literal, type Message, message, type ValuesOf } from '../../src/i18n/message.ts';
import { choiceOf, commandAliases, descriptionOf, optionDescriptionOf } from '../../src/i18n/names.ts';
import { createTranslator, lengthInWords } from '../../src/i18n/translator.ts';

/** Shows what went through `escape` and `time`. */
const marking = {
  escape: (text: string): string => `[${text}]`,
  time: (at: number, locale: Locale): string => `<${at} ${locale}>`,
};

/** Words without any style, to be read as a person would. */
const plain = {
  escape: (text: string): string => text,
  time: (): string => '18:00',
};

const say = (said: Message, locale: Locale = 'en'): string => createTranslator(locale, plain).text(said);
const mark = (said: Message, locale: Locale = 'en'): string => createTranslator(locale, marking).text(said);

describe('values', () => {
  test('a bare string is made harmless', () => {
    expect(mark(message('unmute.done', { member: '*bob*' }))).toBe('[*bob*] may speak again.');
  });

  test('a literal is shown as it is', () => {
    expect(mark(message('help.needs', { capability: literal('*mute*') }))).toBe(
      'Needs the capability "*mute*".',
    );
  });

  test('what looks like syntax in a value stays text', () => {
    const name = "{name} ''<b># {count, plural, other {#}}";
    expect(say(message('nick.done', { member: 'bob', name }))).toBe(`bob is now called ${name}.`);
  });

  test('a moment is shown by the surface, in the language', () => {
    expect(mark(message('whois.joined', { at: { at: 1_700_000_000 } }))).toBe('Joined <1700000000 en>');
    expect(mark(message('whois.joined', { at: { at: 1_700_000_000 } }), 'ko')).toContain('<1700000000 ko>');
  });

  test('a nested message is put into the same language, and only its bare strings are made harmless', () => {
    const member = message('member.label', { nameCard: 'Bob', account: 'u_1' });
    expect(mark(message('unmute.done', { member }))).toBe('[Bob] ([u_1]) may speak again.');
    const until = message('time.permanent');
    expect(mark(message('until.line', { account: 'u_1', until }), 'zh-CN')).toBe('[u_1]：永久');
  });

  test('messages nest as deep as a failure needs', () => {
    const why = message('failed.call', {
      why: message('chat.unknown', { detail: 'odd' }),
      code: literal('77'),
    });
    expect(mark(message('failed.target', { target: 'u_1', why }))).toBe(
      '[u_1]: Chat refused, for a reason that the bot does not know: [odd] (Chat code 77)',
    );
  });

  test.each([
    ['en', ['[a], [b], and c', '[a] and [b]', '[a]', '']],
    ['zh-CN', ['[a]、[b]和c', '[a]和[b]', '[a]', '']],
    ['ko', ['[a], [b] 및 c', '[a] 및 [b]', '[a]', '']],
    ['ja', ['[a]、[b]、c', '[a]、[b]', '[a]', '']],
  ] as const)('a list in %s', (locale, [three, two, one, none]) => {
    const list = (...types: readonly ValuesOf<'whois.head'>[]): string =>
      mark(message('reason.line', { reason: types.map((values) => message('whois.head', values)) }), locale);
    const [a, b, c] = [{ member: 'a' }, { member: 'b' }, { member: literal('c') }];
    const head = mark(message('reason.line', { reason: literal('') }), locale);
    expect(list(a, b, c)).toBe(head + three);
    expect(list(a, b)).toBe(head + two);
    expect(list(a)).toBe(head + one);
    expect(list()).toBe(head + none);
  });

  test('numbers follow the language, and plurals follow the number', () => {
    expect(say(message('whois.several', { count: 1 }))).toBe('1 member');
    expect(say(message('whois.several', { count: 1_200 }))).toBe('1,200 members');
    expect(say(message('whois.several', { count: 1 }), 'zh-CN')).toBe('1 名成员');
    for (const locale of locales) {
      const nobody = say(message('muted.head', { group: 'g', count: 0 }), locale);
      expect(nobody).not.toMatch(/0/);
    }
  });

  test('a limit that nobody knows is left out', () => {
    expect(say(message('group.members', { count: 12, max: 0 }))).toBe('Members: 12');
    expect(say(message('group.members', { count: 12, max: 200 }))).toBe('Members: 12 of at most 200');
    expect(say(message('group.members', { count: 12, max: 200 }), 'ko')).toBe('멤버: 12명 (최대 200명)');
  });

  test('a value that is missing is an error, not a hole in a sentence', () => {
    expect(() => say({ id: 'unmute.done' })).toThrow(/member/);
  });
});

describe('lengths of time', () => {
  test.each([
    ['en', 1, '1 second'],
    ['en', 60, '1 minute'],
    ['en', 5_400, '1 hour, 30 minutes'],
    ['en', 90_061, '1 day, 1 hour, 1 minute, 1 second'],
    ['en', 604_800, '7 days'],
    ['zh-CN', 5_400, '1小时30分钟'],
    ['ko', 5_400, '1시간 30분'],
    ['ja', 5_400, '1 時間 30 分'],
  ] as const)('%s: %i is %s', (locale, seconds, words) => {
    expect(lengthInWords(seconds, locale)).toBe(words);
    expect(createTranslator(locale, marking).text(message('whois.head', { member: { seconds } }))).toBe(
      words,
    );
  });
});

describe('whole sentences', () => {
  const bob = message('member.label', { nameCard: '小明', account: 'bob' });
  const until = message('time.until', { at: { at: 0 } });
  const permanent = message('time.permanent');
  const mute = (values: Pick<ValuesOf<'mute.extended'>, 'before'>): Message =>
    message('mute.extended', { member: bob, duration: { seconds: 7_200 }, until: { at: 0 }, ...values });

  test.each<[string, Message, Readonly<Record<Locale, string>>]>([
    [
      'a mute that replaces a shorter one',
      mute({ before: until }),
      {
        en: '小明 (bob) is muted for 2 hours, until 18:00. The earlier mute lasted until 18:00.',
        'zh-CN': '小明 (bob) 已被禁言 2小时，至 18:00。之前的禁言期限：至 18:00。',
        ko: '小明(bob)님을 2시간 동안 뮤트했습니다(18:00까지). 이전 뮤트 기한: 18:00까지',
        ja: '小明 (bob) さんをミュートしました。期間：2 時間（18:00 まで）、以前の期限：18:00 まで',
      },
    ],
    [
      'a mute that is there already',
      message('mute.already', { member: 'bob', until: permanent }),
      {
        en: 'bob is already muted permanently. Nothing changed; to shorten it, add already:replace.',
        'zh-CN': 'bob 已经在禁言中（永久），保持不变。要缩短，请加上 already:replace。',
        ko: 'bob님은 이미 뮤트된 상태이며(무기한) 그대로 둡니다. 줄이려면 already:replace를 붙이세요.',
        ja: 'bob さんはすでにミュート中で（無期限）、そのままにします。短くするには already:replace を付けてください。',
      },
    ],
    [
      'a right that Discord gives',
      message('refused.capability', {
        command: literal('kick'),
        capability: literal('kick'),
        source: literal('discord'),
      }),
      {
        en: 'You may not use /kick here. You need the Discord permission Kick Members, or ask a server admin.',
        'zh-CN': '你不能在这里使用 /kick。这需要 Discord 权限“踢出成员”，或请服务器管理员来操作。',
        ko: '여기서는 /kick 명령어를 쓸 수 없습니다. Discord 권한 "멤버 추방하기" 또는 서버 관리자 권한이 필요합니다.',
        ja: 'ここでは /kick を使えません。Discord の「メンバーをキック」権限か、サーバー管理者であることが必要です。',
      },
    ],
    [
      'a group of the wrong type',
      message('refused.groupType', {
        group: 'Fans',
        type: literal('AVChatRoom'),
        command: literal('kick'),
      }),
      {
        en: 'Fans is a live room, where Chat does not allow /kick. Use /ban or /mute.',
        'zh-CN': 'Fans 是直播群（AVChatRoom），Chat 不允许在这类群里使用 /kick。请用 /ban 或 /mute。',
        ko: 'Fans 그룹의 유형은 라이브 룸(AVChatRoom)이며, Chat은 이런 그룹에서 /kick 명령어를 허용하지 않습니다. /ban 또는 /mute 명령어를 쓰세요.',
        ja: 'Fans はライブルーム（AVChatRoom）です。この種類では、Chat は /kick を許可していません。/ban か /mute を使ってください。',
      },
    ],
  ])('%s', (_what, said, expected) => {
    for (const locale of locales) expect(say(said, locale)).toBe(expected[locale]);
  });
});

test.each([
  ['en', 'en'],
  ['en-US', 'en'],
  ['en_GB.UTF-8', 'en'],
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['zh_CN.UTF-8', 'zh-CN'],
  ['ZH-hans', 'zh-CN'],
  ['ko', 'ko'],
  ['ko_KR.UTF-8', 'ko'],
  ['ja', 'ja'],
  ['ja_JP', 'ja'],
  ['ja_JP@modifier', 'ja'],
  ['de', 'en'],
  ['C', 'en'],
  ['C.UTF-8', 'en'],
  ['POSIX', 'en'],
  ['', 'en'],
  [undefined, 'en'],
] as const)('a reader with the locale %s gets %s', (tag, locale) => {
  expect(localeOf(tag)).toBe(locale);
});

describe('names', () => {
  const registry = createRegistry(commands, commandAliases(commands));

  test.each([
    ['mute', 'mute'],
    ['MUTE', 'mute'],
    ['禁言', 'mute'],
    ['뮤트', 'mute'],
    ['ミュート', 'mute'],
    ['解除禁言', 'unmute'],
    ['全员禁言', 'lock'],
    ['차단', 'ban'],
    ['バン', 'ban'],
    ['帮助', 'help'],
    ['도움말', 'help'],
    ['ヘルプ', 'help'],
  ])('%s is /%s', (typed, name) => {
    expect(registry.find(typed)?.name).toBe(name);
  });

  test('a name in no language finds nothing', () => {
    expect(registry.find('禁言吧')).toBeNull();
  });

  test('identifiers of messages are made from names, and a name without one is an error', () => {
    expect(descriptionOf('mute')).toBe('command.mute.description');
    expect(optionDescriptionOf('dry-run')).toBe('option.dry-run.description');
    expect(choiceOf('mode', 'silent')).toBe('choice.mode.silent');
    expect(() => descriptionOf('dance')).toThrow('command.dance.description');
    expect(() => choiceOf('mode', 'loud')).toThrow('choice.mode.loud');
  });
});
