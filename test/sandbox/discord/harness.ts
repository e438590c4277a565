// A service with the real discord.js logged in to it, both ended after the test.

import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { expect, onTestFinished } from 'vitest';
import {
  type DiscordService,
  type DiscordServiceOptions,
  startDiscordService,
} from '../../../src/sandbox/discord/index.ts';
import { answerComplaints } from './judge.ts';

/** A clock that stands still until it is moved. */
export class ManualClock {
  #now = Date.UTC(2026, 0, 1);

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Starts a service that ends with the test; every answer that it gave is then held against the specification. */
export async function startService(options: DiscordServiceOptions = {}): Promise<DiscordService> {
  const service = await startDiscordService(options);
  onTestFinished(async () => {
    await service.close();
    expect(service.requests.flatMap(answerComplaints)).toEqual([]);
  });
  return service;
}

/** A client that points at the service, not logged in yet. */
export function createClient(service: DiscordService, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // Identifying twice must not wait for the 5 s that discord.js keeps between the two.
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => undefined }) },
    ...options,
    rest: { api: service.api, version: '10', globalRequestsPerSecond: Infinity, retries: 0, ...options.rest },
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A client that is logged in and ready, and hands every interaction to the handler. */
export async function login(
  service: DiscordService,
  handle: (interaction: Interaction) => unknown = () => undefined,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = createClient(service, options);
  client.on(Events.InteractionCreate, (interaction) => void handle(interaction));
  const { promise, resolve } = Promise.withResolvers<Client<true>>();
  client.once(Events.ClientReady, resolve);
  await client.login(service.token);
  return promise;
}

/** A REST call as a bot would make it without a library. */
export function call(
  service: DiscordService,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${service.api}${path}`, {
    method,
    headers: { authorization: `Bot ${service.token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
