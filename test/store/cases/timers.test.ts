// Timers stand in their cases: they begin when a case is settled, end with its effect, and survive the process.
import { describe, expect, it } from 'vitest';
import type { CaseDraft, ModerationCase, SettledState } from '../../../src/moderation/cases/case.ts';
import type { Store } from '../../../src/store/store.ts';
import { databases, openFresh, reopen } from '../databases.ts';
import { doneTarget, draft } from './drafts.ts';

const start = 1_700_000_000_000;
const stopped = { now: () => start };

async function settled(
  store: Store,
  parts: Partial<CaseDraft>,
  state: SettledState = 'applied',
): Promise<ModerationCase> {
  const { group, number } = (await store.cases.open(draft(parts))).case;
  const move = await store.cases.settle(group, number, { state, targets: [doneTarget('bob')] });
  if (move.kind !== 'changed') throw new Error(move.kind);
  return move.case;
}

const numbers = (cases: readonly ModerationCase[]) => cases.map(({ number }) => number);

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it.each(['applied', 'partly'] as const)('starts the timer of a case that is %s', async (state) => {
      const store = await openFresh(database, stopped);
      const opened = (await store.cases.open(draft({ lasts: 600 }))).case;
      expect(opened).toMatchObject({ lasts: 600, endsAt: null, timerAt: null });
      await store.cases.settle(opened.group, opened.number, { state, targets: [doneTarget('bob')] });
      expect(await store.cases.find(opened.group, opened.number)).toMatchObject({
        state,
        lasts: 600,
        settledAt: start,
        endsAt: start + 600_000,
        timerAt: start + 600_000,
      });
    });

    it('counts from when the effect began, where that is told', async () => {
      const store = await openFresh(database, stopped);
      const { group, number } = (await store.cases.open(draft({ lasts: 600 }))).case;
      const since = start - 60_000;
      await store.cases.settle(group, number, { state: 'applied', targets: [doneTarget('bob')], since });
      const end = since + 600_000;
      expect(await store.cases.find(group, number)).toMatchObject({
        settledAt: start,
        endsAt: end,
        timerAt: end,
      });
    });

    it('counts a hundred years without a loss', async () => {
      const store = await openFresh(database, stopped);
      const century = 100 * 365 * 86_400;
      expect((await settled(store, { lasts: century })).endsAt).toBe(start + century * 1_000);
    });

    it('starts no timer for what failed, and none without an end', async () => {
      const store = await openFresh(database, stopped);
      for (const one of [
        await settled(store, { lasts: 600 }, 'failed'),
        await settled(store, { lasts: null }),
      ]) {
        expect(one).toMatchObject({ endsAt: null, timerAt: null });
      }
      expect(await store.cases.nextTimer()).toBeNull();
    });

    it.each(['undone', 'expired'] as const)('stops the timer of a case that is %s', async (state) => {
      const store = await openFresh(database, stopped);
      const { group, number, endsAt } = await settled(store, { lasts: 600 });
      await store.cases.mark(group, number, state, null);
      expect(await store.cases.find(group, number)).toMatchObject({ state, endsAt, timerAt: null });
      expect(await store.cases.nextTimer()).toBeNull();
      expect(await store.cases.due(start + 1e9, 9)).toEqual([]);
    });

    it('stops the timer in the step that settles the undo', async () => {
      const store = await openFresh(database, stopped);
      const { group, number } = await settled(store, { lasts: 600 });
      await store.cases.open(draft({ undoes: number }));
      await store.cases.settle(group, 2, { state: 'applied', targets: [doneTarget('bob')], ends: 'undone' });
      expect(await store.cases.find(group, number)).toMatchObject({ state: 'undone', timerAt: null });
    });

    it('finds what is due in all groups, the earliest first', async () => {
      const store = await openFresh(database, stopped);
      await store.cases.open(draft({ group: 'a', lasts: 1 }));
      for (const [group, lasts] of [
        ['a', 30],
        ['b', 10],
        ['a', 20],
        ['b', null],
      ] as const) {
        await settled(store, { group, lasts });
      }
      const due = async (seconds: number, limit = 9) =>
        (await store.cases.due(start + seconds * 1_000, limit)).map(({ group, lasts }) => [group, lasts]);
      expect(await due(9.999)).toEqual([]);
      expect(await due(10)).toEqual([['b', 10]]);
      expect(await due(30)).toEqual([
        ['b', 10],
        ['a', 20],
        ['a', 30],
      ]);
      expect(await due(30, 1)).toEqual([['b', 10]]);
      expect(await store.cases.nextTimer()).toBe(start + 10_000);
      expect((await store.cases.timers('a', ['mute'], 9)).map(({ lasts }) => lasts)).toEqual([20, 30]);
      expect(numbers(await store.cases.timers('a', ['mute'], 1))).toEqual([3]);
      expect(await store.cases.timers('nobody', ['mute'], 9)).toEqual([]);
      expect(await store.cases.timers('a', ['kick'], 9)).toEqual([]);
    });

    it('finds cases of one moment in the order in which they were opened', async () => {
      const store = await openFresh(database, stopped);
      for (let count = 0; count < 5; count += 1) await settled(store, { lasts: 60 });
      expect(numbers(await store.cases.due(start + 60_000, 9))).toEqual([1, 2, 3, 4, 5]);
      expect(numbers(await store.cases.timers('@TGS#1', ['mute'], 9))).toEqual([1, 2, 3, 4, 5]);
    });

    it('moves a timer or takes it away, and leaves the end alone', async () => {
      const store = await openFresh(database, stopped);
      const { group, number } = await settled(store, { lasts: 60 });
      const end = start + 60_000;
      expect(await store.cases.setTimer(group, number, end, end + 5)).toBe(true);
      expect(await store.cases.find(group, number)).toMatchObject({ endsAt: end, timerAt: end + 5 });
      expect(await store.cases.setTimer(group, number, end, null)).toBe(false);
      expect(await store.cases.setTimer(group, number, end + 5, null)).toBe(true);
      expect(await store.cases.find(group, number)).toMatchObject({ endsAt: end, timerAt: null });
      expect(await store.cases.nextTimer()).toBeNull();
      expect(await store.cases.setTimer(group, 7, end, null)).toBe(false);
    });

    it('sets no timer of a case whose effect is over', async () => {
      const store = await openFresh(database, stopped);
      const { group, number } = await settled(store, { lasts: 60 });
      await store.cases.mark(group, number, 'expired', null);
      expect(await store.cases.setTimer(group, number, start + 60_000, start)).toBe(false);
      expect((await store.cases.find(group, number))?.timerAt).toBeNull();
    });

    it('lets one of many that saw the same timer change it', async () => {
      const store = await openFresh(database, stopped);
      const { group, number, timerAt } = await settled(store, { lasts: 60 });
      const changed = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          store.cases.setTimer(group, number, timerAt ?? 0, start + index),
        ),
      );
      expect(changed.filter(Boolean)).toHaveLength(1);
    });

    it('knows its timers after it was opened again', async () => {
      const url = await database.fresh();
      const before = await reopen(url, stopped);
      await settled(before, { lasts: 60 });
      await before.close();
      const store = await reopen(url);
      expect(await store.cases.nextTimer()).toBe(start + 60_000);
      expect(numbers(await store.cases.due(start + 60_000, 9))).toEqual([1]);
    });
  });
}
