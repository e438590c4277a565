// A Chat service that answers what a test tells it to, over real sockets.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly method: string | undefined;
  readonly url: URL;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** How one request is answered. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export const json =
  (value: unknown): Reply =>
  (response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

export const success = json({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 });
export const code = (ErrorCode: number, ErrorInfo = ''): Reply =>
  json({ ActionStatus: 'FAIL', ErrorInfo, ErrorCode });
export const page =
  (body: string): Reply =>
  (response) =>
    response.end(body);
export const status =
  (number: number): Reply =>
  (response) =>
    response.writeHead(number).end('<html>gateway</html>');
/** Cuts the connection before a byte of an answer. */
export const reset: Reply = (response) => response.destroy();
/** Cuts the connection in the middle of an answer. */
export const cutShort: Reply = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"ActionStatus":"OK"', () => response.destroy());
};
/** Never answers. */
export const silence: Reply = (response) => response.on('error', () => response.destroy());

export interface Service {
  readonly baseUrl: string;
  readonly received: readonly Received[];
  /** Answers the next requests in turn; the last answer goes on for ever. */
  script(...replies: readonly [Reply, ...Reply[]]): void;
  close(): Promise<void>;
}

/** Starts the service on a free port of the loopback. */
export async function startService(): Promise<Service> {
  const received: Received[] = [];
  let replies: Reply[] = [success];

  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url ?? '', 'http://service');
    received.push({ method: request.method, url, contentType: request.headers['content-type'], body });
    const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? success;
    reply(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    received,
    script: (...next) => {
      replies = [...next];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
