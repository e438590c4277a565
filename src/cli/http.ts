// The HTTP server of `serve`: when it opens, on which port, and what is said of it.
import { randomBytes } from 'node:crypto';
import type { Config, HttpConfig, WebhookConfig } from '../app/config.ts';
import type { Logger } from '../app/logger.ts';
import type { Services } from '../app/services.ts';
import { literal, message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import type { OnFailure } from '../moderation/settings.ts';
import type { Decider, Follower } from '../request/decision.ts';
import type { HttpServer, Room } from '../surfaces/http/index.ts';
import { type Terminal, writeLine } from '../surfaces/terminal/terminal.ts';
import { detailOf, SetupProblem } from './setup.ts';

/** The port where none is named. */
export const DEFAULT_PORT = 8787;
/** Ports that the sandbox tries after it, before it takes any free one. */
const TRIES = 20;

/** Whether there is a server at all; lines that are piped in are carried out without one. */
export const wantsHttp = (config: Config, input: Terminal['input']): boolean =>
  config.http.port !== undefined ||
  config.webhooks.token !== undefined ||
  (config.chat === null && input !== 'piped');

/** Who takes part in webhooks. */
export interface WebhookParts {
  readonly deciders: readonly Decider[];
  readonly keepers: readonly Follower[];
  readonly followers: readonly Follower[];
  readonly onFailure: () => OnFailure;
}

export interface HttpParts {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly logger: Logger;
  readonly translator: Translator;
  readonly services: Services;
  readonly webhooks: WebhookParts;
}

/**
 * Opens the server and says where it is; the sandbox sends its webhooks there from then on.
 * @throws SetupProblem when the address cannot be used
 */
export async function openHttp(parts: HttpParts): Promise<HttpServer> {
  const { config, terminal, translator, services } = parts;
  // fastify takes a while to load.
  const { createReceiver, WEBHOOK_PATH } = await import('../surfaces/http/index.ts');
  const keys = keysOf(config.webhooks, services);
  const rooms: Room[] = [];
  if (keys.token !== undefined && keys.path !== undefined) {
    const { sdkAppId } = services.chat;
    const { token, path } = keys;
    const { logger, webhooks } = parts;
    rooms.push(createReceiver({ ...webhooks, sdkAppId, token, path, clock: Date, logger }).room);
  }
  const server = await listen(parts, rooms);
  writeLine(terminal.stderr, translator.text(message('terminal.http', { address: literal(server.address) })));
  const missing = missingOf(keys);
  if (missing.length > 0) {
    writeLine(
      terminal.stderr,
      translator.text(message('terminal.noWebhooks', { missing: missing.map(literal) })),
      'yellow',
    );
  }
  services.sandbox?.chat.setWebhook({
    url: `${server.address}${WEBHOOK_PATH}/${keys.path}`,
    ...(keys.token !== undefined && { token: keys.token }),
  });
  return server;
}

/** The sandbox makes up what nobody set: it is sender and receiver. */
function keysOf({ token, path }: WebhookConfig, { sandbox }: Services): WebhookConfig {
  if (sandbox === null) return { token, path };
  return { token: token ?? freshSecret(), path: path ?? freshSecret() };
}

/** A path segment that nobody guesses. */
export const freshSecret = (): string => randomBytes(24).toString('base64url');

function missingOf({ token, path }: WebhookConfig): readonly string[] {
  return [
    ...(token === undefined ? ['CHAT_WEBHOOK_TOKEN'] : []),
    ...(path === undefined ? ['CHAT_WEBHOOK_PATH'] : []),
  ];
}

async function listen({ config, logger, services }: HttpParts, rooms: readonly Room[]): Promise<HttpServer> {
  const { openHttpServer } = await import('../surfaces/http/index.ts');
  const { host, port: named } = config.http;
  const first = named ?? DEFAULT_PORT;
  // Somebody who tries the sandbox twice at a time named no port, and needs none in particular.
  const others = named === undefined && services.sandbox !== null ? nextPorts : [];
  for (const port of [first, ...others]) {
    try {
      return await openHttpServer({ host, port, rooms, logger });
    } catch (error) {
      if (isTaken(error) && port !== [first, ...others].at(-1)) continue;
      const address = literal(addressOf(config.http, port));
      throw new SetupProblem([message('terminal.httpFailed', { address, detail: detailOf(error) })], {
        cause: error,
      });
    }
  }
  throw new Error('no port was tried');
}

const nextPorts: readonly number[] = [
  ...Array.from({ length: TRIES }, (_, index) => DEFAULT_PORT + 1 + index),
  0,
];

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');

/** The address that a configuration names. */
export const addressOf = ({ host }: Pick<HttpConfig, 'host'>, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
