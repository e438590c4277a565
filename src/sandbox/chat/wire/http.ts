// HTTP of the Chat service: reads bodies of any framing, always answers 200 with JSON.
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Larger than any body that Chat documents. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Reads a body to its end. What is over 4 MB is read on, so that the client gets its answer, but not kept.
 *
 * @returns undefined when the body is too large
 */
export async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

const headers = {
  'access-control-allow-headers': 'X-Requested-With',
  'access-control-allow-methods': 'POST',
  'access-control-allow-origin': '*',
};

/** Answers once; a client that has gone does not matter. */
export function respond(
  response: ServerResponse,
  text: string,
  { status = 200, type = 'application/json' }: { status?: number; type?: string } = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Starts listening. @returns the port @throws Error when the port is taken */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Stops listening and cuts every connection. */
export async function shutDown(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
