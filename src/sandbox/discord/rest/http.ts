// The REST server around the routes: version prefix, bodies, authentication, faults and errors.
// https://docs.discord.com/developers/reference

import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readBody, type Upload } from '../wire/body.ts';
import { DiscordError, discordError, invalidForm, notModelled, unauthorized } from '../wire/errors.ts';
import { type Fault, type Faults, faultError } from './faults.ts';
import { isKnownPath } from './known-paths.ts';
import type { RecordedRequest, RequestLog } from './requests.ts';

const MAX_BODY_BYTES = 25 * 1024 * 1024;
const MAX_PARAMETER_LENGTH = 1_000;
const PREFIX = /^\/api(\/v\d+)?(?=\/)/;
const JSON_WITH_CHARSET = 'application/json; charset=utf-8';
const FILES = '/attachments/';
const NOWHERE = '/not-the-api';
/** The parts of a path that are ids; others are tokens, names and `@original`. */
const IDS: readonly string[] = ['application', 'channel', 'command', 'guild', 'interaction', 'role', 'user'];

/** Told of errors that are the service's own fault; pino fits. */
export interface Logger {
  error(details: object, message: string): void;
}

/** What the server needs besides its routes. */
export interface HttpOptions {
  readonly token: string;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly logger: Logger;
}

/** The routes of the service: those that want the bot's token, and those that carry a token of their own. */
export interface Routes {
  readonly withToken: ((app: FastifyInstance) => void)[];
  readonly open: ((app: FastifyInstance) => void)[];
}

/** The body of a request, as the content type parser below made it. */
export function uploadOf(body: unknown): Upload {
  // The parser returns nothing else; a request without a body has none.
  return (body as Upload | undefined) ?? { json: undefined, files: [] };
}

/** Builds the server; it does not listen yet. */
export function createHttp(routes: Routes, options: HttpOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    rewriteUrl: (request) => withoutPrefix(request.url ?? '/'),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, raw: Buffer) =>
    readBody(request.headers['content-type'] ?? '', raw),
  );
  app.setErrorHandler((error, _request, reply) => answerError(error, reply, options.logger));
  app.setNotFoundHandler((request) => {
    const path = pathOf(request);
    throw isKnownPath(path) ? notModelled(`${request.method} ${path}`) : discordError(0);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(rateLimitHeaders(request));
  });
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>();
  app.addHook('preHandler', async (request, reply) => {
    recorded.set(request, record(request, options.requests));
    refuseOtherThanIds(request);
    await meetFault(request, reply, options.faults);
  });
  app.addHook('preSerialization', async (request, _reply, payload) => {
    const entry = recorded.get(request);
    if (entry) entry.answer = payload;
    return payload;
  });
  app.addHook('onSend', async (request, reply) => {
    const entry = recorded.get(request);
    if (entry) entry.status = reply.statusCode;
    // Discord names no character set, and some libraries compare the whole header.
    if (reply.getHeader('content-type') === JSON_WITH_CHARSET)
      reply.header('content-type', 'application/json');
  });
  app.register(async (open) => registerAll(open, routes.open));
  app.register(async (closed) => {
    closed.addHook('onRequest', async (request) => {
      if (request.headers.authorization !== `Bot ${options.token}`) throw unauthorized();
    });
    registerAll(closed, routes.withToken);
  });
  return app;
}

/** Each set of routes gets a scope of its own, so that its hooks are for itself alone. */
function registerAll(app: FastifyInstance, sets: ((scope: FastifyInstance) => void)[]): void {
  for (const routes of sets) app.register(async (scope) => routes(scope));
}

/** Some libraries encode the `@` of `@me` and `@original`, which a path does not need. */
function withoutPrefix(url: string): string {
  if (url.startsWith(FILES)) return url;
  return PREFIX.test(url) ? url.replace(PREFIX, '').replaceAll('%40', '@') : NOWHERE;
}

/** @throws DiscordError 50035 for a path that names something that cannot be an id */
function refuseOtherThanIds(request: FastifyRequest): void {
  // Without a schema of its own, a route's parameters are the texts of its path.
  for (const [name, value] of Object.entries(request.params as Record<string, string>)) {
    if (!IDS.includes(name) || /^\d{1,20}$/.test(value)) continue;
    const message = `Value "${value}" is not snowflake.`;
    throw invalidForm([{ path: [`${name}_id`], code: 'NUMBER_TYPE_COERCE', message }]);
  }
}

function pathOf(request: FastifyRequest): string {
  return decodeURIComponent(request.url.split('?')[0] ?? '');
}

/** Limits that nobody reaches; only a planned fault answers 429. */
function rateLimitHeaders(request: FastifyRequest): Record<string, string> {
  return {
    'x-ratelimit-limit': '1000',
    'x-ratelimit-remaining': '999',
    'x-ratelimit-reset-after': '1.000',
    'x-ratelimit-bucket': `${request.method}:${request.routeOptions.url ?? ''}`,
  };
}

function record(request: FastifyRequest, requests: RequestLog): RecordedRequest {
  const { json, files } = uploadOf(request.body);
  const { method, query } = request;
  const route = request.routeOptions.url ?? '';
  const names = files.map(({ name }) => name);
  return requests.add({ method, path: pathOf(request), route, query, body: json, files: names });
}

async function meetFault(request: FastifyRequest, reply: FastifyReply, faults: Faults): Promise<void> {
  const fault = faults.take(request.method, pathOf(request));
  if (fault) await answerFault(fault, reply);
}

async function answerFault(fault: Fault, reply: FastifyReply): Promise<void> {
  switch (fault.kind) {
    case 'error':
      throw faultError(fault);
    case 'status':
      throw new DiscordError(fault.status, 0, `${fault.status}: Error`);
    case 'reset':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return;
    case 'rateLimit': {
      const { retryAfterS, global = false } = fault;
      const body = { message: 'You are being rate limited.', retry_after: retryAfterS, global };
      await reply
        .code(429)
        .headers({ 'retry-after': Math.ceil(retryAfterS), 'x-ratelimit-scope': global ? 'global' : 'user' })
        .send(global ? body : { ...body, code: 0 });
    }
  }
}

function answerError(error: unknown, reply: FastifyReply, logger: Logger): FastifyReply {
  if (error instanceof DiscordError) return reply.code(error.status).send(error.body());
  const status = statusOf(error);
  if (status >= 500) logger.error({ err: error }, 'The Discord service failed to answer');
  return reply.code(status).send({ message: `${status}: Error`, code: 0 });
}

/** Fastify's own errors, such as a body that is too large, carry a status. */
function statusOf(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
