// Discord's ids, which hold the time they were made at and sort by it.

import type { Clock } from '../../../util/clock.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;
const TIME_SHIFT = 22n;

/** When an id was made, in milliseconds since 1970. */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> TIME_SHIFT) + DISCORD_EPOCH_MS;
}

/**
 * Makes ids that never repeat and always grow.
 * https://docs.discord.com/developers/reference#snowflakes
 */
export class Snowflakes {
  readonly #clock: Clock;
  #last = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next id, as the decimal string that Discord sends. */
  next(): string {
    const sinceEpoch = Math.max(0, this.#clock.now() - DISCORD_EPOCH_MS);
    const fromTime = BigInt(Math.trunc(sinceEpoch)) << TIME_SHIFT;
    this.#last = fromTime > this.#last ? fromTime : this.#last + 1n;
    return this.#last.toString();
  }
}
