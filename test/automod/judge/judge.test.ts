// What rules come to: order, the strictest answer, stop, cooldown, exemptions, test mode, counters, masks.
import { expect, test } from 'vitest';
import { messageEvent, nameEvent } from '../../../src/automod/event/event.ts';
import { judge } from '../../../src/automod/judge/judge.ts';
import { RuleMemory } from '../../../src/automod/judge/memory.ts';
import { bench, bookOf, matched, START } from '../harness.ts';

const rule = (name: string, word: string, then: string, more = '') =>
  `  - { name: ${name}, when: [{ keywords: { words: [${word}] } }], then: [${then}]${more} }\n`;

test('the strictest answer wins, whatever the order; of equal ones the first', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'mask')}${rule('b', 'two', "block: 'B'")}${rule('c', 'three', "block: 'C'")}${rule('d', 'four', 'hold')}`,
  );
  expect((await say('one two')).answer).toEqual({ kind: 'block', words: 'B', silent: false });
  expect((await say('three two')).answer).toMatchObject({ words: 'B' });
  expect((await say('one four')).answer).toEqual({ kind: 'hold' });
  expect((await say('five')).answer).toEqual({ kind: 'pass' });
});

test('of one kind an event brings about one deed', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'warn, mute: 10m')}${rule('b', 'one', 'mute: 1h, kick')}`,
  );
  const { effects } = await say('one');
  expect(effects.map(({ rule, deed }) => [rule.name, deed])).toMatchObject([
    ['a', { command: 'warn' }],
    ['a', { command: 'mute', options: { duration: '10m' } }],
    ['b', { command: 'kick' }],
  ]);
});

test('stop ends the matter, but what counts messages still sees them', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'block', ', stop: true')}  - { name: b, when: [{ flood: { messages: 3, within: 10s } }], then: [kick] }\n`,
  );
  expect(matched(await say('one'))).toEqual(['a']);
  expect(matched(await say('one', { seconds: 1 }))).toEqual(['a']);
  expect(matched(await say('two', { seconds: 2 }))).toEqual(['b']);
});

test('within its cooldown a rule answers the message and does nothing more', async () => {
  const { say } = bench(`rules:\n${rule('a', 'one', 'block, warn', ', cooldown: 1m')}`);
  expect((await say('one')).effects).toHaveLength(1);
  const again = await say('one', { seconds: 30 });
  expect(again).toMatchObject({ answer: { kind: 'block' }, effects: [] });
  expect((await say('one', { seconds: 30, from: 'eve' })).effects).toHaveLength(1);
  expect((await say('one', { seconds: 61 })).effects).toHaveLength(1);
});

test('moderators are exempt unless a rule says otherwise', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'block')}${rule('b', 'two', 'block', ', exempt: { roles: [] }')}${rule('c', 'three', 'block', ', exempt: { roles: [Member], accounts: [eve] }')}`,
  );
  const facts = { role: 'Admin' } as const;
  expect(matched(await say('one', { facts }))).toEqual([]);
  expect(matched(await say('two', { facts }))).toEqual(['b']);
  expect(matched(await say('three', { facts }))).toEqual(['c']);
  expect(matched(await say('three'))).toEqual([]);
  expect(matched(await say('three', { facts, from: 'eve' }))).toEqual([]);
});

test('all exceptions must hold together; what cannot be told excuses nobody', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'block', ', unless: [{ linked: true }, { time-since-join: { over: 7d } }]')}`,
  );
  const old = START - 8 * 86_400_000;
  const role = 'Member';
  expect(matched(await say('one', { facts: { role, linked: true, joinedAt: old } }))).toEqual([]);
  expect(matched(await say('one', { facts: { role, linked: false, joinedAt: old } }))).toEqual(['a']);
  expect(matched(await say('one', { facts: { role, linked: true, joinedAt: START } }))).toEqual(['a']);
  expect(matched(await say('one', { facts: { role, linked: true } }))).toEqual(['a']);
});

test('a rule that is tried is judged and does nothing, one that is off is not even judged', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'block, kick', ', enabled: test, stop: true')}${rule('b', 'one', 'mask', ', enabled: off')}${rule('c', 'one', 'warn')}`,
  );
  const verdict = await say('one');
  expect(matched(verdict)).toEqual(['a', 'c']);
  expect(verdict.answer.kind).toBe('pass');
  expect(verdict.effects.map(({ rule }) => rule.name)).toEqual(['c']);
});

