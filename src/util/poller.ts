// A poller looks after something again and again: never twice at a time, and at once when woken.

export interface Poller {
  /** Makes a round at once, and further ones from then on. */
  start(): void;
  /** Makes a round now, or right after the one under way; nothing before `start`. */
  wake(): void;
  /** Makes no more; waits for the one under way. May be called again. */
  close(): Promise<void>;
}

export interface PollerOptions {
  /** @returns when to make the next round unless woken, in milliseconds from now */
  round(closing: AbortSignal): Promise<number>;
  /** Called with what a round threw; as `round` otherwise. */
  failed(error: unknown): number;
}

/** Polls from `start` on; a fault in one round ends none of the others. */
export function createPoller({ round, failed }: PollerOptions): Poller {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let started = false;
  let wanted = false;

  function begin(): void {
    clearTimeout(timer);
    wanted = running !== null;
    if (running !== null || closing.signal.aborted) return;
    running = round(closing.signal)
      .catch(failed)
      .then((wait) => {
        running = null;
        if (wanted) begin();
        else if (!closing.signal.aborted) timer = setTimeout(begin, wait);
      });
  }

  return {
    start() {
      started = true;
      begin();
    },
    wake() {
      if (started) begin();
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
