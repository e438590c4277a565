// A receiver on a server of its own, and somebody who posts to it as Chat does.
import { onTestFinished } from 'vitest';
import { webhookSign } from '../../../src/chat/protocol/webhooks/index.ts';
import { createReceiver, openHttpServer, type ReceiverOptions } from '../../../src/surfaces/http/index.ts';
import { request } from '../../../src/util/undici/undici.ts';

export const TOKEN = 'xxxxyyyy';
export const PATH = 'q7JwZk2s';
export const APP = 1_400_000_000;
/** Unix seconds. */
export const NOW = 1_700_000_000;

export interface Posted {
  readonly status: number;
  readonly body: unknown;
}

export interface PostOptions {
  /** Replaces or, where `undefined`, removes parameters of the URL. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startReceiver(options: Partial<ReceiverOptions> = {}) {
  const logged: string[] = [];
  const log = (level: string) => (fields: object, words: string) =>
    void logged.push(`${level} ${words} ${JSON.stringify(fields)}`);
  const logger = { info: log('info'), warn: log('warn'), error: log('error') };
  const receiver = createReceiver({
    sdkAppId: APP,
    token: TOKEN,
    path: PATH,
    deciders: [],
    keepers: [],
    followers: [],
    onFailure: () => 'open',
    clock: { now: () => NOW * 1_000 },
    logger,
    ...options,
  });
  const server = await openHttpServer({ host: '127.0.0.1', port: 0, rooms: [receiver.room], logger });
  onTestFinished(() => server.close());

  async function post(
    command: string,
    body: unknown,
    { query = {}, path = PATH, headers }: PostOptions = {},
  ) {
    const parameters = {
      SdkAppid: String(APP),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '192.0.2.7',
      OptPlatform: 'iOS',
      Sign: webhookSign(TOKEN, NOW),
      RequestTime: String(NOW),
      ...query,
    };
    const pairs = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    );
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const answer = await request(`${server.address}/webhooks/chat/${path}?${new URLSearchParams(pairs)}`, {
      method: 'POST',
      headers: headers ?? { 'content-type': 'application/json' },
      body: text,
    });
    return { status: answer.statusCode, body: await answer.body.json() } satisfies Posted;
  }

  return { server, post, logged, counts: receiver.counts };
}
