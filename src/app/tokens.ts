// The tokens in force: those of the settings and of the record, looked up for each request and at most half a second old.

import {
  grantOf,
  type KnownToken,
  type TokenGrant,
  type TokenRepository,
  tokensInForce,
} from '../moderation/people/token.ts';
import type { CurrentSettings } from '../moderation/settings.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

export interface TokenAuthority {
  /** The grant of a token as it was sent; `null` for one that has none. Notes the use. @throws where the record cannot be read */
  find(token: string): Promise<TokenGrant | null>;
}

export interface TokenAuthorityDeps {
  readonly settings: CurrentSettings;
  readonly tokens: TokenRepository;
  readonly clock: Clock;
  readonly logger: Log;
}

/** How long what was read of the record is used, in milliseconds: a token that another process revoked ends with it. */
const FRESH = 500;
/** How often a use is written down, in milliseconds. */
const NOTED = 60_000;

export function createTokenAuthority({
  settings,
  tokens,
  clock,
  logger,
}: TokenAuthorityDeps): TokenAuthority {
  let read: { readonly at: number; readonly list: Promise<readonly KnownToken[]> } | null = null;
  const noted = new Map<string, number>();

  function recorded(now: number): Promise<readonly KnownToken[]> {
    if (read === null || now - read.at >= FRESH || now < read.at) {
      const list = tokens.list();
      read = { at: now, list };
      // What could not be read is read again by the next request.
      list.catch(() => {
        read = null;
      });
    }
    return read.list;
  }

  function note(name: string, now: number): void {
    if (now - (noted.get(name) ?? Number.NEGATIVE_INFINITY) < NOTED) return;
    noted.set(name, now);
    tokens.markUsed(name, now).catch((error: unknown) => {
      logger.warn({ err: error, token: name }, 'the use of a token could not be noted');
    });
  }

  return {
    async find(token) {
      const now = clock.now();
      const grant = grantOf(token, tokensInForce(settings().tokens, await recorded(now)), now);
      if (grant !== null) note(grant.name, now);
      return grant;
    },
  };
}
