// Faults on demand: what a test or a demo wants to go wrong with the next calls.
import type { EndpointName } from '../../../chat/protocol/endpoints.ts';

/** Whether a fault strikes before the work is done (nothing changes) or after it (the answer is lost). */
type When = { readonly when?: 'before' | 'after' };

export type Fault =
  /** Waits that long, in milliseconds of real time. */
  | ({ readonly kind: 'slow'; readonly ms: number } & When)
  /** Waits for what `hold` promises; it is called when the call has come in. */
  | ({ readonly kind: 'held'; hold(): Promise<void> } & When)
  /** Answers with this HTTP status and no JSON, as a gateway does. */
  | ({ readonly kind: 'http'; readonly status: number } & When)
  /** Destroys the connection. */
  | ({ readonly kind: 'reset' } & When)
  /** Answers 200 with something that is not JSON. */
  | ({ readonly kind: 'garbage' } & When)
  /** Answers with this `ErrorCode`; the work is never done. */
  | { readonly kind: 'code'; readonly code: number; readonly info?: string }
  /** Answers OK and does nothing, as an answer that lies; the fields beside the envelope are left out. */
  | { readonly kind: 'ignored' }
  /** Destroys every connection until the faults are cleared. */
  | { readonly kind: 'down' };

interface Planned {
  readonly match: EndpointName | '*';
  readonly fault: Fault;
  times: number;
}

export class Faults {
  #planned: Planned[] = [];

  /**
   * Plans a fault for the next calls of an endpoint, or of any with `*`. Faults strike in the order of planning.
   *
   * @param times - how many calls it strikes; 1 unless told, without end for `down`
   */
  next(match: EndpointName | '*', fault: Fault, times?: number): void {
    const fallback = fault.kind === 'down' ? Number.POSITIVE_INFINITY : 1;
    this.#planned.push({ match, fault, times: times ?? fallback });
  }

  /** Forgets what is planned. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault for a call that has come in, used up by it. An unknown command is struck by `*` only. */
  take(name: EndpointName | undefined): Fault | undefined {
    const planned = this.#planned.find(({ match }) => match === '*' || match === name);
    if (planned === undefined) return undefined;
    planned.times -= 1;
    if (planned.times <= 0) this.#planned = this.#planned.filter((other) => other !== planned);
    return planned.fault;
  }
}
