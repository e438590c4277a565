// Keeps the calls of one endpoint under its documented cap, so that Chat never has to answer 60007.

import { createMargin } from './margin.ts';

/** Time as the pacer sees it; tests hand in their own. */
export interface Timers {
  /** Milliseconds on a clock that never jumps. */
  now(): number;
  /** Runs `callback` after `ms`; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export interface Pacer {
  /** Takes a slot if one is free now and nobody waits for it: the way of nearly every call. */
  tryAcquire(): boolean;
  /** Waits in line for a slot. False: `signal` was aborted first, and no slot is spent. */
  acquire(signal?: AbortSignal): Promise<boolean>;
  /** Learns from an answer. @param roundTripMs from the slot to the answer */
  answered(roundTripMs: number, tooFast: boolean): void;
}

interface Waiter {
  readonly settle: (granted: boolean) => void;
}

/** What a cap counts calls in, in milliseconds. */
const SECOND_MS = 1_000;
/** Missed slots that may be made up for at once: a late timer costs no throughput, a long rest earns no burst. */
const CATCH_UP_SLOTS = 10;
/** After a rest, calls wait for new connections and arrive closer together than they left: so many fewer go then. */
const SHARE_KEPT_BACK = 0.05;

const systemTimers: Timers = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * A pacer for one endpoint: evenly spaced slots, first come first served, never more than `callsPerSecond` in any
 * second and the margin that the way to Chat needs, as it learns from the answers.
 *
 * @param callsPerSecond - the documented cap, at least 1
 */
export function createPacer(callsPerSecond: number, timers: Timers = systemTimers): Pacer {
  const margin = createMargin(() => timers.now());
  const windowMs = () => SECOND_MS + margin.current();
  const keptBack = Math.floor(callsPerSecond * SHARE_KEPT_BACK);
  // The times of the last `callsPerSecond` calls; `oldest` is the one to be overwritten next.
  const sent = new Float64Array(callsPerSecond).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  let nextSlot = Number.NEGATIVE_INFINITY;
  const waiters: Waiter[] = [];
  let cancelTimer: (() => void) | undefined;

  const freeAt = () => Math.max(nextSlot, (sent[oldest] ?? 0) + windowMs());

  function note(now: number): void {
    sent[oldest] = now;
    oldest = (oldest + 1) % callsPerSecond;
  }

  function take(now: number): void {
    const spacing = windowMs() / callsPerSecond;
    const rested = now - (sent[(oldest + callsPerSecond - 1) % callsPerSecond] ?? 0) > windowMs();
    for (let kept = rested ? keptBack : 0; kept > 0; kept -= 1) note(now);
    nextSlot = Math.max(nextSlot, now - CATCH_UP_SLOTS * spacing) + spacing;
    note(now);
  }

  function tryAcquire(): boolean {
    const now = timers.now();
    if (waiters.length > 0 || now < freeAt()) return false;
    take(now);
    return true;
  }

  function serve(): void {
    cancelTimer = undefined;
    for (let now = timers.now(); waiters.length > 0 && now >= freeAt(); now = timers.now()) {
      take(now);
      waiters.shift()?.settle(true);
    }
    if (waiters.length > 0) cancelTimer = timers.after(Math.ceil(freeAt() - timers.now()), serve);
  }

  function leave(waiter: Waiter): void {
    waiters.splice(waiters.indexOf(waiter), 1);
    if (waiters.length > 0) return;
    cancelTimer?.();
    cancelTimer = undefined;
  }

  function acquire(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const giveUp = () => {
        leave(waiter);
        resolve(false);
      };
      const waiter: Waiter = {
        settle(granted) {
          signal?.removeEventListener('abort', giveUp);
          resolve(granted);
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      waiters.push(waiter);
      if (cancelTimer === undefined) serve();
    });
  }

  return {
    tryAcquire,
    acquire,
    answered(roundTripMs, tooFast) {
      margin.note(roundTripMs);
      if (tooFast) margin.exceeded();
    },
  };
}
