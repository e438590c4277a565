// The receiver of Chat's webhooks: checks where one comes from, lets the deciders answer, and then those who act on it.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  answerOf,
  isBefore,
  isBeforeCommand,
  OK,
  readWebhook,
  type SignFault,
  signFault,
  type Webhook,
  type WebhookAnswer,
} from '../../chat/protocol/webhooks/index.ts';
import type { OnFailure } from '../../moderation/settings.ts';
import type { Answered, Decider, Decision, Follower } from '../../request/decision.ts';
import type { Log } from '../../util/log.ts';
import type { Room } from './server.ts';

export interface ReceiverOptions {
  readonly sdkAppId: number;
  /** Authentication token, from Chat's console. */
  readonly token: string;
  /** Last segment of the path; secret, because the signature covers neither the path nor the body. */
  readonly path: string;
  /** Asked in this order; the first that decides is heard. */
  readonly deciders: readonly Decider[];
  /** Told before the answer goes out, for what must not be lost once it has; as quick as deciders. */
  readonly keepers: readonly Follower[];
  /** Told once the answer has gone out. */
  readonly followers: readonly Follower[];
  readonly onFailure: () => OnFailure;
  readonly clock: { now(): number };
  readonly logger: Log;
}

/** How many webhooks met which end since the start. */
export interface WebhookCounts {
  passed: number;
  rejected: number;
  dropped: number;
  /** After-webhooks. */
  noted: number;
  /** Commands that this version does not know. */
  unknown: number;
  /** Not from Chat: a wrong path, app or signature. */
  turnedAway: number;
  /** Bodies that could not be read. */
  faulty: number;
  failedOpen: number;
  failedClosed: number;
}

export interface Receiver {
  readonly room: Room;
  readonly counts: Readonly<WebhookCounts>;
}

export const WEBHOOK_PATH = '/webhooks/chat';

const REJECTED: WebhookAnswer = answerOf('', { kind: 'reject' });

/** Makes the receiver; it keeps nothing but its counts. */
export function createReceiver(options: ReceiverOptions): Receiver {
  const counts: WebhookCounts = {
    passed: 0,
    rejected: 0,
    dropped: 0,
    noted: 0,
    unknown: 0,
    turnedAway: 0,
    faulty: 0,
    failedOpen: 0,
    failedClosed: 0,
  };
  const desk = { ...options, counts, warn: atMost(options, 1_000) };
  const isOurs = pathCheck(options.path);
  const room: Room = async (app) => {
    // Whatever it calls itself, it is JSON; what is none is answered like every other body that cannot be read.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    app.post<{ Params: { path: string } }>(`${WEBHOOK_PATH}/:path`, (request, reply) => {
      if (isOurs(request.params.path)) return receive(desk, request, reply);
      counts.turnedAway += 1;
      return reply.callNotFound();
    });
  };
  return { room, counts };
}

/** Compares by checksum in constant time, so that the time taken tells nothing of the path. */
function pathCheck(path: string): (given: string) => boolean {
  const sum = (text: string) => createHash('sha256').update(text).digest();
  const right = sum(path);
  return (given) => timingSafeEqual(sum(given), right);
}

interface Desk extends ReceiverOptions {
  readonly counts: WebhookCounts;
  /** For what anybody on the network can cause. */
  warn(fields: object, words: string): void;
}

/** Warns once in so many milliseconds: a flood of bad requests must not become one of log lines. */
function atMost({ clock, logger }: ReceiverOptions, every: number): Desk['warn'] {
  let last = Number.NEGATIVE_INFINITY;
  return (fields, words) => {
    const now = clock.now();
    if (now - last < every) return;
    last = now;
    logger.warn(fields, words);
  };
}

/** What a URL's parameters hold; one that comes twice is none. */
const parameter = z.string().optional().catch(undefined);
const query = z.object({
  SdkAppid: parameter,
  CallbackCommand: parameter,
  ClientIP: parameter,
  OptPlatform: parameter,
  Sign: parameter,
  RequestTime: parameter,
});
type Query = z.output<typeof query>;

