// Tokens: known by their checksum until their time is over, those of the settings first, and on whose behalf they act.
import { describe, expect, test } from 'vitest';
import {
  checksumOf,
  grantOf,
  type KnownToken,
  mayImpersonate,
  tokensInForce,
} from '../../../src/moderation/people/token.ts';

const token = (name: string, secret: string, parts: Partial<KnownToken> = {}): KnownToken => ({
  name,
  checksum: checksumOf(secret),
  capabilities: new Set(),
  rank: 1,
  groups: null,
  questions: 'ask',
  impersonate: [],
  expiresAt: null,
  ...parts,
});

test('a token counts until its time is over', () => {
  const known = [token('game', 's3cret', { expiresAt: 10 })];
  expect(grantOf('s3cret', known, 9)?.name).toBe('game');
  expect(grantOf('s3cret', known, 10)).toBeNull();
  for (const wrong of ['', 's3cret ', checksumOf('s3cret')]) expect(grantOf(wrong, known, 9)).toBeNull();
});

test('the settings go before the record, by name and by checksum', () => {
  const written = token('game', 'one');
  const recorded = [token('game', 'two'), token('other', 'one', { rank: 3 }), token('third', 'three')];
  const known = tokensInForce([written], recorded);
  expect(known.map(({ name }) => name)).toEqual(['game', 'third']);
  expect(grantOf('two', known, 0)).toBeNull();
  expect(grantOf('one', known, 0)?.rank).toBe(1);
});

describe('acts on behalf of', () => {
  test.each([
    ['alice', 'alice', true],
    ['alice', 'alice2', false],
    ['*', '', true],
    ['player-*', 'player-7', true],
    ['player-*', 'a-player-7', false],
    ['*-eu', 'bob-eu', true],
    ['a*b*a', 'aba', true],
    ['a*a', 'a', false],
    ['.*', 'bob', false],
  ])('%s: %s is %s', (pattern, account, allowed) => {
    expect(mayImpersonate({ impersonate: [pattern] }, account)).toBe(allowed);
  });
});
