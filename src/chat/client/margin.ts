// Learns from round trips how unevenly calls arrive: two that leave a second apart may arrive closer together.

export interface Margin {
  /** By how many milliseconds calls may move closer together on the way. */
  current(): number;
  /** Takes the time from a call's slot to its answer, in milliseconds. */
  note(roundTripMs: number): void;
  /** Chat answered 60007: more calls arrived in a second than it takes. */
  exceeded(): void;
}

/** Round trips that are looked at. */
const KEPT = 512;
/** Round trips after which the margin is computed anew. */
const EVERY = 32;
/** The slowest of so many is chance: an answer that took long says little about the way to Chat. */
const CHANCE = 512;
/** Before anything is known, the road is taken for uneven; in milliseconds. */
const UNKNOWN_MS = 60;
/** The least and the most that is kept free, in milliseconds: a pause of either process comes unannounced. */
const [LEAST_MS, MOST_MS] = [25, 250];
/** What is kept free besides the spread that was seen, as a share of it and in milliseconds. */
const [RESERVE_SHARE, RESERVE_MS] = [0.1, 4];
/** What each 60007 adds, in milliseconds, and how long that holds. */
const [PENALTY_MS, PENALTY_FOR_MS] = [20, 60_000];

/**
 * A round trip is the way there, Chat's work and the way back, so its spread is at least that of the way there.
 * @param now a clock that never jumps, in milliseconds
 */
export function createMargin(now: () => number): Margin {
  const trips = new Float64Array(KEPT);
  let count = 0;
  let learned = UNKNOWN_MS;
  let penalty = 0;
  let penaltyUntil = Number.NEGATIVE_INFINITY;

  function learn(): void {
    const sorted = trips.slice(0, Math.min(count, KEPT)).sort();
    const slowest = sorted[sorted.length - 1 - Math.floor(sorted.length / CHANCE)] ?? 0;
    const spread = slowest - (sorted[0] ?? 0);
    learned = spread * (1 + RESERVE_SHARE) + RESERVE_MS;
  }

  return {
    current() {
      if (penalty > 0 && now() >= penaltyUntil) penalty = 0;
      return Math.min(MOST_MS, Math.max(LEAST_MS, learned) + penalty);
    },
    note(roundTripMs) {
      trips[count % KEPT] = roundTripMs;
      count += 1;
      if (count % EVERY === 0) learn();
    },
    exceeded() {
      penalty = Math.min(MOST_MS, penalty + PENALTY_MS);
      penaltyUntil = now() + PENALTY_FOR_MS;
    },
  };
}
