// Puts a Discord stand-in together and starts it.

import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../util/clock.ts';
import { announceMessages } from './gateway/announce.ts';
import { Gateway } from './gateway/gateway.ts';
import { Endpoint } from './people/endpoint.ts';
import { People } from './people/people.ts';
import { Faults } from './rest/faults.ts';
import { createHttp, type Logger, type Routes } from './rest/http.ts';
import type { Parts } from './rest/parts.ts';
import { RequestLog } from './rest/requests.ts';
import { aboutRoutes, gatewayRoute } from './rest/routes/about.ts';
import { attachmentRoute } from './rest/routes/attachments.ts';
import { channelRoutes } from './rest/routes/channels.ts';
import { commandRoutes } from './rest/routes/commands.ts';
import { guildRoutes } from './rest/routes/guild.ts';
import { callbackRoute, webhookRoutes } from './rest/routes/interactions.ts';
import { memberRoutes } from './rest/routes/members.ts';
import { messageRoutes } from './rest/routes/messages.ts';
import { DiscordService } from './service.ts';
import { CommandPermissions } from './world/command-permissions.ts';
import { CommandScope } from './world/commands.ts';
import { DirectChannels } from './world/direct.ts';
import { Directory } from './world/directory.ts';
import { Snowflakes } from './world/ids.ts';
import { InteractionStore } from './world/interactions/interactions.ts';
import { InteractionWebhooks } from './world/interactions/webhooks.ts';
import { FileStore } from './world/messages/files.ts';
import { MessageStore } from './world/messages/messages.ts';
import { type DiscordWorld, defaultWorld } from './world/world.ts';

/** How to start; everything has a default. */
export interface DiscordServiceOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: `127.0.0.1`. */
  readonly host?: string;
  /**
   * What bots reach it by when something stands in front of it, such as `https://localhost:8443`: it is told as the
   * gateway's address and in the addresses of files. Default: its own address.
   */
  readonly publicUrl?: string;
  /** The bot token that is accepted. Default: one made of the world's bot id that is clearly not real. */
  readonly token?: string;
  /** Time for ids, the 3 s rule and the life of tokens. Default: the machine's. */
  readonly clock?: Clock;
  /** Default: {@link defaultWorld}. */
  readonly world?: DiscordWorld;
  /** Gateway intents that a bot may ask for; asking for another closes with 4014. Default: all. */
  readonly allowedIntents?: number;
  /** Told of faults of the stand-in itself. Default: a Node warning. */
  readonly logger?: Logger;
}

const NODE_WARNING: Logger = {
  error: (details, message) => process.emitWarning(message, { detail: JSON.stringify(details) }),
};

/**
 * Starts a Discord stand-in: REST and gateway on one port.
 * @throws the system's error when the port cannot be used, TypeError for a public address that is none
 */
export async function startDiscordService(options: DiscordServiceOptions = {}): Promise<DiscordService> {
  const { port = 0, host = '127.0.0.1', clock = Date, logger = NODE_WARNING } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const directory = new Directory(options.world ?? defaultWorld());
  const token = options.token ?? fakeToken(directory.world.application.id);
  const ids = new Snowflakes(clock);
  const faults = new Faults();
  const requests = new RequestLog();
  const origin = () => (publicUrl ?? new URL(`http://${host}:${portOf(app)}`)).origin;
  const gatewayUrl = () => origin().replace(/^http/, 'ws');
  const parts = assemble(directory, ids, clock, {
    origin,
    gatewayUrl,
    dispatch: (event, data, intent) => gateway.dispatch(event, data, intent),
  });
  const app = createHttp(routesOf(parts), { token, faults, requests, logger });
  const gateway = new Gateway(app.server, {
    directory,
    token,
    allowedIntents: options.allowedIntents,
    url: gatewayUrl,
    newSessionId: () => ids.next(),
  });
  parts.messages.onChange = (change, messages) => announceMessages({ ...parts, gateway }, change, messages);
  await app.listen({ port, host });
  const people = new People({ ...parts, gateway });
  const api = `http://${host}:${portOf(app)}/api`;
  return new DiscordService({ ...parts, app, gateway, people, faults, requests, token, api });
}

/** What is only known, or only there, once the server listens. */
interface Late extends Pick<Parts, 'gatewayUrl' | 'dispatch'> {
  origin(): string;
}

function assemble(directory: Directory, ids: Snowflakes, clock: Clock, late: Late): Parts {
  const { application, guild } = directory.world;
  const files = new FileStore(ids, late.origin);
  const messages = new MessageStore(directory, files, ids, clock);
  const interactions = new InteractionStore(directory, messages, ids, clock);
  return {
    directory,
    direct: new DirectChannels(ids),
    messages,
    files,
    interactions,
    clock,
    gatewayUrl: late.gatewayUrl,
    dispatch: late.dispatch,
    globalCommands: new CommandScope(application.id, ids),
    guildCommands: new CommandScope(application.id, ids, guild.id),
    commandPermissions: new CommandPermissions(directory),
    webhooks: new InteractionWebhooks(interactions, messages),
    endpoint: new Endpoint(application.id, ids, clock),
  };
}

function routesOf(parts: Parts): Routes {
  const open = [gatewayRoute, callbackRoute, webhookRoutes, attachmentRoute];
  const withToken = [aboutRoutes, guildRoutes, memberRoutes, commandRoutes, channelRoutes, messageRoutes];
  return {
    open: open.map((routes) => bind(routes, parts)),
    withToken: withToken.map((routes) => bind(routes, parts)),
  };
}

function bind(routes: (app: FastifyInstance, parts: Parts) => void, parts: Parts) {
  return (app: FastifyInstance) => routes(app, parts);
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The Discord service does not listen');
  return address.port;
}

/** Shaped like a bot token, whose first part is the bot's id. */
function fakeToken(id: string): string {
  return `${Buffer.from(id).toString('base64url')}.sandbox.this-is-not-a-real-discord-token`;
}
