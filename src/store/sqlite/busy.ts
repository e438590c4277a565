// Waits for a file that another program has locked, while everything else goes on.
import { pause } from '../../util/pause.ts';

/** SQLite's "database is locked". */
const BUSY = 5;
/** How long a statement waits for another program, in milliseconds. */
const PATIENCE = 5_000;
/** The first and the longest time between two tries, in milliseconds. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [2, 50];

/** Whether SQLite says that somebody else holds a lock; in that case the statement did nothing. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  // The rest of the number says more closely why.
  (error.errcode & 0xff) === BUSY;

/**
 * Tries until nobody has the file locked.
 * @param patience for how long, in milliseconds; the error of the last try is thrown then
 */
export async function patiently<Value>(work: () => Promise<Value>, patience = PATIENCE): Promise<Value> {
  let wait = FIRST_PAUSE;
  for (let left = patience; ; left -= wait) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || left <= 0) throw error;
    }
    wait = Math.min(wait * 2, LONGEST_PAUSE, left);
    await pause(wait);
  }
}
