// What one person's cases concern: members only, what may have happened, over all groups, from a moment on.
import { describe, expect, it } from 'vitest';
import type { CaseOutcome, CaseTarget } from '../../../src/moderation/cases/case.ts';
import type { JsonValue } from '../../../src/util/json.ts';
import { databases, openFresh, tickingClock } from '../databases.ts';
import { alice, draft, pendingTarget } from './drafts.ts';

const member = { kind: 'member', role: 'Member' };
const target = (name: string, outcome: CaseOutcome, before: JsonValue = member): CaseTarget => ({
  ...pendingTarget(name, before),
  outcome,
});

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('counts members that were changed, may have been, or still may be', async () => {
      const store = await openFresh(database);
      const targets = [
        target('a', 'done'),
        target('b', 'uncertain'),
        target('c', 'pending'),
        target('d', 'refused'),
        target('e', 'failed'),
        target('7', 'done', { kind: 'message', sender: 'a', excerpt: 'x' }),
        target('g', 'done', { kind: 'group', locked: false }),
        target('f', 'done', null),
        target('h', 'done', 'member'),
      ];
      await store.cases.open(draft({ targets }));
      // And the sender of the message.
      expect(await store.cases.countTargets({ surface: alice.surface, id: alice.id }, 0)).toBe(4);
    });

    it.each<[string, number, (seq: number) => string | null, number]>([
      ['by their senders', 9, (seq) => `m${seq % 3}`, 3],
      ['each one whose sender is unknown', 4, () => null, 4],
      ['at least one for ten', 31, () => 'spammer', 4],
    ])('counts messages %s', async (_how, count, sender, expected) => {
      const store = await openFresh(database);
      const targets = Array.from({ length: count }, (_, seq) =>
        target(String(seq), 'done', { kind: 'message', sender: sender(seq), excerpt: '' }),
      );
      await store.cases.open(draft({ targets }));
      expect(await store.cases.countTargets({ surface: alice.surface, id: alice.id }, 0)).toBe(expected);
    });

    it('counts over all groups, once for each case, and no longer what failed', async () => {
      const store = await openFresh(database);
      const targets = [target('a', 'pending'), target('b', 'pending')];
      for (const group of ['x', 'y', 'y']) await store.cases.open(draft({ group, targets }));
      expect(await store.cases.countTargets({ surface: alice.surface, id: alice.id }, 0)).toBe(6);
      const failed = targets.map((one) => ({ ...one, outcome: 'failed' as const }));
      await store.cases.settle('y', 2, { state: 'failed', targets: failed });
      expect(await store.cases.countTargets({ surface: alice.surface, id: alice.id }, 0)).toBe(4);
    });

    it('counts the cases of one identity, or of one account', async () => {
      const store = await openFresh(database);
      const targets = [target('a', 'pending')];
      await store.cases.open(draft({ targets }));
      await store.cases.open(draft({ targets, actor: { ...alice, surface: 'ingroup', id: 'alice' } }));
      await store.cases.open(draft({ targets, actor: { ...alice, id: '200', account: null } }));
      expect(await store.cases.countTargets({ surface: 'discord', id: '100' }, 0)).toBe(1);
      expect(await store.cases.countTargets({ account: 'alice' }, 0)).toBe(2);
      expect(await store.cases.countTargets({ account: 'nobody' }, 0)).toBe(0);
    });

    it('counts from a moment on', async () => {
      const store = await openFresh(database, tickingClock());
      const targets = [target('a', 'pending')];
      const first = (await store.cases.open(draft({ targets }))).case;
      const second = (await store.cases.open(draft({ targets }))).case;
      expect(await store.cases.countTargets({ account: 'alice' }, first.createdAt)).toBe(2);
      expect(await store.cases.countTargets({ account: 'alice' }, second.createdAt)).toBe(1);
      expect(await store.cases.countTargets({ account: 'alice' }, second.createdAt + 1)).toBe(0);
    });
  });
}
