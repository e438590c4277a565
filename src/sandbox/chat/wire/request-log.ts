// The log of recent requests, for tests and for the sandbox's page. It never holds a usersig.

export interface RequestRecord {
  /** Unix milliseconds. */
  readonly at: number;
  /** The command of the path, whether or not Chat knows it. */
  readonly endpoint: string;
  /** Account that the caller claimed to be. */
  readonly identifier: string;
  /** The parsed body, or its text where it is no JSON. */
  readonly body: unknown;
  /** `ErrorCode` of the answer; absent when a fault kept the answer back. */
  readonly code?: number;
  /** Kind of the fault that struck. */
  readonly fault?: string;
}

type Listener = (record: RequestRecord) => void;

const KEPT = 500;

export class RequestLog {
  readonly #records: RequestRecord[] = [];
  readonly #listeners = new Set<Listener>();

  /** The last 500 requests, oldest first. */
  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  add(record: RequestRecord): void {
    this.#records.push(record);
    if (this.#records.length > KEPT) this.#records.shift();
    for (const listener of this.#listeners) listener(record);
  }

  clear(): void {
    this.#records.length = 0;
  }

  /** Calls back for every request from now on. @returns how to stop that */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
