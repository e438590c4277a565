// Lanes: of much work that could be done at once, only so much is; the rest waits in the order in which it came.

export interface Lanes {
  /** Does the work once a lane is free. Rejects as the work does. */
  take<Value>(work: () => Promise<Value>): Promise<Value>;
}

/** @param most lanes, at least 1 */
export function createLanes(most: number): Lanes {
  let free = most;
  const waiting: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    // Whoever leaves hands their lane on.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    async take(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
