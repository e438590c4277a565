// Unsigned 32-bit random integers at next to no cost.
import { getRandomValues } from 'node:crypto';

/** A source of unsigned 32-bit integers; it asks the system for 256 at a time. */
export function createRandom(): () => number {
  const batch = new Uint32Array(256);
  let next = batch.length;
  return () => {
    if (next === batch.length) {
      getRandomValues(batch);
      next = 0;
    }
    return batch[next++] ?? 0;
  };
}
