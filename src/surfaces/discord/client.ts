// The client that the bot runs by itself: as lean as answering interactions allows.
import { Client, Events, GatewayIntentBits, Options, Partials, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Registry } from '../../command/registry.ts';
import type { Moderation } from '../../command/service.ts';
import type { DiscordDeps } from './deps.ts';
import { BAD_TOKEN, DiscordSetupError, endedWith, onEnd } from './ending.ts';
import { describe } from './errors.ts';
import { createInteractions } from './interactions.ts';
import type { ModLogDeps } from './log/mod-log.ts';
import { createModLog, type LoggedRecord } from './log/mod-log.ts';
import type { DiscordLogger } from './logger.ts';
import { bodiesOf } from './registration/bodies.ts';
import { replaceCommands } from './registration/register.ts';
import { watchCommandPermissions } from './rights/command-permissions.ts';
import { createServerRoles } from './rights/server-roles.ts';

/** An interaction brings along all that is needed of people; the caches that discord.js insists on stay. */
const withoutCaches = {
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
} as const;

export interface DiscordOptions
  extends Omit<DiscordDeps, 'commandPermissions' | 'serverRoles' | 'moderation'> {
  readonly moderation: Moderation & ModLogDeps['moderation'];
  /** Where cases are kept; they are told in the channel of their group. No log when undefined. */
  readonly record?: LoggedRecord | undefined;
  readonly token: string;
  /** Base of Discord's REST API; discord.js's own when undefined. */
  readonly apiUrl?: string | undefined;
}

export interface RunningDiscord {
  readonly client: Client<true>;
  /** Resolves when Discord has ended the connection for good, to why and what mends it; never after `close`. */
  readonly ended: Promise<DiscordSetupError>;
  /** Takes no more interactions, waits up to 5 s for those under way, and disconnects. */
  close(): Promise<void>;
}

const application = z.object({ id: z.string() });

/** How long `close` waits for commands under way, in milliseconds. */
const CLOSE_WITHIN = 5_000;
/** A server that is down at Discord must not keep the others waiting; in milliseconds. */
const WAIT_FOR_GUILDS = 1_000;

/**
 * Logs in, registers the commands where they changed, and answers interactions until closed. discord.js reconnects.
 *
 * @throws DiscordSetupError for a token or intents that Discord does not accept
 */
export async function startDiscord(options: DiscordOptions): Promise<RunningDiscord> {
  const { token, apiUrl, guildId, moderation, record, logger } = options;
  const client = createClient(apiUrl);
  const names = moderation.registry.commands.map(({ name }) => name);
  const commandPermissions = watchCommandPermissions(client, { names, guildId, logger });
  const serverRoles = createServerRoles(client, logger);
  const interactions = createInteractions({ ...options, commandPermissions, serverRoles });
  client.on(Events.InteractionCreate, interactions.take);
  report(client, logger);
  const ready = await logIn(client, token);
  await registerAtStart(ready, options);
  const log = record && createModLog({ ...record, moderation, rest: ready.rest, clock: Date, logger });
  log?.start();
  const { promise: ended, resolve: end } = Promise.withResolvers<DiscordSetupError>();
  const unsubscribe = onEnd(client, end);
  return {
    client: ready,
    ended,
    async close() {
      unsubscribe();
      client.off(Events.InteractionCreate, interactions.take);
      commandPermissions.close();
      const left = await interactions.settle(CLOSE_WITHIN);
      if (left > 0) logger.warn({ left }, 'commands were still under way when Discord was closed');
      await log?.close();
      // While it is destroyed, discord.js reports that it reconnects.
      client.removeAllListeners(Events.ShardReconnecting);
      await client.destroy();
    },
  };
}

/**
 * Registers the commands without connecting to the gateway.
 *
 * @returns whether anything had changed
 * @throws DiscordSetupError for a token that Discord does not accept; discord.js's error for any other refusal
 */
export async function registerCommands(
  options: Pick<DiscordOptions, 'token' | 'apiUrl' | 'guildId'> & { readonly registry: Registry },
): Promise<boolean> {
  const rest = new REST(restOptions(options.apiUrl)).setToken(options.token);
  try {
    const { id } = application.parse(await rest.get(Routes.currentApplication()));
    const to = { rest, applicationId: id, guildId: options.guildId };
    return await replaceCommands(to, bodiesOf(options.registry));
  } catch (error) {
    throw describe(error).status === 401 ? new DiscordSetupError(BAD_TOKEN, { cause: error }) : error;
  }
}

/** What was registered before still works, so a refusal is no reason not to start. */
async function registerAtStart(client: Client<true>, options: DiscordOptions): Promise<void> {
  const { guildId, moderation, logger } = options;
  const to = { rest: client.rest, applicationId: client.application.id, guildId };
  try {
    const changed = await replaceCommands(to, bodiesOf(moderation.registry));
    logger.info({ changed, guildId }, 'the commands are registered at Discord');
  } catch (error) {
    logger.error({ guildId, failure: describe(error) }, 'Discord did not register the commands');
  }
}

/**
 * Edits of interaction replies do not count toward Discord's limit of 50 requests a second, but discord.js counts
 * them; what Discord itself answers about limits is still obeyed (docs.discord.com/developers/topics/rate-limits).
 */
const restOptions = (apiUrl: string | undefined) => ({
  globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  ...(apiUrl !== undefined && { api: apiUrl }),
});

function createClient(apiUrl: string | undefined): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    // Keeps the channel that an interaction brings, which tells the parent of a thread.
    partials: [Partials.Channel],
    makeCache: Options.cacheWithLimits(withoutCaches),
    waitGuildTimeout: WAIT_FOR_GUILDS,
    rest: restOptions(apiUrl),
  });
}

/** An unrecoverable end is worth an error; everything else discord.js mends by itself. */
function report(client: Client, logger: DiscordLogger): void {
  client.on(Events.Error, (error) =>
    logger.error({ failure: describe(error) }, 'discord.js reports an error'),
  );
  client.on(Events.Warn, (text) => logger.warn({ text }, 'discord.js warns'));
  client.on(Events.ShardError, (error) =>
    logger.warn({ failure: describe(error) }, 'the connection to Discord had an error'),
  );
  client.on(Events.ShardReconnecting, () => logger.info({}, 'reconnecting to Discord'));
  client.on(Events.ShardResume, (_id, replayed) =>
    logger.info({ replayed }, 'the connection to Discord resumed'),
  );
  client.on(Events.ShardDisconnect, ({ code }) =>
    logger.error({ code }, 'Discord ended the connection for good'),
  );
}

/** Resolves when the client is ready. A client that could not log in is destroyed. */
async function logIn(client: Client, token: string): Promise<Client<true>> {
  const { promise, resolve, reject } = Promise.withResolvers<Client<true>>();
  const refuse = ({ code }: { code: number }) => reject(endedWith(code));
  client.once(Events.ClientReady, resolve);
  client.once(Events.ShardDisconnect, refuse);
  try {
    const [ready] = await Promise.all([promise, client.login(token)]);
    return ready;
  } catch (error) {
    await client.destroy();
    throw describe(error).code === 'TokenInvalid'
      ? new DiscordSetupError(BAD_TOKEN, { cause: error })
      : error;
  } finally {
    client.off(Events.ShardDisconnect, refuse);
  }
}
