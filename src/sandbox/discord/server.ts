// Server: puts a Discord stand-in together and starts it.

import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../util/clock.ts';
import { Gateway } from './gateway/gateway.ts';
import { People } from './people/people.ts';
import { Faults } from './rest/faults.ts';
import { createHttp, type Logger, type Routes } from './rest/http.ts';
import type { Parts } from './rest/parts.ts';
import { RequestLog } from './rest/requests.ts';
import { aboutRoutes, gatewayRoute } from './rest/routes/about.ts';
import { commandRoutes } from './rest/routes/commands.ts';
import { guildRoutes } from './rest/routes/guild.ts';
import { callbackRoute, webhookRoutes } from './rest/routes/interactions.ts';
import { messageRoutes } from './rest/routes/messages.ts';
import { DiscordService } from './service.ts';
import { CommandPermissions } from './world/command-permissions.ts';
import { CommandScope } from './world/commands.ts';
import { Directory } from './world/directory.ts';
import { Snowflakes } from './world/ids.ts';
import { InteractionStore } from './world/interactions.ts';
import { type MessageChange, MessageStore, type StoredMessage } from './world/messages.ts';
import { memberObject } from './world/objects.ts';
import { InteractionWebhooks } from './world/webhooks.ts';
import { type DiscordWorld, defaultWorld } from './world/world.ts';

/** How to start; everything has a default. */
export interface DiscordServiceOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default: `127.0.0.1`. */
  host?: string;
  /** The bot token that is accepted. Default: one made of the world's bot id that is clearly not real. */
  token?: string;
  /** Time for ids, the 3 s rule and the life of tokens. Default: the machine's. */
  clock?: Clock;
  /** Default: {@link defaultWorld}. */
  world?: DiscordWorld;
  /** Gateway intents that a bot may ask for; asking for another closes with 4014. Default: all. */
  allowedIntents?: number;
  /** Told of faults of the stand-in itself. Default: a Node warning. */
  logger?: Logger;
}

const NODE_WARNING: Logger = {
  error: (details, message) => process.emitWarning(message, { detail: JSON.stringify(details) }),
};

/**
 * Starts a Discord stand-in: REST and gateway on one port.
 * @throws the system's error when the port cannot be used.
 */
export async function startDiscordService(options: DiscordServiceOptions = {}): Promise<DiscordService> {
  const { port = 0, host = '127.0.0.1', clock = Date, logger = NODE_WARNING } = options;
  const directory = new Directory(options.world ?? defaultWorld());
  const token = options.token ?? fakeToken(directory.world.application.id);
  const ids = new Snowflakes(clock);
  const faults = new Faults();
  const requests = new RequestLog();
  const gatewayUrl = () => `ws://${host}:${portOf(app)}`;
  const parts = assemble(directory, ids, clock, gatewayUrl);
  const app = createHttp(routesOf(parts), { token, faults, requests, logger });
  const gateway = new Gateway(app.server, {
    directory,
    token,
    allowedIntents: options.allowedIntents,
    url: gatewayUrl,
    newSessionId: () => ids.next(),
  });
  parts.messages.onChange = (change, message) => announce(gateway, directory, change, message);
  await app.listen({ port, host });
  const people = new People({ ...parts, gateway });
  const api = `http://${host}:${portOf(app)}/api`;
  return new DiscordService({ ...parts, app, gateway, people, faults, requests, token, api });
}

function assemble(directory: Directory, ids: Snowflakes, clock: Clock, gatewayUrl: () => string): Parts {
  const { application, guild } = directory.world;
  const messages = new MessageStore(directory, ids, clock);
  const interactions = new InteractionStore(directory, messages, ids, clock);
  return {
    directory,
    messages,
    interactions,
    gatewayUrl,
    globalCommands: new CommandScope(application.id, ids),
    guildCommands: new CommandScope(application.id, ids, guild.id),
    commandPermissions: new CommandPermissions(directory),
    webhooks: new InteractionWebhooks(interactions, messages),
  };
}

function routesOf(parts: Parts): Routes {
  return {
    open: [gatewayRoute, callbackRoute, webhookRoutes].map((routes) => bind(routes, parts)),
    withToken: [aboutRoutes, guildRoutes, commandRoutes, messageRoutes].map((routes) => bind(routes, parts)),
  };
}

function bind(routes: (app: FastifyInstance, parts: Parts) => void, parts: Parts) {
  return (app: FastifyInstance) => routes(app, parts);
}

function announce(
  gateway: Gateway,
  directory: Directory,
  change: MessageChange,
  message: StoredMessage,
): void {
  const { raw } = message;
  if (change === 'deleted') {
    const gone = { id: raw.id, channel_id: raw.channel_id, guild_id: directory.world.guild.id };
    gateway.dispatch(GatewayDispatchEvents.MessageDelete, gone, GatewayIntentBits.GuildMessages);
    return;
  }
  const created = change === 'created';
  const event = created ? GatewayDispatchEvents.MessageCreate : GatewayDispatchEvents.MessageUpdate;
  const author = raw.webhook_id ? undefined : directory.findMember(raw.author.id);
  gateway.dispatchMessage(event, raw, author && memberObject(directory, author));
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
