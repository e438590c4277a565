// Starts the sandbox's Chat service: a faithful stand-in on a local port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../util/clock.ts';
import { systemClock } from '../clock.ts';
import {
  asClient,
  type ClientAnswer,
  invite,
  join,
  leave,
  logIn,
  logOut,
  recall,
  type SayOptions,
  say,
  whisper,
} from './acts/users.ts';
import { Webhooks, type WebhookTarget } from './acts/webhooks.ts';
import type { Call } from './rules/call.ts';
import { RateLimiter } from './rules/rate.ts';
import { isDownload, linkMaker, serveDownload } from './wire/downloads.ts';
import { Faults } from './wire/faults.ts';
import type { ChatApp } from './wire/gate.ts';
import { listen, shutDown } from './wire/http.ts';
import { RequestLog, type RequestRecord } from './wire/request-log.ts';
import { type SandboxLogger, serve } from './wire/service.ts';
import type { Platform } from './world/place.ts';
import { World } from './world/world.ts';

export interface ChatServiceOptions {
  readonly app: ChatApp;
  /** 0, a free one, unless told. */
  readonly port?: number;
  readonly host?: string;
  readonly clock?: Clock;
  /** Whether calls over their documented cap are refused with 60007; true unless told. */
  readonly rateLimits?: boolean;
  /** Where webhooks go; nowhere unless told. */
  readonly webhook?: WebhookTarget;
  readonly logger?: SandboxLogger;
  /** Answers requests below `/sandbox`, which Chat itself has not. */
  readonly control?: Handler;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ChatService {
  /** Base of the REST API, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  readonly world: World;
  readonly faults: Faults;
  /** The last 500 requests, oldest first; without their usersig. */
  readonly requests: readonly RequestRecord[];
  forgetRequests(): void;
  /** Calls back for every request, just before its answer goes out. @returns how to stop that */
  onRequest(listener: (record: RequestRecord) => void): () => void;
  /** Sends webhooks there from now on, or nowhere. */
  setWebhook(target: WebhookTarget | undefined): void;
  /** Resolves when every webhook sent so far has been answered or given up. */
  webhooksSettled(): Promise<void>;
  /** A user's client sends a text. Never throws for what Chat would refuse. */
  say(groupId: string, account: string, text: string, options?: SayOptions): Promise<ClientAnswer>;
  /** A user's client writes to one account. */
  whisper(from: string, to: string, text: string): Promise<ClientAnswer>;
  /** A user's client takes its own message back, within two minutes. */
  recall(groupId: string, account: string, seq: number, topicId?: string): Promise<ClientAnswer>;
  /** A member's client brings others in, where the group type lets members do so. */
  invite(groupId: string, account: string, others: readonly string[]): Promise<ClientAnswer>;
  /** A user's client joins. */
  join(groupId: string, account: string): Promise<ClientAnswer>;
  /** A user's client leaves. */
  leave(groupId: string, account: string): Promise<ClientAnswer>;
  /** A user's client comes online; an account that is new is imported by it. */
  logIn(account: string, platform?: Exclude<Platform, 'RESTAPI'>): Promise<ClientAnswer>;
  /** A user's client goes offline. */
  logOut(account: string): Promise<ClientAnswer>;
  /** Stops listening, cuts connections and ends webhooks under way. */
  close(): Promise<void>;
}

/**
 * Starts a Chat service whose world holds the app's admins and nothing else.
 *
 * @throws Error when the port is taken
 */
export async function startChatService(options: ChatServiceOptions): Promise<ChatService> {
  const { app, port = 0, host = '127.0.0.1', clock = systemClock, rateLimits = true } = options;
  const world = new World(clock);
  for (const userId of app.admins) world.addAccount({ userId });
  const webhooks = new Webhooks(app.sdkAppId, clock, options.webhook);
  const rates = rateLimits ? new RateLimiter(clock) : undefined;
  const common = {
    ...{ world, webhooks, rates, sdkAppId: app.sdkAppId, admins: app.admins },
    downloadLink: linkMaker(app.secretKey, () => url),
  };
  const callBy = (operator: string): Call => ({ ...common, operator, platform: 'RESTAPI' });
  const asUser = (
    account: string,
    act: (call: Call) => Promise<Partial<ClientAnswer>>,
    platform: Platform = world.online.get(account) ?? 'Web',
  ) => asClient(() => act({ ...common, operator: account, platform }));

  const faults = new Faults();
  const log = new RequestLog();
  const parts = { app, clock, faults, log, logger: options.logger, callBy };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (options.control && /^\/sandbox(?:[/?]|$)/.test(path)) options.control(request, response);
    else if (isDownload(path)) serveDownload(world, app.secretKey, path, response);
    else void serve(parts, request, response);
  });
  // Longer than clients keep an idle connection, so that none is cut under a request.
  server.keepAliveTimeout = 65_000;
  const actualPort = await listen(server, port, host);
  const url = `http://${host}:${actualPort}`;

  return {
    url,
    port: actualPort,
    world,
    faults,
    requests: log.records,
    forgetRequests: () => log.clear(),
    onRequest: (listener) => log.listen(listener),
    setWebhook: (target) => webhooks.setTarget(target),
    webhooksSettled: () => webhooks.settled(),
    say: (groupId, account, text, options) =>
      asUser(account, (call) => say(call, world.group(groupId), text, options)),
    whisper: (from, to, text) => asUser(from, (call) => whisper(call, to, text)),
    recall: (groupId, account, seq, topicId) =>
      asUser(account, (call) => recall(call, world.group(groupId), seq, topicId)),
    invite: (groupId, account, others) =>
      asUser(account, (call) => invite(call, world.group(groupId), others)),
    join: (groupId, account) => asUser(account, (call) => join(call, world.group(groupId))),
    leave: (groupId, account) => asUser(account, (call) => leave(call, world.group(groupId))),
    logIn: (account, platform) => asUser(account, logIn, platform),
    logOut: (account) => asUser(account, logOut),
    close: async () => {
      await shutDown(server);
      await webhooks.close();
    },
  };
}
