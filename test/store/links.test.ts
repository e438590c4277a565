// A user has one account on a surface and an account one user, also when several processes link at once.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Link } from '../../src/moderation/people/link.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { alice } from './cases/drafts.ts';
import { databases, logger, openFresh, reopen, tickingClock } from './databases.ts';

const link = (parts: Partial<Link> = {}): Omit<Link, 'at'> => ({
  surface: 'discord',
  user: '200',
  account: 'bob',
  rank: 2,
  by: alice,
  ...parts,
});

/** Two connections to one database, as two processes have them. */
async function openTwice(url: string): Promise<readonly [Store, Store]> {
  const first = await reopen(url);
  const second = await openStore(url, { clock: tickingClock(), logger, shared: true });
  onTestFinished(() => second.close());
  return [first, second];
}

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('finds a link from both sides, on its surface only', async () => {
      const { links } = await openFresh(database);
      const added = await links.add(link());
      expect(added).toEqual({ kind: 'added', link: { ...link(), at: expect.any(Number) } });
      expect(await links.ofUser('discord', '200')).toEqual(added.link);
      expect(await links.ofAccount('discord', 'bob')).toEqual(added.link);
      for (const other of [
        links.ofUser('terminal', '200'),
        links.ofUser('discord', 'bob'),
        links.ofAccount('terminal', 'bob'),
        links.ofAccount('discord', '200'),
      ]) {
        expect(await other).toBeNull();
      }
    });

    it.each([
      ['the user', { account: 'carol' }],
      ['the account', { user: '300' }],
      ['both', { rank: 3 }],
    ] as const)('adds nothing where %s is taken, and tells by which link', async (_what, parts) => {
      const { links } = await openFresh(database);
      const { link: standing } = await links.add(link());
      expect(await links.add(link(parts))).toEqual({ kind: 'taken', link: standing });
      expect(await links.list(9)).toEqual([standing]);
    });

    it("tells the user's own link where two are in the way", async () => {
      const { links } = await openFresh(database);
      await links.add(link({ user: '300', account: 'carol' }));
      const { link: own } = await links.add(link());
      expect(await links.add(link({ account: 'carol' }))).toEqual({ kind: 'taken', link: own });
    });

    it('keeps surfaces apart', async () => {
      const { links } = await openFresh(database);
      for (const surface of ['discord', 'terminal']) {
        expect(await links.add(link({ surface }))).toMatchObject({ kind: 'added' });
      }
    });

    it('removes a link once, after which both sides are free', async () => {
      const { links } = await openFresh(database);
      const { link: added } = await links.add(link());
      expect(await links.remove('discord', 'nobody')).toBeNull();
      expect(await links.remove('discord', '200')).toEqual(added);
      expect(await links.remove('discord', '200')).toBeNull();
      expect(await links.ofAccount('discord', 'bob')).toBeNull();
      expect(await links.add(link({ user: '300' }))).toMatchObject({ kind: 'added' });
    });

    it('lists the newest first', async () => {
      const { links } = await openFresh(database, { now: () => 5 });
      for (const name of ['a', 'b', 'c']) await links.add(link({ user: name, account: name }));
      expect((await links.list(2)).map(({ user }) => user)).toEqual(['c', 'b']);
    });

    it.each([0, 1.5, 1_001])('refuses a list of %d', async (limit) => {
      const { links } = await openFresh(database);
      await expect(links.list(limit)).rejects.toThrow(RangeError);
    });

    it('adds one of the links that two processes add at once', async () => {
      const stores = await openTwice(await database.fresh());
      const wanted = Array.from({ length: 40 }, (_, index) =>
        index % 4 < 2 ? link({ account: `account${index}` }) : link({ user: `user${index}` }),
      );
      const added = await Promise.all(
        wanted.map((one, index) => (index % 2 === 0 ? stores[0] : stores[1]).links.add(one)),
      );
      const kept = await stores[0].links.list(1_000);
      const winners = added.filter(({ kind }) => kind === 'added').map((one) => one.link);
      expect(new Set(winners.map(({ user }) => user)).size).toBe(winners.length);
      expect(new Set(winners.map(({ account }) => account)).size).toBe(winners.length);
      expect(kept).toHaveLength(winners.length);
      expect(kept).toEqual(expect.arrayContaining(winners));
      expect(kept).toEqual(expect.arrayContaining(added.map((one) => one.link)));
    });

    it('gives one account to one of many users at once, and tells the others to whom', async () => {
      const stores = await openTwice(await database.fresh());
      const added = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? stores[0] : stores[1]).links.add(link({ user: `user${index}` })),
        ),
      );
      expect(added.filter(({ kind }) => kind === 'added')).toHaveLength(1);
      expect(new Set(added.map((one) => one.link.user)).size).toBe(1);
    });

    it('answers every attempt while the link in the way comes and goes', async () => {
      const [first, second] = await openTwice(await database.fresh());
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          index % 3 === 0
            ? first.links.remove('discord', '200')
            : (index % 2 === 0 ? first : second).links.add(link()),
        ),
      );
      const added = answers.filter((one) => one !== null && 'kind' in one && one.kind === 'added').length;
      const removed = answers.filter((one) => one !== null && !('kind' in one)).length;
      expect(await first.links.list(9)).toHaveLength(added - removed);
    });
  });
}
