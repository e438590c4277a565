// Turns: work that must not overlap, by key; whoever comes later waits.

export interface Turns {
  /** Does the work once all earlier work with this key has ended, however it ended. Rejects as the work does. */
  take<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}

/** Turns within this process; another process takes its own. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}
