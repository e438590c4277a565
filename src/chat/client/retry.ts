// Decides whether a failed call is sent again, and after how long. Pure.
import type { EndpointName } from '../protocol/endpoints.ts';
import type { Failure } from '../protocol/errors.ts';

export interface Retries {
  /** How often a call is sent again at most; a new UserSig does not count. */
  readonly count: number;
  /** Longest pause in milliseconds before the first retry; it doubles with each. */
  readonly pauseMs: number;
  /** Shortest pause in milliseconds after "too fast". */
  readonly backoffMs: number;
}

export const defaultRetries: Retries = { count: 3, pauseMs: 200, backoffMs: 1000 };

/** What a call has gone through so far. */
export interface Trail {
  /** How often it was sent. */
  readonly attempts: number;
  /** How often it was sent again for other reasons than a new UserSig. */
  readonly retries: number;
  readonly resigned: boolean;
  /** An earlier attempt, or this one, may have been carried out. */
  readonly uncertain: boolean;
}

/**
 * Calls that do their work twice when they are sent twice. All others may be repeated: a second mute, role or
 * kick changes nothing, and Chat drops a message whose `Random` it saw in the last five minutes (page 34959).
 * Of one-to-one messages it recognises a repeat within the same second only (page 34919).
 */
const onceOnly: ReadonlySet<EndpointName> = new Set([
  'create_group',
  'send_group_system_notification',
  'batchsendmsg',
]);

/**
 * The pause in milliseconds before the next attempt; undefined: there is none.
 *
 * @param chance - random number from 0 up to 1: pauses are spread over their whole width, so that calls that
 * failed together do not come back together
 */
export function pauseAfter(
  name: EndpointName,
  failure: Pick<Failure, 'retry'>,
  trail: Trail,
  { count, pauseMs, backoffMs }: Retries,
  chance: number,
): number | undefined {
  if (failure.retry === 'no') return undefined;
  if (trail.uncertain && onceOnly.has(name)) return undefined;
  if (failure.retry === 'resign') return trail.resigned ? undefined : 0;
  if (trail.retries >= count) return undefined;
  const growth = 2 ** trail.retries;
  return failure.retry === 'backoff' ? backoffMs * (1 + chance * growth) : pauseMs * chance * growth;
}
