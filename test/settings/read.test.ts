// The settings file as text: what each key does, a table of mistakes with their places, and any text at all.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRulesReader } from '../../src/automod/reader.ts';
import { settingsCommands } from '../../src/command/command.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { grantOf } from '../../src/moderation/people/token.ts';
import { defaults, type Settings } from '../../src/moderation/settings.ts';
import { readSettings } from '../../src/settings/read.ts';

const context = { commands: settingsCommands(commands), rules: createRulesReader(commands) };
const { text: words } = createTranslator('en', { escape: (text) => text, time: String });

function settingsOf(text: string): Settings {
  const result = readSettings(text, context);
  if (!result.ok) throw new Error(faultsOf(text).join('\n'));
  return result.settings;
}

/** Each fault as `line:column id`. */
function faultsOf(text: string): readonly string[] {
  const result = readSettings(text, context);
  return result.ok ? [] : result.faults.map(({ line, column, message }) => `${line}:${column} ${message.id}`);
}

const sentencesOf = (text: string): readonly string[] => {
  const result = readSettings(text, context);
  return result.ok ? [] : result.faults.map(({ message }) => words(message));
};

const lines = (...all: readonly string[]): string => all.join('\n');
const checksum = (token: string): string => createHash('sha256').update(token).digest('hex');
const example = readFileSync(new URL('../../marshal.example.yaml', import.meta.url), 'utf8');

