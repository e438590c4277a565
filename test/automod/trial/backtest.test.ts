// Rules on messages of the past: the same as live, what is counted, and what people decided.
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { createAutomod } from '../../../src/automod/automod.ts';
import { textEvent } from '../../../src/automod/event/event.ts';
import { Backtest } from '../../../src/automod/trial/backtest.ts';
import { Decisions } from '../../../src/automod/trial/decisions.ts';
import type { CaseState, ModerationCase } from '../../../src/moderation/cases/case.ts';
import { bookOf, START } from '../harness.ts';

const book = bookOf(`rules:
  - { name: words, when: [{ keywords: { words: [bad, 傻瓜] } }], then: [block, { count: { into: rude } }] }
  - { name: rude, when: [{ counted: { in: rude, reaches: 2 } }], then: [{ mute: 10m }], cooldown: 1m }
  - { name: flood, when: [{ flood: { messages: 3, within: 5s } }], then: [{ mute: 1h }], stop: true }
  - { name: again, enabled: test, when: [{ repeated: { times: 2, within: 30s, by: anybody } }], then: [kick] }
  - { name: joins, when: [{ wave-of-joins: { members: 3, within: 1m } }], then: [{ lock: 10m }] }
`);
const lookUp = () => Promise.resolve({});
const timer = () => 0;

const said = fc.record({
  group: fc.constantFrom('g', 'h'),
  from: fc.constantFrom('a', 'b', 'c'),
  gap: fc.nat({ max: 20_000 }),
  text: fc.constantFrom('hello', 'bad', 'b a d', '你是傻瓜', 'good', 'hello there'),
});

property.prop([fc.array(said, { maxLength: 60 })])(
  'rules say live what they say in a backtest',
  async (all) => {
    let at = START;
    const events = all.map(({ group, from, gap, text }) => {
      at += gap;
      return textEvent(group, from, at, text);
    });
    const live = createAutomod({ rules: () => book, lookUp });
    const counts = new Map(book.everywhere.rules.map(({ name }) => [name, 0]));
    for (const event of events) {
      const { results } = await live.judge(event);
      for (const { rule } of results) counts.set(rule.name, (counts.get(rule.name) ?? 0) + 1);
    }
    const backtest = new Backtest({ book, decisions: new Decisions([]), lookUp, timer });
    for (const event of events) await backtest.take(event, null);
    expect(new Map(backtest.rules().map(({ rule, matches }) => [rule.name, matches]))).toEqual(counts);
  },
);

test('an event that is delivered twice is judged once', async () => {
  const live = createAutomod({ rules: () => book, lookUp });
  const event = textEvent('g', 'a', START, 'bad');
  const first = await live.judge(event, 'id');
  expect(await live.judge(event, 'id')).toBe(first);
  const other = await live.judge(event, 'other');
  expect(other.results.map(({ rule }) => rule.name)).toContain('rude');
});

const caseOf = (
  command: string,
  target: string,
  minutes: number,
  about: Partial<ModerationCase> = {},
): ModerationCase => ({
  group: 'g',
  number: 1,
  command,
  options: {},
  actor: { surface: 'discord', id: '1', name: 'mod', account: null },
  reason: null,
  targets: [{ target, before: null, outcome: 'done', code: null }],
  changes: [],
  undoes: null,
  key: null,
  lasts: null,
  state: 'applied' satisfies CaseState,
  createdAt: START + minutes * 60_000,
  settledAt: null,
  undoneBy: null,
  endsAt: null,
  timerAt: null,
  ...about,
});

test('what people decided is compared with what rules say', async () => {
  const decisions = new Decisions([
    caseOf('mute', 'a', 1),
    caseOf('recall', '7', 200),
    caseOf('warn', 'b', 3, { state: 'undone' }),
    caseOf('mute', 'c', 4, { actor: { surface: 'rule', id: 'words', name: 'words', account: null } }),
    caseOf('kick', 'd', 5),
    caseOf('kick', 'e', 600),
    caseOf('nick', 'f', 1),
  ]);
  const backtest = new Backtest({ book, decisions, lookUp, timer });
  const say = (from: string, text: string, seq: number | null = null) =>
    backtest.take(textEvent('g', from, START, text), seq);
  await say('a', 'bad');
  await say('z', 'bad', 7);
  await say('b', 'bad');
  await say('c', 'bad');
  await say('d', 'fine');
  await say('e', 'bad');
  await say('f', 'bad');
  const [words, , , , joins] = backtest.rules();
  expect(words).toMatchObject({ matches: 6, members: 6, agreed: 2, falseAlarms: 1, untested: 'none' });
  expect(words?.sample).toHaveLength(5);
  expect(joins).toMatchObject({ matches: 0, untested: 'all' });
  expect(backtest.agreement()).toEqual({ decisions: 3, found: 2, missed: 1, unnoticed: 2, falseAlarms: 1 });
});

test('cases and points are those of then', () => {
  const decisions = new Decisions([
    caseOf('warn', 'a', 0, { options: { points: '3' } }),
    caseOf('mute', 'a', 1),
  ]);
  const member = { group: 'g', from: 'a' };
  expect(decisions.casesOf(member)).toEqual([START, START + 60_000]);
  expect(decisions.pointsOf(member)).toEqual([{ at: START, points: 3 }]);
});
