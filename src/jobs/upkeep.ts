// Upkeep: what the one process that stays does beside its commands, from its start to its end.
import type { Marshal } from '../marshal.ts';
import type { Clock } from '../moderation/groups.ts';
import { createTimers, type TimerParts } from './timers.ts';

export interface UpkeepParts {
  readonly marshal: Pick<Marshal, 'reconcile' | 'expire' | 'onSettled'>;
  readonly cases: TimerParts['cases'];
  readonly clock: Clock;
  readonly logger: TimerParts['logger'];
}

export interface Upkeep {
  /** Settles what an earlier run left pending, and then ends whatever is due, from then on. Returns at once. */
  start(): void;
  /** Ends no more cases; waits for the one that is being ended. May be called again. */
  close(): Promise<void>;
}

export function createUpkeep({ marshal, cases, clock, logger }: UpkeepParts): Upkeep {
  const timers = createTimers({ cases, clock, expire: marshal.expire, logger });
  const unsubscribe = marshal.onSettled(timers.wake);
  let closed = false;

  async function settleLeftovers(): Promise<void> {
    try {
      const { settled, pending } = await marshal.reconcile();
      if (settled + pending > 0) logger.info({ settled, pending }, 'settled cases of an earlier run');
    } catch (error) {
      logger.error({ err: error }, 'cases of an earlier run are not settled');
    }
  }

  return {
    // Beside everything else: Chat may be slow to tell.
    start() {
      if (!closed) void settleLeftovers().then(timers.start);
    },
    async close() {
      closed = true;
      unsubscribe();
      await timers.close();
    },
  };
}