test('a counter adds up in silence, forgets, and is told apart by member, group and trial', async () => {
  const { say } = bench(`rules:
${rule('a', 'one', 'count: { into: rude, lasts: 1m }')}${rule('t', 'two', 'count: { into: rude }', ', enabled: test')}
  - { name: b, when: [{ counted: { in: rude, reaches: 2 } }], then: [{ mute: 10m }] }
  - { name: c, enabled: test, when: [{ counted: { in: rude, reaches: 2 } }], then: [kick] }
`);
  expect(matched(await say('one'))).toEqual(['a']);
  expect(matched(await say('hello'))).toEqual([]);
  expect(matched(await say('one', { from: 'eve' }))).toEqual(['a']);
  expect(matched(await say('one', { group: 'other' }))).toEqual(['a']);
  // What a rule adds that is only tried counts only for rules that are tried.
  expect(matched(await say('two', { seconds: 1 }))).toEqual(['t', 'c']);
  expect(matched(await say('one', { seconds: 2 }))).toEqual(['a', 'b', 'c']);
  expect(matched(await say('hello', { seconds: 3 }))).toEqual([]);
  expect(matched(await say('one', { seconds: 62 }))).not.toContain('b');
});

test('a mask writes over every place, and blocks what it cannot reach', async () => {
  const { say, judge } = bench(
    `rules:\n${rule('a', 'bad, 傻瓜', 'mask')}${rule('b', 'worse', "mask: '[…]'")}`,
  );
  const textIn = (verdict: Awaited<ReturnType<typeof say>>) =>
    verdict.body?.map(({ MsgContent }) => MsgContent.Text);
  expect(textIn(await say('a bad b4d 傻瓜 and worse'))).toEqual(['a *** *** ** and […]']);
  const element = (text: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text: text } });
  const wire = { GroupId: 'guild', From_Account: 'bob' };
  const split = await judge(
    messageEvent({ ...wire, MsgBody: [element('so ba'), element('d it is')] }, START),
  );
  expect(textIn(split)).toEqual(['so **', '* it is']);
  const file = { MsgType: 'TIMFileElem', MsgContent: { FileName: 'bad' } };
  const hidden = await judge(messageEvent({ ...wire, MsgBody: [element('hello'), file] }, START));
  expect(hidden.answer).toEqual({ kind: 'block', words: null, silent: false });
});

test('rules of a group take the place of those for all; a rule may name its groups', async () => {
  const { say } = bench(
    `rules:\n${rule('a', 'one', 'block')}${rule('b', 'one', 'block', ', groups: [lobby]')}groups:\n  arena: { rules: [{ name: c, when: [{ keywords: { words: [one] } }], then: [block] }] }\n`,
  );
  expect(matched(await say('one'))).toEqual(['a']);
  expect(matched(await say('one', { group: 'lobby' }))).toEqual(['a', 'b']);
  expect(matched(await say('one', { group: 'arena' }))).toEqual(['c']);
});

test('names are judged when they change', async () => {
  const { judge, say } = bench(
    "rules: [{ name: a, when: [{ names: { words: ['*admin*'] } }], then: [{ nick: x }] }]".replace(
      '{ nick: x }',
      "{ command: { name: nick, options: { name: '-' } } }",
    ),
  );
  const { effects } = await judge(nameEvent('guild', 'bob', START, 'The Аdmin'));
  expect(effects.map(({ deed }) => deed)).toEqual([
    { kind: 'command', command: 'nick', about: 'member', options: { name: '-' } },
  ]);
  expect(matched(await say('admin'))).toEqual([]);
});

test('judging changes nothing, and facts are asked for only where they matter', () => {
  const { everywhere } = bookOf(`rules:\n${rule('a', 'one', 'block, count: { into: x }')}`);
  const memory = new RuleMemory();
  const event = (text: string) =>
    messageEvent(
      {
        GroupId: 'g',
        From_Account: 'bob',
        MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
      },
      START,
    );
  expect(judge(everywhere, event('hello'), {}, memory).kind).toBe('verdict');
  expect(judge(everywhere, event('one'), {}, memory)).toEqual({ kind: 'asks', facts: ['role'] });
  const first = judge(everywhere, event('one'), { role: null }, memory);
  expect(judge(everywhere, event('one'), { role: null }, memory)).toEqual(first);
  expect(memory.size).toBe(0);
});
