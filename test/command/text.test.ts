// The grammar of a typed line.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRegistry } from '../../src/command/registry.ts';
import { parseLine } from '../../src/command/text.ts';
import { unitLike } from '../../src/moderation/duration.ts';

const registry = createRegistry(commands, new Map([['禁言', 'mute']]));

const parse = (line: string): Record<string, string> | string => {
  const read = parseLine(line, registry);
  return read.ok ? { '/': read.value.command.name, ...read.value.options } : read.problem.id;
};

describe('a line', () => {
  it.each<[string, Record<string, string>]>([
    ['/mute @bob 3600', { '/': 'mute', member: '@bob', duration: '3600' }],
    ['mute bob 3600', { '/': 'mute', member: 'bob', duration: '3600' }],
    ['/MUTE @bob 3600', { '/': 'mute', member: '@bob', duration: '3600' }],
    ['/禁言 @bob 60', { '/': 'mute', member: '@bob', duration: '60' }],
    ['  /mute   @bob   1h  ', { '/': 'mute', member: '@bob', duration: '1h' }],
    [
      '/mute @bob 3600 spamming the lobby',
      { '/': 'mute', member: '@bob', duration: '3600', reason: 'spamming the lobby' },
    ],
    [
      '/mute @bob 1h spamming 3 copypastas within 2 hours',
      { '/': 'mute', member: '@bob', duration: '1h', reason: 'spamming 3 copypastas within 2 hours' },
    ],
    ['/mute @bob 1h two  blanks', { '/': 'mute', member: '@bob', duration: '1h', reason: 'two  blanks' }],
    ['/mute @bob @carol 1h', { '/': 'mute', member: '@bob @carol', duration: '1h' }],
    ['/mute bob, carol,dave 1h', { '/': 'mute', member: 'bob, carol,dave', duration: '1h' }],
    ['/mute <@123> <@!456> 1h', { '/': 'mute', member: '<@123> <@!456>', duration: '1h' }],
    ['/mute "Sir Bob" 1h', { '/': 'mute', member: '"Sir Bob"', duration: '1h' }],
    ['/mute @"Sir Bob" @carol 1h', { '/': 'mute', member: '@"Sir Bob" @carol', duration: '1h' }],
    ['/mute @bob "1h 30m" loud', { '/': 'mute', member: '@bob', duration: '1h 30m', reason: 'loud' }],
    ['/kick bob carol told me', { '/': 'kick', member: 'bob', reason: 'carol told me' }],
    ['/nick @bob Sir Bob the Brave', { '/': 'nick', member: '@bob', name: 'Sir Bob the Brave' }],
    [
      '/nick @bob "Sir Bob" reason:he asked',
      { '/': 'nick', member: '@bob', name: 'Sir Bob', reason: 'he asked' },
    ],
    // A list that is made on purpose: mentions or commas that fill the line, or that stand in one word.
    ['/kick @bob @carol', { '/': 'kick', member: '@bob @carol' }],
    ['/kick bob, carol', { '/': 'kick', member: 'bob, carol' }],
    ['/kick bob,carol told me', { '/': 'kick', member: 'bob,carol', reason: 'told me' }],
    ['/kick "Sir Bob","Lady C" rude', { '/': 'kick', member: '"Sir Bob","Lady C"', reason: 'rude' }],
    ['/kick member:"bob carol" rude', { '/': 'kick', member: 'bob carol', reason: 'rude' }],
    ['/kick bob @dave reason:spam', { '/': 'kick', member: 'bob @dave', reason: 'spam' }],
    ['/kick “Sir Bob” rude', { '/': 'kick', member: '“Sir Bob”', reason: 'rude' }],
    // Another mention in the reason is a word of it.
    ['/kick bob he insulted @dave', { '/': 'kick', member: 'bob', reason: 'he insulted @dave' }],
    ['/mute bob 1h @carol told me', { '/': 'mute', member: 'bob', duration: '1h', reason: '@carol told me' }],
    // A unit may stand apart from its number, in every language.
    ['/mute taro 1 h', { '/': 'mute', member: 'taro', duration: '1 h' }],
    ['/mute mei 12 days test', { '/': 'mute', member: 'mei', duration: '12 days', reason: 'test' }],
    ['/ban taro 1 week raid', { '/': 'ban', member: 'taro', duration: '1 week', reason: 'raid' }],
    ['/mute taro 1 h 30 m spam', { '/': 'mute', member: 'taro', duration: '1 h 30 m', reason: 'spam' }],
    ['/mute taro 1h30 m spam', { '/': 'mute', member: 'taro', duration: '1h30 m', reason: 'spam' }],
    ['/mute mei 10 分钟 刷屏', { '/': 'mute', member: 'mei', duration: '10 分钟', reason: '刷屏' }],
    ['/mute mei 2 个小时 刷屏', { '/': 'mute', member: 'mei', duration: '2 个小时', reason: '刷屏' }],
    ['/mute minji 3 일 도배', { '/': 'mute', member: 'minji', duration: '3 일', reason: '도배' }],
    ['/mute minji 2 시간 도배', { '/': 'mute', member: 'minji', duration: '2 시간', reason: '도배' }],
    ['/mute taro 2 時間 荒らし', { '/': 'mute', member: 'taro', duration: '2 時間', reason: '荒らし' }],
    ['/mute taro １０　分 荒らし', { '/': 'mute', member: 'taro', duration: '１０ 分', reason: '荒らし' }],
    ['/lock duration:1 h raid', { '/': 'lock', duration: '1 h', reason: 'raid' }],
    ['/lock --duration 2 days raid', { '/': 'lock', duration: '2 days', reason: 'raid' }],
    [
      '/nick bob duration:1 week Sir Bob',
      { '/': 'nick', member: 'bob', duration: '1 week', name: 'Sir Bob' },
    ],
    // What is no unit begins the reason; a unit that cannot be counted is left to the reader, which refuses it.
    ['/mute bob 10 bananas', { '/': 'mute', member: 'bob', duration: '10', reason: 'bananas' }],
    ['/mute bob 1h 2nd warning', { '/': 'mute', member: 'bob', duration: '1h', reason: '2nd warning' }],
    ['/mute bob 12 months rude', { '/': 'mute', member: 'bob', duration: '12 months', reason: 'rude' }],
    ['/mute bob 1 M rude', { '/': 'mute', member: 'bob', duration: '1 M', reason: 'rude' }],
    ['/mute bob 2 hours, rude', { '/': 'mute', member: 'bob', duration: '2 hours', reason: 'rude' }],
    ['/mute bob 1 个 小时', { '/': 'mute', member: 'bob', duration: '1 个', reason: '小时' }],
    // What is given by its name is clear.
    ['/warn erin points:3 rude', { '/': 'warn', member: 'erin', points: '3', reason: 'rude' }],
    ['/warn erin reason:3 rude', { '/': 'warn', member: 'erin', reason: '3 rude' }],
    ['/warn erin 2nd time rude', { '/': 'warn', member: 'erin', reason: '2nd time rude' }],
    ['/purge frank reason:"50"', { '/': 'purge', member: 'frank', reason: '50' }],
    ['/kick bob 3 strikes', { '/': 'kick', member: 'bob', reason: '3 strikes' }],
    ['/nick @bob -', { '/': 'nick', member: '@bob', name: '-' }],
    ['/field @bob team dark blue', { '/': 'field', member: '@bob', key: 'team', value: 'dark blue' }],
    ['/recall 7', { '/': 'recall', messages: '7' }],
    ['/recall 7 9-12 rude', { '/': 'recall', messages: '7 9-12', reason: 'rude' }],
    ['/recall last 5', { '/': 'recall', messages: 'last 5' }],
    ['/recall last 5 rude words', { '/': 'recall', messages: 'last 5', reason: 'rude words' }],
    ['/recall Last 5', { '/': 'recall', messages: 'Last 5' }],
    ['/members', { '/': 'members' }],
    ['/members admin', { '/': 'members', role: 'admin' }],
    ['/lock', { '/': 'lock' }],
    ['/lock raid', { '/': 'lock', reason: 'raid' }],
    ['/mute @bob 1h group:team', { '/': 'mute', member: '@bob', duration: '1h', group: 'team' }],
    ['/mute --group team @bob 1h', { '/': 'mute', member: '@bob', duration: '1h', group: 'team' }],
    ['/mute --group=team @bob 1h', { '/': 'mute', member: '@bob', duration: '1h', group: 'team' }],
    ['/mute group:"my team" @bob 1h', { '/': 'mute', member: '@bob', duration: '1h', group: 'my team' }],
    [
      '/mute group:@TGS#_lounge @bob 1h',
      { '/': 'mute', member: '@bob', duration: '1h', group: '@TGS#_lounge' },
    ],
    ['/mute duration:1h member:@bob', { '/': 'mute', member: '@bob', duration: '1h' }],
    [
      '/mute @bob duration:1h reason:very loud',
      { '/': 'mute', member: '@bob', duration: '1h', reason: 'very loud' },
    ],
    [
      '/mute @bob 1h reason:"very loud" --dry-run',
      { '/': 'mute', member: '@bob', duration: '1h', reason: 'very loud', 'dry-run': 'true' },
    ],
    ['/mute --dry-run @bob 1h', { '/': 'mute', member: '@bob', duration: '1h', 'dry-run': 'true' }],
    ['/mute @bob 1h dry-run:false', { '/': 'mute', member: '@bob', duration: '1h', 'dry-run': 'false' }],
    [
      '/mute @bob 1h loud --dry-run',
      { '/': 'mute', member: '@bob', duration: '1h', reason: 'loud', 'dry-run': 'true' },
    ],
    [
      '/mute @bob 1h see https://example.org/x',
      { '/': 'mute', member: '@bob', duration: '1h', reason: 'see https://example.org/x' },
    ],
    ['/mute @bob 1h note: rude', { '/': 'mute', member: '@bob', duration: '1h', reason: 'note: rude' }],
    [
      '/mute @bob 1h "quoted words" stay',
      { '/': 'mute', member: '@bob', duration: '1h', reason: '"quoted words" stay' },
    ],
    ['/help', { '/': 'help' }],
    ['/help mute', { '/': 'help', command: 'mute' }],
    ['/mute', { '/': 'mute' }],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual(expected);
  });

  it.each([
    ['', 'refused.emptyLine'],
    ['   ', 'refused.emptyLine'],
    ['/mut @bob 60', 'refused.unknownCommandDidYouMean'],
    ['/frobnicate', 'refused.unknownCommand'],
    ['/constructor', 'refused.unknownCommand'],
    ['/members admin today', 'refused.extraWords'],
    ['/muted now', 'refused.extraWords'],
    ['/mute @bob duration:1h duration:2h', 'refused.optionTwice'],
    ['/mute @bob 1h he said group:team', 'refused.optionInText'],
    ['/nick @bob Sir group:team', 'refused.optionInText'],
    ['/nick @bob "Sir Bob" he asked', 'refused.extraWords'],
    ['!mute bob 60', 'refused.otherPrefix'],
    ['！mute bob 60', 'refused.otherPrefix'],
    ['／mute bob 60', 'refused.otherPrefix'],
    ['／禁言 bob 60', 'refused.otherPrefix'],
    ['/timeout bob 60', 'refused.unknownCommandDidYouMean'],
    ['!timeout bob 60', 'refused.unknownCommandDidYouMean'],
  ])('refuses %j', (line, problem) => {
    expect(parse(line)).toBe(problem);
  });

  it.each<[string, string, Record<string, Record<string, string>>]>([
    [
      '/kick bob @dave said he cheats',
      'doubt.members',
      {
        one: { member: 'bob', reason: '@dave said he cheats' },
        several: { member: 'bob @dave', reason: 'said he cheats' },
      },
    ],
    [
      '/warn erin @carol told me',
      'doubt.members',
      {
        one: { member: 'erin', reason: '@carol told me' },
        several: { member: 'erin @carol', reason: 'told me' },
      },
    ],
    [
      '/kick bob, dave said so',
      'doubt.members',
      { one: { member: 'bob', reason: 'dave said so' }, several: { member: 'bob, dave', reason: 'said so' } },
    ],
    ['/nick @bob @carol', 'doubt.members', { one: { member: '@bob', name: '@carol' } }],
    [
      '/warn erin 3 rude',
      'doubt.option',
      {
        reason: { member: 'erin', reason: '3 rude' },
        option: { member: 'erin', points: '3', reason: 'rude' },
      },
    ],
    [
      '/lock 10 m raid',
      'doubt.option',
      { reason: { reason: '10 m raid' }, option: { duration: '10 m', reason: 'raid' } },
    ],
    ['/purge frank 50', 'purge.number', { reason: { member: 'frank', reason: '50' } }],
    ['/purge frank ５０', 'purge.number', { reason: { member: 'frank', reason: '５０' } }],
    [
      '/mute bob 1h 30 spam',
      'doubt.duration',
      { reason: { member: 'bob', duration: '1h', reason: '30 spam' } },
    ],
    [
      '/mute bob 5 minuts rude',
      'doubt.duration',
      { reason: { member: 'bob', duration: '5', reason: 'minuts rude' } },
    ],
  ])('is doubtful: %s', (line, question, readings) => {
    const read = parseLine(line, registry);
    if (read.ok) throw new Error('not doubtful');
    expect(read.problem.id).toMatch(/^refused\.doubtful/);
    expect(read.doubtful?.doubt.message.id).toBe(question);
    const found =
      read.doubtful?.doubt.readings.map(({ choice, options }) => [choice, options] as const) ?? [];
    expect(Object.fromEntries(found)).toEqual(readings);
  });

  it('every reading of a doubtful line is told by a line that is not doubtful', () => {
    for (const line of ['/kick bob @dave said "he" cheats', '/warn erin 3 rude', '/mute bob 1h 30 spam']) {
      const read = parseLine(line, registry);
      for (const reading of (!read.ok && read.doubtful?.doubt.readings) || []) {
        expect(parse(reading.line)).toEqual({ '/': line.slice(1, 5).trim(), ...reading.options });
      }
    }
  });

  it('may be doubtful in two places', () => {
    const read = parseLine('/warn erin @carol 3 rude', registry);
    if (read.ok) throw new Error('not doubtful');
    const several = read.doubtful?.doubt.readings.find(({ choice }) => choice === 'several');
    expect(several?.doubt?.readings.map(({ options }) => options)).toEqual([
      { member: 'erin @carol', reason: '3 rude' },
      { member: 'erin @carol', points: '3', reason: 'rude' },
    ]);
  });

  property.prop([fc.string({ unit: 'grapheme' })])('never throws', (text) => {
    parse(text);
    parse(`/mute ${text}`);
    parse(`/recall ${text}`);
  });

  const word = fc
    .stringMatching(/^[a-z]{1,8}$/)
    .filter((text) => !['dry', 'group', 'reason'].includes(text) && unitLike(text) === 'other');
  property.prop([fc.array(word, { minLength: 1, maxLength: 6 })])(
    'a reason arrives as it was typed',
    (words) => {
      expect(parse(`/mute @bob 60 ${words.join(' ')}`)).toMatchObject({
        duration: '60',
        reason: words.join(' '),
      });
    },
  );
});
