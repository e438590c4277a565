// Every settled case is told in a log once: it stays unlogged until somebody marks it, and one mark wins.
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../../src/moderation/cases/case.ts';
import { databases, openFresh } from '../databases.ts';
import { doneTarget, draft } from './drafts.ts';

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('finds settled cases of all groups, the oldest first, and no pending one', async () => {
      const store = await openFresh(database);
      for (const group of ['a', 'b', 'a', 'c']) await store.cases.open(draft({ group }));
      const targets = [doneTarget('bob')];
      await store.cases.settle('c', 1, { state: 'failed', targets });
      await store.cases.settle('a', 2, { state: 'partly', targets });
      await store.cases.settle('a', 1, { state: 'applied', targets });
      await store.cases.mark('a', 1, 'undone', null);
      const found = await store.cases.unlogged(9);
      expect(found.map(({ group, number, state }) => [group, number, state])).toEqual([
        ['a', 1, 'undone'],
        ['a', 2, 'partly'],
        ['c', 1, 'failed'],
      ] satisfies [string, number, CaseState][]);
      expect(await store.cases.unlogged(2)).toEqual(found.slice(0, 2));
    });

    it('marks a settled case once, whatever becomes of it later', async () => {
      const store = await openFresh(database);
      await store.cases.open(draft());
      expect(await store.cases.markLogged('@TGS#1', 1)).toBe(false);
      await store.cases.settle('@TGS#1', 1, { state: 'applied', targets: [doneTarget('bob')] });
      const marks = await Promise.all(Array.from({ length: 12 }, () => store.cases.markLogged('@TGS#1', 1)));
      expect(marks.filter(Boolean)).toHaveLength(1);
      expect(await store.cases.unlogged(9)).toEqual([]);
      await store.cases.mark('@TGS#1', 1, 'expired', null);
      expect(await store.cases.unlogged(9)).toEqual([]);
      expect(await store.cases.markLogged('@TGS#1', 2)).toBe(false);
    });
  });
}
