// Whether lines are being piped in: a service manager may hand in a pipe that never says anything.
import { once } from 'node:events';
import type { Terminal } from '../surfaces/terminal/terminal.ts';
import { pause } from '../util/pause.ts';

/** How long a pipe may take to bring its first line; in milliseconds. */
const PATIENCE = 1_000;

/** Resolves to whether a pipe has ended without a word, or has said nothing for a second. Takes nothing from it. */
export async function isQuiet({ stdin, stop }: Pick<Terminal, 'stdin' | 'stop'>): Promise<boolean> {
  const waited = new AbortController();
  const signal = AbortSignal.any([stop, waited.signal]);
  // `once` rejects when the waiting is over.
  const something = once(stdin, 'readable', { signal }).catch(() => undefined);
  await Promise.race([something, pause(PATIENCE, signal)]);
  waited.abort();
  await something;
  return !('readableLength' in stdin) || stdin.readableLength === 0;
}
