// The sandbox's idea of the time: the machine's, or one that a test moves by hand.
import type { Clock } from '../util/clock.ts';

export interface ManualClock extends Clock {
  /** Moves the time on, by milliseconds. */
  advance(milliseconds: number): void;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is advanced. `start` is in Unix milliseconds. */
export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
