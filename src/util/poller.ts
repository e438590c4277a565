// A poller looks after something again and again: never twice at a time, and at once when woken.

export interface Poller {
  /** Makes a round at once, and further ones from then on. */
  start(): void;
  /** Makes a round as soon as `apart` and the one under way allow; nothing before `start`. */
  wake(): void;
  /** Makes no more; waits for the one under way. May be called again. */
  close(): Promise<void>;
}

export interface PollerOptions {
  /** @returns when to make the next round unless woken, in milliseconds from now */
  round(closing: AbortSignal): Promise<number>;
  /** Called with what a round threw; as `round` otherwise. */
  failed(error: unknown): number;
  /** The shortest time from the start of one round to that of a woken one, in milliseconds. Default: none. */
  readonly apart?: number;
}

/** Polls from `start` on; a fault in one round ends none of the others. */
export function createPoller({ round, failed, apart = 0 }: PollerOptions): Poller {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let started = false;
  let wanted = false;
  let beganAt = Number.NEGATIVE_INFINITY;

  function after(ms: number): void {
    clearTimeout(timer);
    if (!closing.signal.aborted) timer = setTimeout(begin, ms);
  }

  function begin(): void {
    clearTimeout(timer);
    if (running !== null || closing.signal.aborted) return;
    wanted = false;
    beganAt = performance.now();
    running = round(closing.signal)
      .catch(failed)
      .then((wait) => {
        running = null;
        if (wanted) soon();
        else after(wait);
      });
  }

  /** Whoever wakes it often waits for one round in common. */
  function soon(): void {
    const wait = beganAt + apart - performance.now();
    if (wait <= 0) begin();
    else after(wait);
  }

  return {
    start() {
      started = true;
      begin();
    },
    wake() {
      if (!started || wanted) return;
      wanted = true;
      if (running === null) soon();
    },
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