function receive(desk: Desk, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const at = desk.clock.now();
  const asked = query.parse(request.query);
  const fault = originFault(desk, asked, at);
  if (fault !== null) {
    desk.counts.turnedAway += 1;
    desk.warn({ fault, from: request.ip, turnedAway: desk.counts.turnedAway }, 'a webhook was turned away');
    return reply
      .code(fault === 'app' ? 403 : 401)
      .send({ ActionStatus: 'FAIL', ErrorCode: 1, ErrorInfo: faultWords[fault] });
  }
  return reply.send(answer(desk, asked, request.body, at));
}

type OriginFault = SignFault | 'app';

const faultWords: Readonly<Record<OriginFault, string>> = {
  app: 'another SdkAppid',
  missing: 'no Sign or RequestTime: switch authentication on in the console',
  wrong: 'wrong Sign: compare the authentication token with the console',
  stale: 'RequestTime is more than 60 seconds away from this clock',
};

function originFault({ sdkAppId, token }: Desk, asked: Query, at: number): OriginFault | null {
  if (asked.SdkAppid !== String(sdkAppId)) return 'app';
  const now = Math.floor(at / 1_000);
  return signFault({ token, sign: asked.Sign, requestTime: asked.RequestTime, now });
}

/** The answer to a webhook that is Chat's. Never throws: a fault of ours is answered as the settings say. */
function answer(desk: Desk, asked: Query, text: unknown, at: number): WebhookAnswer {
  const command = asked.CallbackCommand ?? '';
  try {
    const origin = { platform: asked.OptPlatform ?? '', clientIp: asked.ClientIP ?? '' };
    const body = parse(text);
    const read = body === undefined ? null : readWebhook(command, origin, body);
    if (read?.kind === 'unknown') {
      desk.counts.unknown += 1;
      return OK;
    }
    if (read?.kind !== 'read' || !isOf(command, body)) {
      desk.counts.faulty += 1;
      return failed(desk, command, { where: read?.kind === 'faulty' ? read.where : 'JSON' });
    }
    return decided(desk, read.webhook, at);
  } catch (error) {
    return failed(desk, command, { err: error });
  }
}

/** @returns undefined for what is no JSON */
function parse(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const named = z.looseObject({ CallbackCommand: z.string().optional() });

/** The URL says what a webhook is; a body that says something else was not made by Chat. */
function isOf(command: string, body: unknown): boolean {
  const { CallbackCommand = command } = named.safeParse(body).data ?? {};
  return CallbackCommand === command;
}

function decided(desk: Desk, webhook: Webhook, at: number): WebhookAnswer {
  const decision = decide(desk.deciders, webhook, at);
  const said = decision === null ? OK : answerOf(webhook.command, decision.verdict);
  desk.counts[countOf(webhook, decision)] += 1;
  const answered = { webhook, decision, at };
  tell(desk, desk.keepers, answered);
  // After the answer: whoever sent the message waits for nothing that follows from it.
  setImmediate(() => tell(desk, desk.followers, answered));
  return said;
}

function decide(deciders: readonly Decider[], webhook: Webhook, at: number): Decision | null {
  if (!isBefore(webhook)) return null;
  for (const decider of deciders) {
    const decision = decider(webhook, at);
    if (decision !== null) return decision;
  }
  return null;
}

function countOf(webhook: Webhook, decision: Decision | null): keyof WebhookCounts {
  if (!isBefore(webhook)) return 'noted';
  const kind = decision?.verdict.kind ?? 'pass';
  return ({ pass: 'passed', reject: 'rejected', drop: 'dropped' } as const)[kind];
}

function tell(desk: Desk, listeners: readonly Follower[], answered: Answered): void {
  for (const listener of listeners) {
    try {
      listener(answered);
    } catch (error) {
      const { command } = answered.webhook;
      desk.logger.error({ err: error, command }, 'what follows from a webhook failed');
    }
  }
}

/** The answer where there is no decision; only a before-webhook's makes a difference. */
function failed({ counts, logger, onFailure }: Desk, command: string, fields: object): WebhookAnswer {
  const closed = isBeforeCommand(command) && onFailure() === 'closed';
  counts[closed ? 'failedClosed' : 'failedOpen'] += 1;
  const { failedOpen, failedClosed } = counts;
  logger.error(
    {
      ...fields,
      command: known(command),
      answered: closed ? 'refused' : 'let through',
      failedOpen,
      failedClosed,
    },
    'a webhook could not be decided',
  );
  return closed ? REJECTED : OK;
}

/** A command's name for the log: anybody who knows path and token writes it. */
const known = (command: string): string => command.slice(0, 60);
