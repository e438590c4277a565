// The last REST requests that clients sent, for tests that judge their bodies.

/** One request. */
export interface RecordedRequest {
  readonly method: string;
  /** Without `/api/v10` and query. */
  readonly path: string;
  /** The pattern that served it, such as `/channels/:channel/messages`. */
  readonly route: string;
  /** The JSON part; undefined when there was none. */
  readonly body: unknown;
  /** Names of the files that came with it. */
  readonly files: string[];
  /** As it arrived: texts by name. */
  readonly query: unknown;
  /** The status of the answer; undefined until there is one, and when a fault reset the connection. */
  status?: number;
  /** The body of the answer, before it was written as JSON. */
  answer?: unknown;
}

const KEPT_REQUESTS = 2_000;

/** The newest requests, at least 2,000 of them when there were so many. */
export class RequestLog {
  #requests: RecordedRequest[] = [];

  /** Keeps a request, and returns it for its answer to be noted. */
  add(request: RecordedRequest): RecordedRequest {
    this.#requests.push(request);
    // Dropped in halves, so that a full log does not shift on every request.
    if (this.#requests.length > KEPT_REQUESTS * 2) this.#requests = this.#requests.slice(-KEPT_REQUESTS);
    return request;
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
