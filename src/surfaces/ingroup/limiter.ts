// How many commands one sender may type: whoever floods the bot gets one answer, and costs no further calls.

export interface Limiter {
  /** `first`: this one is too many, and the first that is; the sender is told once. */
  admit(account: string, now: number): 'fine' | 'first' | 'more';
}

/** Commands in a window; more than anybody types who reads the answers. */
const MOST = 30;
/** Milliseconds. */
const WINDOW = 60_000;
const MOST_SENDERS = 10_000;

export function createLimiter(): Limiter {
  const windows = new Map<string, { readonly since: number; count: number }>();
  return {
    admit(account, now) {
      const known = windows.get(account);
      if (known === undefined || now - known.since >= WINDOW) {
        if (windows.size >= MOST_SENDERS) windows.clear();
        windows.set(account, { since: now, count: 1 });
        return 'fine';
      }
      known.count += 1;
      if (known.count <= MOST) return 'fine';
      return known.count === MOST + 1 ? 'first' : 'more';
    },
  };
}
