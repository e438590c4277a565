// Pauses that end early when there is nothing more to wait for, and waiting that has an end.
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after `ms` milliseconds, or as soon as the signal aborts; whoever waited finds it aborted then. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}

/** Waits for work at most `ms` milliseconds; the work goes on either way. @throws what the work throws in that time */
export async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const waited = new AbortController();
  try {
    await Promise.race([work, pause(ms, waited.signal)]);
  } finally {
    waited.abort();
  }
}
