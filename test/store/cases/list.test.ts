// Listing cases: filters and pages agree with a plain search through everything.
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { CaseDraft, CaseFilter, ModerationCase } from '../../../src/moderation/cases/case.ts';
import { listCases } from '../../../src/store/cases/list.ts';
import { createCases } from '../../../src/store/cases/repository.ts';
import { migrate } from '../../../src/store/schema/migrate.ts';
import type { Store } from '../../../src/store/store.ts';
import { databases, openDatabase, openFresh, tickingClock } from '../databases.ts';
import { alice, doneTarget, draft, drafts, pendingTarget } from './drafts.ts';

/** Opens all, and settles every second one. */
async function record(store: Pick<Store, 'cases'>, list: readonly CaseDraft[]): Promise<void> {
  for (const [index, one] of list.entries()) {
    const { number } = (await store.cases.open(one)).case;
    if (index % 2 === 0) {
      await store.cases.settle(one.group, number, { state: 'applied', targets: one.targets });
    }
  }
}

async function allPages(store: Store, filter: CaseFilter, limit: number): Promise<readonly ModerationCase[]> {
  const cases: ModerationCase[] = [];
  let before: string | undefined;
  do {
    const page = await store.cases.list(filter, { limit, before });
    expect(page.cases.length).toBeLessThanOrEqual(limit);
    cases.push(...page.cases);
    before = page.next ?? undefined;
  } while (before !== undefined);
  return cases;
}

function matches(filter: CaseFilter, one: ModerationCase): boolean {
  const { actor } = filter;
  return (
    (filter.group === undefined || one.group === filter.group) &&
    (filter.target === undefined || one.targets.some(({ target }) => target === filter.target)) &&
    (filter.command === undefined || one.command === filter.command) &&
    (filter.state === undefined || one.state === filter.state) &&
    (filter.since === undefined || one.createdAt >= filter.since) &&
    (filter.until === undefined || one.createdAt < filter.until) &&
    (actor === undefined ||
      ('account' in actor
        ? one.actor.account === actor.account
        : one.actor.surface === actor.surface && one.actor.id === actor.id))
  );
}

const start = 1_700_000_000_000;
const filters: fc.Arbitrary<CaseFilter> = fc.record(
  {
    group: fc.constantFrom('@TGS#1', '@TGS#2', 'nobody'),
    target: fc.constantFrom('bob', 'carol', 'nobody'),
    actor: fc.constantFrom({ surface: 'discord', id: '100' }, { account: 'alice' }, { account: 'x' }),
    command: fc.constantFrom('mute', 'kick', 'x'),
    state: fc.constantFrom('pending', 'applied', 'undone'),
    since: fc.integer({ min: start, max: start + 40 }),
    until: fc.integer({ min: start, max: start + 40 }),
  },
  { requiredKeys: [] },
);

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('returns every case that matches exactly once, newest first, whatever the filter and the page', async () => {
      const list = fc.sample(drafts, { numRuns: 40, seed: 1 });
      const store = await openFresh(database);
      await record(store, list);
      const everything = (await allPages(store, {}, 1_000)).toReversed();
      expect(everything.map(({ group, command, options }) => ({ group, command, options }))).toEqual(
        list.map(({ group, command, options }) => ({ group, command, options })),
      );
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 12 }), async (filter, limit) => {
          const expected = everything.filter((one) => matches(filter, one)).toReversed();
          expect(await allPages(store, filter, limit)).toEqual(expected);
        }),
        { numRuns: 150 },
      );
    });

    it('finds the same in slices of any size', async () => {
      const list = fc.sample(drafts, { numRuns: 30, seed: 2 });
      const opened = await openDatabase(await database.fresh());
      await migrate(opened, tickingClock());
      const { db } = opened;
      await record({ cases: createCases(opened, tickingClock()) }, list);
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 1, max: 9 }), async (filter, slice) => {
          const { cases, next } = await listCases(db, filter, { limit: 5 }, slice);
          expect({ cases, next }).toEqual(await listCases(db, filter, { limit: 5 }));
        }),
        { numRuns: 100 },
      );
    });

    it('pages through cases of one moment', async () => {
      const store = await openFresh(database, { now: () => start });
      for (let count = 0; count < 10; count += 1) await store.cases.open(draft());
      for (const filter of [{}, { group: '@TGS#1' }, { target: 'bob' }]) {
        const numbers = (await allPages(store, filter, 3)).map(({ number }) => number);
        expect(numbers).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      }
    });

    it('keeps its place when cases are opened and settled between two pages', async () => {
      const store = await openFresh(database);
      for (let count = 0; count < 4; count += 1) await store.cases.open(draft());
      const first = await store.cases.list({ group: '@TGS#1' }, { limit: 2 });
      await store.cases.open(draft());
      await store.cases.settle('@TGS#1', 2, { state: 'applied', targets: [doneTarget('bob')] });
      const second = await store.cases.list(
        { group: '@TGS#1' },
        { limit: 2, before: first.next ?? undefined },
      );
      expect(second.cases.map(({ number }) => number)).toEqual([2, 1]);
      expect(second.next).toBeNull();
    });

    it('lists a case once for a target that it names twice', async () => {
      const store = await openFresh(database);
      await store.cases.open(draft({ targets: [pendingTarget('bob'), pendingTarget('bob')] }));
      expect(await allPages(store, { target: 'bob' }, 1)).toHaveLength(1);
    });

    it('tells the same identifier on two surfaces apart', async () => {
      const store = await openFresh(database);
      await store.cases.open(draft({ actor: alice }));
      await store.cases.open(draft({ actor: { ...alice, surface: 'terminal' } }));
      const { cases } = await store.cases.list({ actor: { surface: 'terminal', id: '100' } }, { limit: 9 });
      expect(cases.map(({ number }) => number)).toEqual([2]);
      expect(await allPages(store, { actor: { account: 'alice' } }, 9)).toHaveLength(2);
    });

    it.each([0, -1, 1.5, 1_001, Number.NaN])('refuses a page of %d', async (limit) => {
      const store = await openFresh(database);
      await expect(store.cases.list({}, { limit })).rejects.toThrow(RangeError);
    });

    it.each(['', '1', '1.2.3', 'x.1', '1; drop table x'])('refuses the cursor %j', async (before) => {
      const store = await openFresh(database);
      await expect(store.cases.list({}, { limit: 1, before })).rejects.toThrow(RangeError);
    });
  });
}
