// A receiver of webhooks on a port of its own, with a service that sends them there.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ChatServiceOptions } from '../../../src/sandbox/chat/index.ts';
import { start } from './harness.ts';

export interface Event {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

/** What the receiver does with an event: an answer, or nothing at all. */
export type Reaction = (command: string) => { status?: number; text?: string } | 'silence';

const OK = '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}';
export const answering = (before: object) => (command: string) =>
  command.includes('Before')
    ? { text: JSON.stringify({ ActionStatus: 'OK', ErrorInfo: '', ...before }) }
    : {};

/** Starts a service whose webhooks come to a receiver of the test's own. */
export async function receive(
  react: Reaction = () => ({}),
  extra: object = {},
  options: Partial<ChatServiceOptions> = {},
) {
  const events: Event[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const { searchParams: query } = new URL(request.url ?? '', 'http://receiver');
    events.push({ query, body: JSON.parse(text) });
    const reaction = react(query.get('CallbackCommand') ?? '');
    if (reaction === 'silence') return;
    response.writeHead(reaction.status ?? 200).end(reaction.text ?? OK);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server on a port has an address that is no text.
  const { port } = server.address() as AddressInfo;
  const harness = await start({
    ...options,
    webhook: { url: `http://127.0.0.1:${port}/hook`, token: 'xxxxyyyy', ...extra },
  });
  return { ...harness, events };
}
