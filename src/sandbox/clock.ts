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

/** A clock that runs with the machine's until it is moved or stopped. */
export interface MovableClock extends ManualClock {
  readonly isRunning: boolean;
  /** Unix milliseconds. */
  set(time: number): void;
  /** Lets it stand still, or go on from where it stands. */
  run(on: boolean): void;
}

/** @param start Unix milliseconds; the machine's time unless told */
export function movableClock(start: number = Date.now()): MovableClock {
  let time = start;
  let since: number | undefined = performance.now();
  const now = () => Math.floor(time + (since === undefined ? 0 : performance.now() - since));
  const set = (moment: number) => {
    time = moment;
    if (since !== undefined) since = performance.now();
  };
  return {
    now,
    set,
    advance: (milliseconds) => set(now() + milliseconds),
    run: (on) => {
      time = now();
      since = on ? performance.now() : undefined;
    },
    get isRunning() {
      return since !== undefined;
    },
  };
}
