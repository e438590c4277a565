// Requests: the last REST requests that clients sent, for tests that judge their bodies.

/** One request. */
export interface RecordedRequest {
  method: string;
  /** Without `/api/v10` and query. */
  path: string;
  /** The pattern that served it, such as `/channels/:channel/messages`. */
  route: string;
  /** The JSON part; undefined when there was none. */
  body: unknown;
  /** Names of the files that came with it. */
  files: string[];
}

const KEPT_REQUESTS = 2_000;

/** The newest requests, at least 2,000 of them when there were so many. */
export class RequestLog {
  #requests: RecordedRequest[] = [];

  add(request: RecordedRequest): void {
    this.#requests.push(request);
    // Dropped in halves, so that a full log does not shift on every request.
    if (this.#requests.length > KEPT_REQUESTS * 2) this.#requests = this.#requests.slice(-KEPT_REQUESTS);
  }

  /** All of them, oldest first. */
  list(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** Forgets them. */
  clear(): void {
    this.#requests = [];
  }
}
