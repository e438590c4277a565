// Mentions of whole names, also of several words: what becomes an account, and what is nobody's to guess.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { hasMention, withAccounts } from '../../../src/surfaces/ingroup/mentions.ts';

const members = [
  { account: 'bob', names: ['Bob', 'bob'] },
  { account: 'u7', names: ['Bob the Builder', 'u7'] },
  { account: 'mei', names: ['李 梅', 'mei'] },
  { account: 'zoe', names: ['Zoë', 'zoe'] },
  { account: 's1', names: ['Shadow', 's1'] },
  { account: 's2', names: ['Shadow', 's2'] },
];
const line = (text: string, listed: readonly string[] = []) => {
  const result = withAccounts(
    text,
    members,
    members.filter(({ account }) => listed.includes(account)),
  );
  return result.ok ? result.line : result.problem.id;
};

describe('names', () => {
  test.each([
    ['/mute @mei 1h', '/mute @"mei" 1h'],
    ['/mute @李 梅 1h spam', '/mute @"mei" 1h spam'],
    ['/mute member:@李 梅 1h', '/mute member:@"mei" 1h'],
    ['/mute ＠李 梅 1h', '/mute @"mei" 1h'],
    ['/kick @李 梅 @Zoë rude', '/kick @"mei" @"zoe" rude'],
    ['/kick @李 梅, @zoe rude', '/kick @"mei", @"zoe" rude'],
    ['/mute @Zoe\u0308 60', '/mute @"zoe" 60'],
    ['/mute @nobody 60', '/mute @nobody 60'],
    ['/mute bob 60', '/mute bob 60'],
    ['/warn @zoe @ 5 he shouted', '/warn @"zoe" @ 5 he shouted'],
    ['/mute @李 梅花 1h', '/mute @李 梅花 1h'],
  ])('%s', (text, expected) => {
    expect(line(text)).toBe(expected);
  });

  test.each(['/mute @Bob the Builder 1h', '/mute @Shadow 60'])(
    '%s is asked about rather than guessed',
    (text) => {
      expect(line(text)).toBe('ingroup.twoNames');
    },
  );

  test('what the message itself lists goes before names', () => {
    expect(line('/mute @Bob the Builder 1h', ['u7'])).toBe('/mute @"u7" 1h');
    expect(line('/mute @Bob 1h', ['bob'])).toBe('/mute @"bob" 1h');
    expect(line('/mute @Shadow 60', ['s2'])).toBe('/mute @"s2" 60');
  });

  property.prop([
    fc.string(),
    fc.array(fc.record({ account: fc.stringMatching(/^[a-z0-9]{1,8}$/), names: fc.array(fc.string()) })),
  ])('whatever members are called, only a whole name becomes an account', (text, people) => {
    const result = withAccounts(`/mute @${text}`, people, []);
    if (!result.ok) return;
    const [, account] = /^\/mute @"([a-z0-9]+)"/.exec(result.line) ?? [];
    if (account === undefined || text.startsWith('"')) return;
    const names = people.filter((one) => one.account === account).flatMap((one) => one.names);
    expect(names.some((name) => name !== '' && text.normalize('NFC').startsWith(name.normalize('NFC')))).toBe(
      true,
    );
  });
});

test.each([
  ['/mute @bob', true],
  ['/mute member:@bob', true],
  ['/mute "@bob"', false],
  ['/mute @"bob"', false],
  ['/mute bob spam @carol', false],
])('%s has a mention at its head: %s', (text, expected) => {
  expect(hasMention(text)).toBe(expected);
});
