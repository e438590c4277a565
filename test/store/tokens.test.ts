// Tokens in the database: one of a name and one of a checksum, gone once revoked, and when each was last used.
import { describe, expect, it } from 'vitest';
import type { RecordedToken } from '../../src/moderation/people/token.ts';
import { alice } from './cases/drafts.ts';
import { databases, openFresh } from './databases.ts';

const token = (parts: Partial<RecordedToken> = {}): Omit<RecordedToken, 'createdAt'> => ({
  name: 'game',
  checksum: 'a'.repeat(64),
  capabilities: new Set(['mute', 'lookup']),
  rank: 2,
  groups: new Set(['guild']),
  questions: 'confirmed',
  impersonate: ['player-*'],
  expiresAt: 9_000_000_000_000,
  by: alice,
  ...parts,
});

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('keeps a token whole, and nothing that is optional', async () => {
      const { tokens } = await openFresh(database);
      const bare = token({ name: 'bare', checksum: 'b'.repeat(64), groups: null, expiresAt: null });
      expect(await tokens.add(token())).toEqual({ ...token(), createdAt: expect.any(Number) });
      await tokens.add(bare);
      expect(await tokens.list()).toMatchObject([token(), bare]);
    });

    it.each([
      ['name', { checksum: 'b'.repeat(64) }],
      ['checksum', { name: 'other' }],
    ])('adds no second token of a %s', async (_what, parts) => {
      const { tokens } = await openFresh(database);
      await tokens.add(token());
      expect(await tokens.add(token(parts))).toBeNull();
      expect(await tokens.list()).toHaveLength(1);
    });

    it('removes a token once, after which its name is free', async () => {
      const { tokens } = await openFresh(database);
      await tokens.add(token());
      expect(await tokens.remove('nobody')).toBe(false);
      expect(await tokens.remove('game')).toBe(true);
      expect(await tokens.remove('game')).toBe(false);
      expect(await tokens.add(token())).not.toBeNull();
    });

    it('remembers the latest use of each, also of tokens that it does not hold', async () => {
      const { tokens } = await openFresh(database);
      for (const at of [5, 9, 7]) await tokens.markUsed('of-the-settings', at);
      await tokens.markUsed('game', 1);
      expect(await tokens.uses()).toEqual(
        new Map([
          ['of-the-settings', 9],
          ['game', 1],
        ]),
      );
    });
  });
}
