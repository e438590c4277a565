// Timers: ends every case whose time is over, soon after it is. The case itself is the durable timer; this only looks.

import type { CaseRepository, ModerationCase } from '../moderation/cases/case.ts';
import type { Expired } from '../pipeline/settle/expire.ts';
import type { Clock } from '../util/clock.ts';
import { createPoller, type Poller } from '../util/poller.ts';

export interface TimerDeps {
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
/** How long one case belongs to the process that ends it; should that die, it is tried again then. In milliseconds. */
const CLAIM = 60_000;
/** The longest time between two tries, in milliseconds. */
const LONGEST_PAUSE = 3_600_000;
/** Another process may have added a timer: the longest time without a look, in milliseconds. */
const LOOK_EVERY = 2_000;

/** Whoever settles a case wakes the timers; in a rush, one look serves many. In milliseconds. */
const APART = 250;

/** A round looks at once for what was missed; whoever settles a case with a time of its own wakes it. */
export function createTimers(deps: TimerDeps): Poller {
  const { cases, clock, logger } = deps;
  return createPoller({
    apart: APART,
    async round(closing) {
      let due: readonly ModerationCase[];
      do {
        due = await cases.due(clock.now(), AT_ONCE);
        for (const record of due) if (!closing.aborted) await endOne(deps, record);
      } while (due.length === AT_ONCE && !closing.aborted);
      const next = await cases.nextTimer();
      return next === null ? LOOK_EVERY : Math.min(LOOK_EVERY, Math.max(0, next - clock.now()));
    },
    failed(error) {
      logger.error({ err: error }, 'timers could not be looked after');
      return LOOK_EVERY;
    },
  });
}

/** Moving the timer on first claims it: of several processes one acts, and a crash leaves it for later. */
async function endOne(deps: TimerDeps, record: ModerationCase): Promise<void> {
  const { cases, clock, logger } = deps;
  const { group, number, timerAt } = record;
  const claim = clock.now() + CLAIM;
  if (timerAt === null || !(await cases.setTimer(group, number, timerAt, claim))) return;
  const result = await tryToEnd(deps, record);
  logger.info({ group, case: number, result }, 'the time of a case is over');
  if (result === 'later') await cases.setTimer(group, number, claim, clock.now() + pauseFor(record, clock));
}

async function tryToEnd({ logger, expire }: TimerDeps, record: ModerationCase): Promise<Expired> {
  try {
    return await expire(record);
  } catch (error) {
    logger.error({ group: record.group, case: record.number, err: error }, 'a case could not be ended');
    return 'later';
  }
}

/** As long again as the case is overdue: what Chat refuses for good is asked for ever more seldom. */
function pauseFor({ endsAt }: ModerationCase, clock: Clock): number {
  const overdue = clock.now() - (endsAt ?? clock.now());
  return Math.min(LONGEST_PAUSE, Math.max(CLAIM, overdue));
}
