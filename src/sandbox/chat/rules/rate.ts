// Counts what happened within the last second, for every cap that Chat documents.
import type { Clock } from '../../../util/clock.ts';

export class RateLimiter {
  readonly #clock: Clock;
  readonly #times = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether one more fits under the cap in a sliding second; if so it counts. */
  allows(key: string, perSecond: number): boolean {
    const now = this.#clock.now();
    const recent = (this.#times.get(key) ?? []).filter((time) => time > now - 1000);
    this.#times.set(key, recent);
    if (recent.length >= perSecond) return false;
    recent.push(now);
    return true;
  }
}