describe('what holds', () => {
  test.each([
    ['an empty file', ''],
    ['comments', '# language: ja\n\n'],
    ['an empty document', '---\n...\n'],
    ['sections that were left blank', 'groups:\nwarnings:\ndiscord:\n  roles:\ntokens:\n'],
    ['a group that was left blank', 'groups:\n  lobby:\n'],
  ])('%s: the defaults', (_name, text) => {
    expect(settingsOf(text).group('lobby')).toEqual(defaults);
    expect(settingsOf(text).tokens).toEqual([]);
  });

  test('the example that comes with the program', () => {
    const settings = settingsOf(example);
    expect(settings.group('lobby')).toMatchObject({ tell: 'off', reasons: new Set() });
    expect(settings.group('@TGS#2J4SZEAEL').discordRoles).toHaveLength(2);
    expect(settings.group('another')).toMatchObject({
      log: '123456789012345678',
      quota: { members: 60, seconds: 600 },
      reasons: new Set(['ban', 'kick']),
      pointsLast: 30 * 86_400,
    });
  });

  test.each([
    ['ingroup: all', { groups: 'all', refuse: false, reply: 'message' }],
    ['ingroup: off', { groups: 'off', refuse: false, reply: 'message' }],
    ['ingroup: { refuse: true, reply: system }', { groups: 'named', refuse: true, reply: 'system' }],
  ])('%s', (text, inGroup) => {
    expect(settingsOf(text).group('lobby').inGroup).toEqual(inGroup);
    expect(settingsOf(`ingroup: all\ngroups:\n  lobby:\n    ${text}`).group('lobby').inGroup).toEqual(
      inGroup,
    );
  });

  test('which groups are named, and what becomes of a message that could not be decided about', () => {
    const settings = settingsOf('groups:\n  lobby:\n  arena: { tell: off }\nwebhooks: { failure: closed }');
    expect([...settings.named]).toEqual(['lobby', 'arena']);
    expect(settings.onFailure).toBe('closed');
    expect(settingsOf('webhooks: {}').onFailure).toBe('open');
  });

  test('a key of a group takes the place of the same key for all groups, and only there', () => {
    const settings = settingsOf(
      lines(
        'language: ko',
        'tell: message',
        'quota: off',
        'reasons: [ban]',
        'warnings: { last: 7d, ladder: [{ points: 2, action: kick }] }',
        'groups:',
        '  lobby: { language: ja, quota: { members: 5, within: 90 }, warnings: { last: 1d } }',
        '  arena: { log: "123456789012345678", reasons: [] }',
      ),
    );
    const all = {
      ...defaults,
      language: 'ko',
      tell: 'message',
      quota: null,
      reasons: new Set(['ban']),
      ladder: [{ points: 2, within: 7 * 86_400, command: 'kick', duration: null }],
      pointsLast: 7 * 86_400,
    };
    expect(settings.group('guild')).toEqual(all);
    expect(settings.group('lobby')).toEqual({
      ...all,
      language: 'ja',
      quota: { members: 5, seconds: 90 },
      ladder: [],
      pointsLast: 86_400,
    });
    expect(settings.group('arena')).toEqual({ ...all, log: '123456789012345678', reasons: new Set() });
  });

  test('roles of a group are a level after those for all groups', () => {
    const settings = settingsOf(
      lines(
        'discord: { roles: { "111111111111111111": { allow: [mute], deny: [ban], rank: 2 } } }',
        'groups:',
        '  lobby: { discord: { roles: { 111111111111111111: { deny: [mute] } } } }',
      ),
    );
    const global = new Map([
      ['111111111111111111', { allow: new Set(['mute']), deny: new Set(['ban']), rank: 2 }],
    ]);
    const own = new Map([['111111111111111111', { allow: new Set(), deny: new Set(['mute']), rank: null }]]);
    expect(settings.group('guild').discordRoles).toEqual([global]);
    expect(settings.group('lobby').discordRoles).toEqual([global, own]);
  });

  test('the ladder stands highest first, durations as they were typed', () => {
    const settings = settingsOf(
      lines(
        'warnings:',
        '  last: 2w',
        '  ladder:',
        '    - { points: 3, within: 7d, action: mute, duration: 1h30m }',
        '    - { points: 5, action: ban, duration: permanent }',
        '    - { points: 3, within: 1d, action: mute, duration: 3600 }',
        '    - { points: 4, within: PT12H, action: kick }',
      ),
    );
    expect(settings.group('any').ladder).toEqual([
      { points: 5, within: 14 * 86_400, command: 'ban', duration: 'permanent' },
      { points: 4, within: 43_200, command: 'kick', duration: null },
      { points: 3, within: 86_400, command: 'mute', duration: '3600' },
      { points: 3, within: 7 * 86_400, command: 'mute', duration: '1h30m' },
    ]);
  });

  test('a token is known by its checksum alone', () => {
    const settings = settingsOf(
      lines(
        'tokens:',
        `  game-server: { sha256: "${checksum('s3cret')}", allow: [mute, lookup], rank: 2, groups: [lobby], questions: confirmed, impersonate: [alice, "player-*"] }`,
        `  panel: { sha256: ${checksum('other').toUpperCase()}, allow: [], rank: 1 }`,
        `  nothing: { sha256: ${checksum('')}, allow: [ban], rank: 3 }`,
      ),
    );
    const find = (token: string) => grantOf(token, settings.tokens, 0);
    expect(find('s3cret')).toMatchObject({
      name: 'game-server',
      capabilities: new Set(['mute', 'lookup']),
      rank: 2,
      groups: new Set(['lobby']),
      questions: 'confirmed',
      impersonate: ['alice', 'player-*'],
    });
    expect(find('other')).toMatchObject({ name: 'panel', groups: null, questions: 'ask', impersonate: [] });
    for (const wrong of ['', 's3cret ', 'S3cret', checksum('s3cret')]) expect(find(wrong)).toBeNull();
  });

  test.each([
    ['Windows line ends', 'language: ja\r\nreasons:\r\n  - ban\r\n'],
    ['a byte order mark', '\uFEFFlanguage: ja\nreasons: [ban]'],
    ['another version of YAML', '%YAML 1.1\n---\nlanguage: ja\nreasons: [ban]'],
    ['aliases', 'reasons: &these [ban]\nlanguage: ja\ngroups: { lobby: { reasons: *these } }'],
  ])('%s make no difference', (_name, text) => {
    expect(settingsOf(text).group('lobby')).toMatchObject({ language: 'ja', reasons: new Set(['ban']) });
  });

  test('a group may be called like something that every object has', () => {
    const text = 'groups: { constructor: { tell: off }, toString: {} }';
    expect(settingsOf(text).group('constructor').tell).toBe('off');
    expect(settingsOf('').group('toString')).toEqual(defaults);
  });
});

