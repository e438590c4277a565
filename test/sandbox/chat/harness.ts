// What the tests of the Chat service share: a service on a clock of its own, and a way to call it.
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { type EndpointName, endpointOf } from '../../../src/chat/protocol/endpoints.ts';
import { signUserSig } from '../../../src/chat/protocol/usersig.ts';
import {
  type ChatService,
  type ChatServiceOptions,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../../src/sandbox/chat/index.ts';
import { type ManualClock, manualClock } from '../../../src/sandbox/clock.ts';

/** 1 January 2026, in Unix milliseconds. */
export const START = Date.UTC(2026, 0, 1);
export const NOW = START / 1000;

export type Reply = Record<string, unknown> & {
  ErrorCode: number;
  ErrorInfo?: string;
  ActionStatus?: string;
};

export interface Harness {
  readonly service: ChatService;
  readonly clock: ManualClock;
  /** Calls an endpoint as the app admin. */
  call(name: EndpointName, body: object): Promise<Reply>;
  /** Calls a path, such as `/v4/service/command`, with changed URL parameters; `undefined` leaves one out. */
  send(path: string, body: string | undefined, query?: Record<string, string | undefined>): Promise<Reply>;
  urlOf(path: string, query?: Record<string, string | undefined>): string;
}

/** One group of every type. */
export const groupOf = {
  Private: 'team',
  Public: 'guild',
  ChatRoom: 'arena',
  AVChatRoom: 'live',
  Community: '@TGS#_lounge',
} as const;

export const pathOf = (name: EndpointName) => `/v4/${endpointOf(name).service}/${endpointOf(name).command}`;

export function userSig(
  clock: ManualClock,
  changes: Partial<Parameters<typeof signUserSig>[0]> = {},
): string {
  return signUserSig({
    sdkAppId: sandboxApp.sdkAppId,
    secretKey: sandboxApp.secretKey,
    identifier: 'administrator',
    issuedAt: Math.floor(clock.now() / 1000),
    expire: 86_400 * 3650,
    ...changes,
  });
}

/** Starts a service with the default world until the test ends; rate limits are off unless told. */
export async function start(options: Partial<ChatServiceOptions> = {}): Promise<Harness> {
  const clock = manualClock(START);
  const service = await startChatService({ app: sandboxApp, clock, rateLimits: false, ...options });
  onTestFinished(() => service.close());
  fillDefaultWorld(service.world);
  const usersig = userSig(clock);

  const urlOf: Harness['urlOf'] = (path, query = {}) => {
    const all = {
      sdkappid: String(sandboxApp.sdkAppId),
      identifier: 'administrator',
      usersig,
      random: '4294967295',
      contenttype: 'json',
      ...query,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `${service.url}${path}?${new URLSearchParams(given)}`;
  };
  const send: Harness['send'] = async (path, body, query) => {
    const answer = await request(urlOf(path, query), { method: 'POST', body: body ?? null });
    return read(await answer.body.text());
  };
  return { service, clock, urlOf, send, call: (name, body) => send(pathOf(name), JSON.stringify(body)) };
}

/** Reads an answer. */
export function read(text: string): Reply {
  const reply: unknown = JSON.parse(text);
  if (typeof reply !== 'object' || reply === null || !('ErrorCode' in reply)) throw new Error(text);
  // Every answer of the service carries an ErrorCode, as just checked.
  return reply as Reply;
}
