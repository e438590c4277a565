// Who may control the sandbox: programs of this machine, and no page that a browser has open.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** A refusal of the control: an HTTP status and words. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, words: string) {
    super(words);
    this.name = 'Refusal';
    this.status = status;
  }
}

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

/**
 * Lets in what comes from this machine under a name that cannot be pointed at it from outside, and writes that a
 * browser would have to ask about first.
 *
 * @throws Refusal 403, or 415 for a body that is not declared as JSON
 */
export function requireLocal({ socket, headers, method }: IncomingMessage): void {
  if (!isLoopback(socket.remoteAddress ?? ''))
    throw new Refusal(403, 'only this machine controls the sandbox');
  const name = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (name !== 'localhost' && !(isIP(name) && isLoopback(name))) {
    throw new Refusal(403, 'call the control by 127.0.0.1 or localhost');
  }
  if (headers.origin !== undefined)
    throw new Refusal(403, 'a page in a browser does not control the sandbox');
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '');
  if ((method === 'POST' || method === 'PUT') && !isJson) {
    throw new Refusal(415, 'send the body as content-type: application/json');
  }
}