describe('mistakes, with their places', () => {
  test.each<[string, string, readonly string[]]>([
    // The file as a whole.
    ['a list', '- language', ['1:1 settings.root']],
    ['a text', 'hello', ['1:1 settings.root']],
    ['too large', ' '.repeat(262_145), ['1:1 settings.tooLarge']],
    ['two documents', 'tell: off\n---\ntell: system', ['2:1 settings.syntax.documents']],
    // What is no YAML.
    ['a tab', 'quota:\n\tmembers: 3', ['2:1 settings.syntax.tab']],
    ['an open bracket', 'reasons: [ban', ['1:14 settings.syntax.unclosed']],
    ['an open quote', 'log: "123', ['1:10 settings.syntax.unclosed']],
    ['a bare @', 'groups:\n  @TGS#1: {}', ['2:3 settings.syntax.start']],
    ['a tag', 'tell: !!binary aGk=', ['1:7 settings.syntax.tag']],
    ['a list as a key', '? [a]\n: 1', ['1:3 settings.syntax.other']],
    ['two colons', 'tell: off: on', ['1:7 settings.syntax.other']],
    ['an alias without an anchor', 'tell: *off', ['1:7 settings.syntax.alias']],
    ['a circle', 'groups: { a: { reasons: &x [*x] } }', ['1:29 settings.syntax.deep']],
    // Keys.
    ['a key twice', 'tell: off\nlog: "123456789012345678"\ntell: off', ['3:1 settings.duplicateKey']],
    [
      'a key twice in braces',
      'quota: { members: 1, within: 1m, members: 2 }',
      ['1:34 settings.duplicateKey'],
    ],
    ['a mistyped key', '\nlangage: en', ['2:1 settings.unknownKeyDidYouMean']],
    ['an unknown key', 'colour: red', ['1:1 settings.unknownKey']],
    ['tokens in a group', 'groups:\n  lobby:\n    tokens: {}', ['3:5 settings.unknownKey']],
    [
      'a name that objects are made of',
      'groups: { __proto__: { tell: off } }',
      ['1:11 settings.reservedKey'],
    ],
    // Values.
    ['a language', 'language: de', ['1:11 settings.choice']],
    ['a near language', 'language: zh-TW', ['1:11 settings.choiceDidYouMean']],
    ['no value', 'tell:\nlanguage: en', ['1:1 settings.choice']],
    ['a bare ID', 'log: 123456789012345678', ['1:6 settings.bareId']],
    ['a short ID', "log: '1234'", ['1:6 settings.channelId']],
    ['telling twice', 'tell: [system, message]', ['1:7 settings.choice']],
    ['a quota of another kind', 'quota: 60', ['1:8 settings.quota']],
    ['a quota of nobody', 'quota: { members: 0, within: 1m }', ['1:19 settings.count']],
    ['a quota in words', 'quota: { members: "60", within: 1m }', ['1:19 settings.count']],
    ['half a quota', 'quota:\n  members: 60', ['2:3 settings.time']],
    ['a quota for ever', 'quota: { members: 3, within: permanent }', ['1:30 settings.time']],
    ['one reason', 'reasons: ban', ['1:10 settings.list']],
    ['no list of reasons', 'reasons:', ['1:1 settings.list']],
    ['a mistyped command', 'reasons: [kick, bann]', ['1:17 settings.choiceDidYouMean']],
    ['a map of reasons', 'reasons: { ban: true }', ['1:10 settings.list']],
    ['a list of warnings', 'warnings:\n  - points: 3', ['2:3 settings.map']],
    ['points for ever', 'warnings: { last: permanent }', ['1:19 settings.time']],
    ['months', 'warnings: { last: 1mo }', ['1:19 settings.time']],
    ['no time at all', 'warnings: { last: 0 }', ['1:19 settings.time']],
    ['a fraction', 'warnings: { last: 1.5 }', ['1:19 settings.time']],
    ['groups in a list', 'groups: [lobby]', ['1:9 settings.map']],
    ['a group without an ID', 'groups: { "": {} }', ['1:11 settings.groupId']],
    // Rungs.
    ['a rung without points', 'warnings: { ladder: [{ action: kick }] }', ['1:22 settings.count']],
    ['a rung of no points', 'warnings: { ladder: [{ points: 0, action: kick }] }', ['1:32 settings.count']],
    ['half a point', 'warnings: { ladder: [{ points: 1.5, action: kick }] }', ['1:32 settings.count']],
    [
      'another action',
      'warnings: { ladder: [{ points: 1, action: kcik }] }',
      ['1:43 settings.choiceDidYouMean'],
    ],
    [
      'a mute without an end',
      'warnings: { ladder: [{ points: 1, action: mute }] }',
      ['1:22 settings.needsDuration'],
    ],
    [
      'a kick for an hour',
      'warnings: { ladder: [{ points: 1, action: kick, duration: 1h }] }',
      ['1:59 settings.noDuration'],
    ],
    [
      'what /mute does not read',
      'warnings: { ladder: [{ points: 1, action: mute, duration: 1e3 }] }',
      ['1:59 settings.duration'],
    ],
    [
      'a rung twice',
      lines(
        'warnings:',
        '  last: 7d',
        '  ladder:',
        '    - { points: 3, within: 168h, action: kick }',
        '    - { points: 3, action: ban, duration: 1d }',
      ),
      ['5:7 settings.sameRung'],
    ],
    // Roles.
    ['a role by its name', 'discord: { roles: { Mods: {} } }', ['1:21 settings.roleId']],
    [
      'what is no capability',
      'discord: { roles: { "111111111111111111": { deny: [bann, fly] } } }',
      ['1:52 settings.choiceDidYouMean', '1:58 settings.choice'],
    ],
    ['a word that ingroup does not know', 'ingroup: everywhere', ['1:10 settings.choice']],
    ['a yes that is none', 'ingroup: { refuse: maybe }', ['1:20 settings.yesNo']],
    ['a failure between open and closed', 'webhooks: { failure: ajar }', ['1:22 settings.choice']],
    ['rank 4', 'discord: { roles: { "111111111111111111": { rank: 4 } } }', ['1:51 settings.rank']],
    // Tokens.
    ['a token in words', 'tokens: { game: s3cret }', ['1:17 settings.map']],
    [
      'a token where its checksum belongs',
      'tokens: { game: { sha256: s3cret, allow: [], rank: 1 } }',
      ['1:27 settings.checksum'],
    ],
    ['a token as a name', `tokens: { ${'s3cret'.repeat(6)}: {} }`, ['1:11 settings.tokenName']],
    [
      'a token that says nothing of its rights',
      `tokens: { game: { sha256: ${'a'.repeat(64)} } }`,
      ['1:17 settings.list', '1:17 settings.rank'],
    ],
    [
      'a token whose groups were left blank',
      `tokens: { game: { sha256: ${'a'.repeat(64)}, allow: [], rank: 1, groups: } }`,
      ['1:113 settings.list'],
    ],
    [
      'a token of two programs',
      lines(
        'tokens:',
        `  a: { sha256: ${'a'.repeat(64)}, allow: [], rank: 1 }`,
        `  b: { sha256: ${'A'.repeat(64)}, allow: [], rank: 1 }`,
      ),
      ['3:16 settings.sameToken'],
    ],
  ])('%s', (_name, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  test('are all told at once, in the order of the file', () => {
    const text = lines(
      'tell: loud',
      'tell: off',
      'groups:',
      '  lobby: { language: xx, quota: 7 }',
      'reason: [ban]',
      'warnings: { last: never, ladder: [{ points: 0, action: kick }] }',
    );
    expect(faultsOf(text)).toEqual([
      '1:7 settings.choice',
      '2:1 settings.duplicateKey',
      '4:22 settings.choice',
      '4:33 settings.quota',
      '5:1 settings.unknownKeyDidYouMean',
      '6:19 settings.time',
      '6:45 settings.count',
    ]);
  });

  test('name the path, what would be right, and what is nearest', () => {
    expect(sentencesOf('groups: { lobby: { tell: sytem } }\nquotas: off')).toEqual([
      'groups.lobby.tell must be one of: system, message, off. Did you mean system?',
      'quotas is no setting. Did you mean quota? Possible here: language, log, tell, quota, reasons, warnings, ' +
        'ingroup, discord, groups, webhooks, tokens, rules, lists, expect.',
    ]);
    expect(sentencesOf('warnings: { ladder: [{ points: 1, action: ban }] }')).toEqual([
      'warnings.ladder[0].duration is missing: a mute and a ban need a duration, such as 1h or permanent.',
    ]);
  });

  test('never show a token, wherever it was written by mistake', () => {
    const token = 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5';
    for (const text of [
      `tokens: ${token}`,
      `tokens: [${token}]`,
      `tokens: { ${token} }`,
      `tokens: { ${token}: {}, ${token}: {} }`,
      `tokens: { game: ${token} }`,
      `tokens: { game: { ${token} } }`,
      `tokens: { game: { sha256: ${token}, allow: [${token}], rank: ${token}, groups: ${token} } }`,
      `tokens: { game: { sha256: "${token} } }`,
      `tokens:\n  game:\n    sha256: '${token}'${token}`,
      `tokens:\n${token}: { sha256: x }`,
      `tokens:\n${token}: x\n${token}: y`,
      `tokens: { game: { ${token}: x } }`,
      `discord: { roles: { ${token}: {} } }`,
      `reasons: [${token}]`,
      `quota: ${token}`,
      `quota: { ${token}: x }`,
      `warnings: { ladder: [${token}, { ${token}: x }] }`,
      `groups: { lobby: { ${token}: x } }`,
      `groups: { lobby: { log: ${token}, language: ${token}, warnings: { last: ${token} } } }`,
    ]) {
      expect(sentencesOf(text), text).not.toEqual([]);
      expect(sentencesOf(text).join('\n'), text).not.toContain(token);
    }
  });
});

describe('hostile files end soon, with a fault', () => {
  test.each([
    ['brackets', '['.repeat(262_144), 'settings.syntax.deep'],
    ['braces', '{'.repeat(20_000), 'settings.syntax.deep'],
    ['dashes', '- '.repeat(100_000), 'settings.syntax.deep'],
    [
      'maps in maps',
      Array.from({ length: 30 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'settings.syntax.deep',
    ],
    [
      'aliases of aliases',
      lines(
        'a: &a [x, x, x, x, x, x, x, x, x]',
        ...['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map(
          ([from, to]) => `${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`,
        ),
      ),
      'settings.syntax.aliases',
    ],
  ])('%s', (_name, text, id) => {
    const faults = faultsOf(text);
    expect(faults.length).toBeLessThanOrEqual(100);
    expect(faults.map((fault) => fault.split(' ')[1])).toContain(id);
  });
});

/** The example with one part replaced by something else: most of what people get wrong looks like that. */
const damaged = fc
  .tuple(
    fc.nat(example.length),
    fc.nat(40),
    fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '\t',
        ':',
        '- ',
        '[',
        '{',
        '"',
        '&a ',
        '*a',
        '!x ',
        '~',
        '? ',
        '|',
        '__proto__: 1\n',
      ),
      fc.string({ maxLength: 10 }),
    ),
  )
  .map(([from, length, by]) => example.slice(0, from) + by + example.slice(from + length));

property.prop([
  fc.oneof(
    fc.string({ unit: 'binary' }),
    damaged,
    fc.array(damaged, { maxLength: 2 }).map((all) => all.join('\n')),
  ),
])('any text is read or refused with places in it, and never throws', (text) => {
  const result = readSettings(text, context);
  if (result.ok) {
    expect(result.settings.group('lobby').ladder).toBeInstanceOf(Array);
    return;
  }
  expect(result.faults.length).toBeGreaterThan(0);
  const count = text.split('\n').length;
  for (const { line, column, message } of result.faults) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(count);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(words(message)).not.toBe('');
  }
});
