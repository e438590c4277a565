// Cases are written, numbered and moved from state to state alike on every database.
import { describe, expect, it } from 'vitest';
import { caseStates, type ModerationCase } from '../../../src/moderation/cases/case.ts';
import type { Store } from '../../../src/store/store.ts';
import { databases, openFresh, reopen, tickingClock } from '../databases.ts';
import { doneTarget, draft, pendingTarget } from './drafts.ts';

const open = async (store: Store, parts: Parameters<typeof draft>[0] = {}): Promise<ModerationCase> =>
  (await store.cases.open(draft(parts))).case;

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('opens a case as pending, with everything that the draft said', async () => {
      const store = await openFresh(database, tickingClock(1_700_000_000_000));
      const opened = await store.cases.open(draft());
      expect(opened).toEqual({
        repeated: false,
        case: {
          ...draft(),
          number: 1,
          state: 'pending',
          createdAt: expect.toSatisfy((at: number) => at >= 1_700_000_000_000),
          settledAt: null,
          undoneBy: null,
          endsAt: null,
          timerAt: null,
        },
      });
      expect(await store.cases.find('@TGS#1', 1)).toEqual(opened.case);
      expect(await store.cases.find('@TGS#1', 2)).toBeNull();
      expect(await store.cases.find('@TGS#2', 1)).toBeNull();
    });

    it('numbers the cases of each group from 1', async () => {
      const store = await openFresh(database);
      const groups = ['a', 'b', 'a', 'a', 'b'];
      const numbers: number[] = [];
      for (const group of groups) numbers.push((await open(store, { group })).number);
      expect(numbers).toEqual([1, 1, 2, 3, 2]);
    });

    it('gives 200 cases that are opened at once 200 numbers without a gap', async () => {
      const store = await openFresh(database);
      const opened = await Promise.all(
        Array.from({ length: 200 }, (_, index) => open(store, { group: index % 4 === 0 ? 'a' : 'b' })),
      );
      const numbers = (group: string) =>
        opened
          .filter((one) => one.group === group)
          .map((one) => one.number)
          .toSorted((a, b) => a - b);
      expect(numbers('a')).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      expect(numbers('b')).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
    });

    it('keeps the order of times and numbers the same', async () => {
      const store = await openFresh(database);
      await Promise.all(Array.from({ length: 40 }, () => open(store)));
      const { cases } = await store.cases.list({ group: '@TGS#1' }, { limit: 100 });
      expect(cases.map((one) => one.number)).toEqual(Array.from({ length: 40 }, (_, index) => 40 - index));
    });

    it('opens no second case for a key, and numbers on without a gap', async () => {
      const store = await openFresh(database);
      const first = await store.cases.open(draft({ key: 'k' }));
      expect(await store.cases.open(draft({ key: 'k', reason: 'another' }))).toEqual({
        case: first.case,
        repeated: true,
      });
      expect((await open(store)).number).toBe(2);
    });

    it('opens one case for 20 drafts with one key at once', async () => {
      const store = await openFresh(database);
      const opened = await Promise.all(
        Array.from({ length: 20 }, () => store.cases.open(draft({ key: 'k' }))),
      );
      expect(opened.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(new Set(opened.map((one) => one.case.number))).toEqual(new Set([1]));
      expect((await open(store)).number).toBe(2);
    });

    it('keeps the keys of groups and actors apart', async () => {
      const store = await openFresh(database);
      const bob = { surface: 'discord', id: '200', name: 'Bob', account: null };
      const drafts = [draft({ key: 'k' }), draft({ key: 'k', group: 'b' }), draft({ key: 'k', actor: bob })];
      for (const one of drafts) expect((await store.cases.open(one)).repeated).toBe(false);
    });

    it('refuses a key that is too long', async () => {
      const store = await openFresh(database);
      await expect(store.cases.open(draft({ key: 'k'.repeat(256) }))).rejects.toThrow(RangeError);
    });

    it('settles a pending case once', async () => {
      const store = await openFresh(database);
      const opened = await open(store);
      const settled = await store.cases.settle('@TGS#1', 1, {
        state: 'applied',
        targets: [doneTarget('bob')],
      });
      const expected = {
        ...opened,
        state: 'applied',
        targets: [doneTarget('bob')],
        settledAt: expect.any(Number),
      };
      expect(settled).toEqual({ kind: 'changed', case: expected });
      expect(await store.cases.settle('@TGS#1', 1, { state: 'failed', targets: [] })).toEqual({
        kind: 'stale',
        case: expected,
      });
      expect(await store.cases.find('@TGS#1', 1)).toEqual(expected);
    });

    it('lets one of many that settle at once win', async () => {
      const store = await openFresh(database);
      await open(store);
      const states = ['applied', 'partly', 'failed'] as const;
      const moves = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          store.cases.settle('@TGS#1', 1, { state: states[index % 3] ?? 'failed', targets: [] }),
        ),
      );
      expect(moves.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
      expect(moves.filter(({ kind }) => kind === 'stale')).toHaveLength(11);
    });

    it('says that a case is missing', async () => {
      const store = await openFresh(database);
      expect(await store.cases.settle('x', 1, { state: 'failed', targets: [] })).toEqual({ kind: 'missing' });
      expect(await store.cases.mark('x', 1, 'undone', null)).toEqual({ kind: 'missing' });
    });

    it.each(caseStates)('marks only what was applied: %s', async (state) => {
      const store = await openFresh(database);
      await reach(store, state);
      const marked = await store.cases.mark('@TGS#1', 1, 'undone', 7);
      const may = state === 'applied' || state === 'partly';
      expect(marked.kind).toBe(may ? 'changed' : 'stale');
      const now = await store.cases.find('@TGS#1', 1);
      expect(now?.state).toBe(may ? 'undone' : state);
      expect(now?.undoneBy).toBe(may ? 7 : null);
    });

    it('ends the case that is undone in the step that settles the undo', async () => {
      const store = await openFresh(database);
      await reach(store, 'applied');
      await open(store, { command: 'unmute', undoes: 1 });
      await store.cases.settle('@TGS#1', 2, {
        state: 'applied',
        targets: [doneTarget('bob')],
        ends: 'undone',
      });
      expect(await store.cases.find('@TGS#1', 1)).toMatchObject({ state: 'undone', undoneBy: 2 });
      expect(await store.cases.find('@TGS#1', 2)).toMatchObject({ state: 'applied', undoes: 1 });
    });

    it('does not end a case by an undo that was settled before', async () => {
      const store = await openFresh(database);
      await reach(store, 'applied');
      await open(store, { undoes: 1 });
      await store.cases.settle('@TGS#1', 2, { state: 'failed', targets: [] });
      await store.cases.settle('@TGS#1', 2, { state: 'applied', targets: [], ends: 'undone' });
      expect(await store.cases.find('@TGS#1', 1)).toMatchObject({ state: 'applied', undoneBy: null });
    });

    it('finds the pending cases of all groups, oldest first, also after it was opened again', async () => {
      const url = await database.fresh();
      const before = await reopen(url);
      for (const group of ['b', 'a', 'c']) await open(before, { group });
      await before.cases.settle('a', 1, { state: 'applied', targets: [] });
      await before.close();
      const store = await reopen(url);
      expect((await store.cases.pending()).map((one) => one.group)).toEqual(['b', 'c']);
    });

    it('keeps whatever somebody typed', async () => {
      const store = await openFresh(database);
      const odd = '\0 \uD800 \'"; drop table moderation_case; -- 禁言🙂';
      // Not the same sign again and again: PostgreSQL would compress that below what its indexes take.
      const long = Array.from({ length: 9_000 }, (_, index) =>
        String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
      ).join('');
      const kept = '\uFFFD \uFFFD \'"; drop table moderation_case; -- 禁言🙂';
      const opened = await open(store, {
        group: odd,
        reason: odd,
        key: odd,
        options: { member: odd },
        targets: [pendingTarget(odd), pendingTarget(long), pendingTarget(long)],
      });
      expect(opened).toMatchObject({ group: kept, reason: kept, options: { member: odd } });
      expect(await store.cases.find(odd, 1)).toEqual(opened);
      for (const target of [odd, long]) {
        expect((await store.cases.list({ group: odd, target }, { limit: 5 })).cases).toEqual([opened]);
      }
      expect((await store.cases.open(draft({ group: odd, key: odd }))).repeated).toBe(true);
    });

    it('keeps a case of 5,000 targets', async () => {
      const store = await openFresh(database);
      const targets = Array.from({ length: 5_000 }, (_, index) => pendingTarget(`member${index}`));
      await open(store, { targets });
      expect((await store.cases.find('@TGS#1', 1))?.targets).toEqual(targets);
      const { cases } = await store.cases.list({ target: 'member4999' }, { limit: 1 });
      expect(cases).toHaveLength(1);
    });
  });
}

async function reach(store: Store, state: ModerationCase['state']): Promise<void> {
  await open(store);
  if (state === 'pending') return;
  const settled = state === 'undone' || state === 'expired' ? 'applied' : state;
  await store.cases.settle('@TGS#1', 1, { state: settled, targets: [doneTarget('bob')] });
  if (settled !== state && state !== 'failed') {
    await store.cases.mark('@TGS#1', 1, state === 'undone' ? 'undone' : 'expired', null);
  }
}
