// Notes and reasons are added, never overwritten, alike on every database.
import { describe, expect, it } from 'vitest';
import { databases, openFresh } from '../databases.ts';
import { alice, draft } from './drafts.ts';

const bob = { surface: 'terminal', id: 'bob', name: 'Bob', account: null };

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('keeps notes and links in their order', async () => {
      const store = await openFresh(database);
      await store.cases.open(draft());
      const first = await store.cases.addNote('@TGS#1', 1, {
        author: alice,
        text: "it's \0 \uD800",
        url: null,
      });
      const link = { author: bob, text: '', url: 'https://example.org/a.png' };
      const second = await store.cases.addNote('@TGS#1', 1, link);
      expect(second).toEqual({ ...link, at: expect.any(Number) });
      expect(await store.cases.notes('@TGS#1', 1)).toEqual([first, second]);
      expect(first?.text).toBe("it's \uFFFD \uFFFD");
      expect(await store.cases.notes('@TGS#1', 2)).toEqual([]);
    });

    it('puts the new reason into the case and keeps all earlier ones', async () => {
      const store = await openFresh(database);
      const opened = (await store.cases.open(draft({ reason: null }))).case;
      await store.cases.changeReason('@TGS#1', 1, { author: bob, reason: 'spam' });
      const last = await store.cases.changeReason('@TGS#1', 1, {
        author: alice,
        reason: 'spam in three rooms',
      });
      expect(await store.cases.find('@TGS#1', 1)).toEqual({ ...opened, reason: 'spam in three rooms' });
      expect(await store.cases.reasons('@TGS#1', 1)).toEqual([
        { author: alice, reason: null, at: opened.createdAt },
        { author: bob, reason: 'spam', at: expect.any(Number) },
        last,
      ]);
    });

    it('keeps every reason when several people change it at once', async () => {
      const store = await openFresh(database);
      await store.cases.open(draft());
      const wanted = Array.from({ length: 20 }, (_, index) => `reason ${index}`);
      await Promise.all(
        wanted.map((reason) => store.cases.changeReason('@TGS#1', 1, { author: bob, reason })),
      );
      const kept = (await store.cases.reasons('@TGS#1', 1)).map(({ reason }) => reason);
      expect(new Set(kept)).toEqual(new Set(['spam', ...wanted]));
      expect((await store.cases.find('@TGS#1', 1))?.reason).toBe(kept.at(-1));
    });

    it('says that there is no such case', async () => {
      const store = await openFresh(database);
      expect(await store.cases.addNote('x', 1, { author: bob, text: 'x', url: null })).toBeNull();
      expect(await store.cases.changeReason('x', 1, { author: bob, reason: 'x' })).toBeNull();
      expect(await store.cases.reasons('x', 1)).toEqual([]);
    });
  });
}
