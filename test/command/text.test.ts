// The grammar of a typed line.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRegistry } from '../../src/command/registry.ts';
import { parseLine } from '../../src/command/text.ts';

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
    ['/nick @bob "Sir Bob" he asked', { '/': 'nick', member: '@bob', name: 'Sir Bob', reason: 'he asked' }],
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
  ])('refuses %j', (line, problem) => {
    expect(parse(line)).toBe(problem);
  });

  property.prop([fc.string({ unit: 'grapheme' })])('never throws', (text) => {
    parse(text);
    parse(`/mute ${text}`);
    parse(`/recall ${text}`);
  });

  const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => !['dry', 'group', 'reason'].includes(text));
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
