// Answers that go wrong on demand, to see how a bot bears them.

import { type DiscordError, discordError, type KnownCode } from '../wire/errors.ts';

/** Which requests a fault is for; without `method` or `path` any. */
export interface FaultTarget {
  readonly method?: string;
  /** Matched against the path without `/api/v10`, such as `/webhooks/123/token/messages/@original`. */
  readonly path?: RegExp | string;
}

/** What goes wrong. Times are in seconds where Discord counts in seconds. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'rateLimit'; retryAfterS: number; global?: boolean }
  | { kind: 'error'; code: KnownCode }
  | { kind: 'reset' };

interface Planned {
  readonly target: FaultTarget;
  readonly fault: Fault;
  left: number;
}

/** The faults that are still to come. */
export class Faults {
  #planned: Planned[] = [];

  /** Lets the next `times` requests that match go wrong. */
  next(target: FaultTarget, fault: Fault, times: number = 1): void {
    this.#planned.push({ target, fault, left: times });
  }

  /** Forgets all that is planned. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault for this request, if one is planned; it then counts as used. */
  take(method: string, path: string): Fault | undefined {
    const planned = this.#planned.find(({ target }) => matches(target, method, path));
    if (!planned) return undefined;
    planned.left -= 1;
    if (planned.left <= 0) this.#planned = this.#planned.filter((each) => each !== planned);
    return planned.fault;
  }
}

/** The error of a fault that is one. */
export function faultError(fault: Fault & { kind: 'error' }): DiscordError {
  return discordError(fault.code);
}

function matches({ method, path }: FaultTarget, requestMethod: string, requestPath: string): boolean {
  if (method !== undefined && method !== requestMethod) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? path === requestPath : path.test(requestPath);
}
