// The tokens in force while the program runs: what another process makes or revokes counts within a second.
import { expect, test } from 'vitest';
import { createTokenAuthority } from '../../src/app/tokens.ts';
import { checksumOf } from '../../src/moderation/people/token.ts';
import { defaultSettings } from '../../src/moderation/settings.ts';
import { alice } from '../store/cases/drafts.ts';
import { logger, openFresh, sqlite } from '../store/databases.ts';

const grant = { capabilities: new Set(['mute'] as const), rank: 2, groups: null } as const;
const rest = { questions: 'ask', impersonate: [], expiresAt: null } as const;

test('a token counts within a second of its making, and no longer than a second after its end', async () => {
  const { tokens } = await openFresh(sqlite);
  let now = 1_000_000;
  const authority = createTokenAuthority({
    settings: () => defaultSettings,
    tokens,
    clock: { now: () => now },
    logger,
  });
  expect(await authority.find('s3cret')).toBeNull();
  await tokens.add({ name: 'game', checksum: checksumOf('s3cret'), ...grant, ...rest, by: alice });
  now += 999;
  expect(await authority.find('s3cret')).toMatchObject({ name: 'game', ...grant });
  expect(await tokens.uses()).toEqual(new Map([['game', now]]));
  await tokens.remove('game');
  now += 999;
  expect(await authority.find('s3cret')).toBeNull();
});
