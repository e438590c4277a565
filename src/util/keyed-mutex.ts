// A mutex for each key: work under one key never overlaps; whoever comes later waits.

export interface KeyedMutex {
  /** Does the work once all earlier work with this key has ended, however it ended. Rejects as the work does. */
  run<Value>(key: string, work: () => Promise<Value>): Promise<Value>;
}

/** Holds within this process; another process has its own. */
export function createKeyedMutex(): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
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
