// The interactions endpoint: how it is tried, and what becomes of answers that are none.

import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DiscordService, startDiscordService } from '../../../../src/sandbox/discord/index.ts';
import { call, startService } from '../harness.ts';

const SHOW = { name: 'show', description: 'Shows' };
const PONG = { type: 1 };

interface Interaction {
  id: string;
  token: string;
  type: number;
  data?: { name: string };
}

type Handler = (interaction: Interaction, response: ServerResponse) => unknown;

/** A bot that checks signatures with nothing but the platform, and leaves commands to the handler. */
async function bot(service: DiscordService, handle: Handler, isCareful = true): Promise<string> {
  const x = Buffer.from(service.publicKey, 'hex').toString('base64url');
  const jwk: JsonWebKey = { kty: 'OKP', crv: 'Ed25519', x };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const signed = Buffer.from(`${request.headers['x-signature-timestamp']}${body}`);
    const signature = Buffer.from(String(request.headers['x-signature-ed25519']), 'hex');
    if (isCareful && !verify(null, signed, key, signature)) return response.writeHead(401).end();
    const interaction: Interaction = JSON.parse(body);
    return interaction.type === 1 ? answer(response, PONG) : handle(interaction, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function start(handle: Handler): Promise<DiscordService> {
  const service = await startService();
  await call(service, 'POST', `/applications/${service.applicationId}/commands`, SHOW);
  await service.setInteractionsEndpoint(await bot(service, handle));
  return service;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await sleep(5);
}

const show = (service: DiscordService) => service.type({ as: 'bob', command: 'show' });

describe('an interaction over HTTP', () => {
  it('is answered by the response', async () => {
    const service = await start((_, response) =>
      answer(response, { type: 4, data: { content: 'Hi', flags: 64 } }),
    );
    expect(await show(service)).toMatchObject({ kind: 'message', content: 'Hi', ephemeral: true });
  });

  it('is deferred by the response and filled over REST', async () => {
    let filled: Promise<void> | undefined;
    const service = await start(({ token }, response) => {
      answer(response, { type: 5 });
      const path = `/webhooks/${service.applicationId}/${token}/messages/@original`;
      // There is nothing to fill before the response has arrived.
      filled = until(async () => (await call(service, 'PATCH', path, { content: 'Late' })).status === 200);
    });
    expect(await show(service)).toMatchObject({ deferred: true, content: 'Late' });
    await filled;
  });

  it('is answered by the callback, where the response is empty', async () => {
    const service = await start(async ({ id, token }, response) => {
      response.writeHead(202).end();
      await call(service, 'POST', `/interactions/${id}/${token}/callback`, {
        type: 4,
        data: { content: 'Hi' },
      });
    });
    expect(await show(service)).toMatchObject({ content: 'Hi' });
  });

  it.each<[string, Handler, string]>([
    ['a status', (_, response) => response.writeHead(500).end(), 'The endpoint answered 500.'],
    [
      'a body that is no answer',
      (_, response) => answer(response, { type: 8 }),
      "The endpoint's answer is refused",
    ],
    ['no JSON', (_, response) => response.writeHead(200).end('<html>'), 'invalid JSON'],
    ['a broken connection', (_, response) => response.destroy(), 'fetch failed'],
  ])('fails at once for %s, and says why', async (_what, handle, why) => {
    const reply = await show(await start(handle));
    expect(reply).toMatchObject({ kind: 'late', failure: expect.stringContaining(why) });
  });

  it('goes over the gateway again when the endpoint is taken away', async () => {
    const service = await start((_, response) => answer(response, { type: 4, data: { content: 'Hi' } }));
    await service.setInteractionsEndpoint(null);
    await expect(show(service)).rejects.toMatchObject({ reason: 'offline' });
  });
});

describe('setting the endpoint', () => {
  const refused = (why: string) => ({
    errors: { interactions_endpoint_url: { _errors: [{ message: expect.stringContaining(why) }] } },
  });

  it('is refused to one that takes a false signature', async () => {
    const service = await startService();
    const url = await bot(service, () => undefined, false);
    await expect(service.setInteractionsEndpoint(url)).rejects.toMatchObject(
      refused('It answered 200 to a false signature, where 401 is wanted.'),
    );
  });

  it('is refused to one that is not there', async () => {
    const service = await startService();
    const ended = await startDiscordService();
    await ended.close();
    const url = ended.api;
    await expect(service.setInteractionsEndpoint(url)).rejects.toMatchObject(refused('ECONNREFUSED'));
  });

  it('is refused to one that does not answer a PING', async () => {
    const service = await startService();
    const unwilling = createServer((_, response) => answer(response, { type: 4 }));
    await new Promise<void>((resolve) => unwilling.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void unwilling.close());
    const url = `http://127.0.0.1:${(unwilling.address() as AddressInfo).port}/`;
    await expect(service.setInteractionsEndpoint(url)).rejects.toMatchObject(refused('to a PING'));
  });

  it('is also done by the bot itself, and shows in the application', async () => {
    const service = await startService();
    const url = await bot(service, () => undefined);
    const set = await call(service, 'PATCH', '/applications/@me', { interactions_endpoint_url: url });
    expect(await set.json()).toMatchObject({ interactions_endpoint_url: url, verify_key: service.publicKey });
    const other = await call(service, 'PATCH', '/applications/@me', { description: 'New' });
    expect(other.status).toBe(501);
    const gone = await call(service, 'PATCH', '/applications/@me', { interactions_endpoint_url: null });
    expect(await gone.json()).toMatchObject({ interactions_endpoint_url: null });
  });
});
