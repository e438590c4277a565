// The sandbox's control: plain HTTP and JSON below `/sandbox`, so that a test suite in any language can use it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readText } from '../chat/wire/http.ts';
import { Refusal, requireLocal } from './guard.ts';
import type { ControlParts } from './parts.ts';
import { routes } from './routes.ts';

/** Serves one request of the control. Never rejects. */
export async function serveControl(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const answer = await run(parts, request);
    send(response, 200, answer ?? {});
  } catch (error) {
    if (error instanceof Refusal) return send(response, error.status, { error: error.message });
    parts.logger?.error({ err: error }, "the sandbox's control failed");
    send(response, 500, { error: 'the control failed; the log says why' });
  }
}

async function run(parts: ControlParts, request: IncomingMessage): Promise<unknown> {
  requireLocal(request);
  const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://sandbox');
  const name = `${request.method} ${pathname.replace(/\/+$/, '')}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined) throw new Refusal(404, `there is no ${name}; GET /sandbox lists what there is`);
  return route(parts, { query, body: parse(await readText(request)) });
}

/** @throws Refusal 413, or 400 for what is no JSON */
function parse(text: string | undefined): unknown {
  if (text === undefined) throw new Refusal(413, 'the body is over 4 MB');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(400, `the body is no JSON: ${error.message}`);
  }
}

/** Without the headers that would let pages of other origins read the answer. */
function send(response: ServerResponse, status: number, answer: unknown): void {
  const text = JSON.stringify(answer);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
