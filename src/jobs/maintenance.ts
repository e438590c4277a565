// Maintenance: what the one process that stays does beside its commands, from its start to its end.

import type { ModerationService } from '../pipeline/service.ts';
import type { Clock } from '../util/clock.ts';
import { createPoller } from '../util/poller.ts';
import { createTimers, type TimerDeps } from './timers.ts';

export interface MaintenanceDeps {
  readonly moderation: Pick<ModerationService, 'reconcile' | 'expire' | 'onSettled'>;
  readonly cases: TimerDeps['cases'];
  readonly clock: Clock;
  readonly logger: TimerDeps['logger'];
}

export interface Maintenance {
  /**
   * Settles what ended processes left pending, and then ends whatever is due; both from then on, for a program beside
   * this one may end at any time, and Chat may not be there to be asked. Returns at once.
   */
  start(): void;
  /** Ends no more cases; waits for the one that is being ended. May be called again. */
  close(): Promise<void>;
}

/** Time between two looks at what was left pending, in milliseconds. */
const LOOK_EVERY = 60_000;

/** The maintenance of one process; to be closed before the store is. */
export function createMaintenance({ moderation, cases, clock, logger }: MaintenanceDeps): Maintenance {
  const timers = createTimers({ cases, clock, expire: moderation.expire, logger });
  const unsubscribe = moderation.onSettled(timers.wake);
  // Beside everything else: Chat may be slow to tell.
  const leftovers = createPoller({
    async round(closing) {
      const { settled, pending } = await moderation.reconcile(closing);
      if (settled + pending > 0) logger.info({ settled, pending }, 'settled cases of an earlier run');
      timers.start();
      return LOOK_EVERY;
    },
    failed(error) {
      logger.error({ err: error }, 'cases of an earlier run are not settled');
      timers.start();
      return LOOK_EVERY;
    },
  });
  return {
    start: leftovers.start,
    async close() {
      unsubscribe();
      await Promise.all([leftovers.close(), timers.close()]);
    },
  };
}
