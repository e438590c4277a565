// Timers: ends every case whose time is over, soon after it is. The case itself is the durable timer; this only looks.
import type { Expired } from '../command/expire.ts';
import type { CaseRepository, ModerationCase } from '../moderation/case.ts';
import type { Clock } from '../moderation/groups.ts';
import { createRounds, type Rounds } from './rounds.ts';

export interface TimerParts {
  readonly cases: Pick<CaseRepository, 'due' | 'nextTimer' | 'setTimer'>;
  readonly clock: Clock;
  expire(record: ModerationCase): Promise<Expired>;
  readonly logger: {
    info(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/** Cases that are ended between two looks at the table. */
const AT_ONCE = 50;
/** When a case that could not be ended, or whose process died over it, is tried again; in milliseconds. */
const AGAIN_AFTER = 60_000;
/** Another process may have added a timer: the longest time without a look, in milliseconds. */
const LOOK_EVERY = 2_000;

/** A round looks at once for what was missed; whoever settles a case with a time of its own wakes it. */
export function createTimers(parts: TimerParts): Rounds {
  const { cases, clock, logger } = parts;
  return createRounds({
    async round(closing) {
      let due: readonly ModerationCase[];
      do {
        due = await cases.due(clock.now(), AT_ONCE);
        for (const record of due) if (!closing.aborted) await endOne(parts, record);
      } while (due.length === AT_ONCE && !closing.aborted);
      const next = await cases.nextTimer();
      return next === null ? LOOK_EVERY : Math.min(LOOK_EVERY, Math.max(0, next - clock.now()));
    },
    failed(error) {
      logger.error({ error }, 'timers could not be looked after');
      return LOOK_EVERY;
    },
  });
}

/** Moving the timer on first claims it: of several processes one acts, and a crash leaves it for later. */
async function endOne({ cases, clock, logger, expire }: TimerParts, record: ModerationCase): Promise<void> {
  const { group, number, timerAt } = record;
  const claimed =
    timerAt !== null && (await cases.setTimer(group, number, timerAt, clock.now() + AGAIN_AFTER));
  if (!claimed) return;
  try {
    const result = await expire(record);
    logger.info({ group, case: number, result }, 'the time of a case is over');
  } catch (error) {
    logger.error({ group, case: number, error }, 'a case could not be ended');
  }
}
