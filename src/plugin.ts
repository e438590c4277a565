// Public entry: adds the commands to a discord.js client that an application already runs.
import { type Client, Events } from 'discord.js';
import { createLogger } from './app/logger.ts';
import { openModeration, settingsContext } from './app/open.ts';
import type { RuleBook } from './automod/reader.ts';
import { baseUrlOf, type Region } from './chat/client/request.ts';
import { type Message, message } from './i18n/message.ts';
import { onceReady } from './pipeline/readiness.ts';
import { type LateSettings, openLate } from './settings/late.ts';
import { openStore as openStoreWith, type Store } from './store/store.ts';
import { type DiscordSetupError, onEnd } from './surfaces/discord/ending.ts';
import { describe } from './surfaces/discord/errors.ts';
import { createInteractions } from './surfaces/discord/interactions.ts';
import { createModLog } from './surfaces/discord/log/mod-log.ts';
import type { DiscordLogger } from './surfaces/discord/logger.ts';
import { bodiesOf } from './surfaces/discord/registration/bodies.ts';
import { addCommands } from './surfaces/discord/registration/register.ts';
import { watchCommandPermissions } from './surfaces/discord/rights/command-permissions.ts';
import { createServerRoles } from './surfaces/discord/rights/server-roles.ts';

export type { Region } from './chat/client/request.ts';
export type { Store } from './store/store.ts';
export type { DiscordSetupError } from './surfaces/discord/ending.ts';
export type { DiscordLogger } from './surfaces/discord/logger.ts';

/** The Tencent Cloud Chat application. */
export interface ChatApplication {
  readonly sdkAppId: number;
  readonly secretKey: string;
  /** App admin account that signs the calls. Default: `administrator`. */
  readonly admin?: string;
  /** Where the application's data is. Default: `singapore`. */
  readonly region?: Region;
  /** Replaces the region's address. */
  readonly apiUrl?: string;
}

/** What the commands act on and how they behave; only `chat` is needed. */
export interface ChatMarshalOptions {
  readonly chat: ChatApplication;
  /** Chat group that a command acts on when it names none. */
  readonly groupId?: string;
  /** Chat account of a Discord user, with `{id}` and `{username}` in it. Default: `{id}`. */
  readonly accountTemplate?: string;
  /** The only server to take commands from and to register them in. Default: all of them. */
  readonly guildId?: string;
  /** Whether to add the commands to the application's own. Default: true. */
  readonly register?: boolean;
  /**
   * Where cases are kept, from `openStore`; whoever opened it closes it, after `detach`. With it, cases are told in the
   * log of their group, what was done for a while is taken back in time, and what an earlier run left is settled.
   * Default: nothing is recorded or undone.
   */
  readonly store?: Pick<Store, 'cases' | 'links' | 'places'>;
  /**
   * Path of a settings file, such as `marshal.yaml`; read again when it changes. While it cannot be used from the
   * start, the log says why and every command is refused. Default: no file, and the defaults hold.
   */
  readonly settings?: string;
  /**
   * Called when Discord has ended the connection of the client for good (a token that counts no more, intents that are
   * not allowed): nothing more will come of it. The message says what mends it, and is logged, too.
   */
  onDisconnect?(problem: DiscordSetupError): void;
  /** A pino logger fits. Default: JSON lines on standard output, without the secret key. */
  readonly logger?: DiscordLogger;
}

/**
 * Opens where cases are kept, for `attachChatMarshal`: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
 * @param options `logger` is told what the store does by itself. Default: JSON lines on standard output.
 * @throws Error that names the database, what is wrong, and what would be right; never a password
 */
export const openStore = (
  url: string,
  { logger = ownLogger([]) }: { readonly logger?: DiscordLogger } = {},
): Promise<Store> => openStoreWith(url, { clock: Date, logger });

/** The running commands on a client. */
export interface AttachedChatMarshal {
  /**
   * Takes no more commands, waits up to 5 s for those under way, ends the log and the timers, lets members be told what
   * was done, and closes the connections to Chat. The client and the store stay open.
   */
  detach(): Promise<void>;
}

/** How long `detach` waits for commands under way, in milliseconds. */
const DETACH_WITHIN = 5_000;

/**
 * Lets a discord.js client answer the moderation commands, beside whatever else it does. Interactions that are not
 * ours are left alone, and so are the client's options and its other commands. The client needs no intents and no
 * caches for it; with many commands a second, give it `rest: { globalRequestsPerSecond: Infinity }`, for discord.js
 * counts edits of replies that Discord does not count.
 *
 * @example
 * ```ts
 * import { attachChatMarshal } from 'chat-marshal';
 * import { Client, GatewayIntentBits } from 'discord.js';
 *
 * const client = new Client({ intents: [GatewayIntentBits.Guilds] });
 * const moderation = attachChatMarshal(client, {
 *   chat: { sdkAppId: 1400000000, secretKey: process.env.CHAT_SECRET_KEY ?? '' },
 *   groupId: '@TGS#2J4SZEAEL',
 *   guildId: '1100000000000000001',
 * });
 * await client.login(process.env.DISCORD_TOKEN);
 * // and when the application ends:
 * await moderation.detach();
 * ```
 * @throws TypeError when `chat.apiUrl` is no URL
 */
export function attachChatMarshal(client: Client, options: ChatMarshalOptions): AttachedChatMarshal {
  const { groupId, guildId, accountTemplate = '{id}', register = true } = options;
  const logger = options.logger ?? ownLogger([options.chat.secretKey]);
  const { moderation, taking, connected, close } = openParts(client, options, logger);
  const names = moderation.registry.commands.map(({ name }) => name);
  const commandPermissions = watchCommandPermissions(client, { names, guildId, logger });
  const interactions = createInteractions({
    moderation: taking,
    commandPermissions,
    serverRoles: createServerRoles(client, logger),
    accountTemplate,
    guildId,
    defaultGroup: groupId,
    logger,
  });

  async function addOurs(ready: Client<true>): Promise<void> {
    const to = { rest: ready.rest, applicationId: ready.application.id, guildId };
    try {
      const changed = await addCommands(to, bodiesOf(moderation.registry));
      logger.info({ changed, guildId }, 'the commands are registered at Discord');
    } catch (error) {
      logger.error({ guildId, failure: describe(error) }, 'Discord did not register the commands');
    }
  }
  const whenReady = (ready: Client<true>) => {
    if (register) void addOurs(ready);
    connected();
  };

  const unsubscribe = onEnd(client, (problem) => {
    logger.error({ failure: describe(problem) }, 'Discord ended the connection for good');
    options.onDisconnect?.(problem);
  });
  client.on(Events.InteractionCreate, interactions.take);
  if (client.isReady()) whenReady(client);
  else client.once(Events.ClientReady, whenReady);

  return {
    async detach() {
      unsubscribe();
      client.off(Events.InteractionCreate, interactions.take);
      client.off(Events.ClientReady, whenReady);
      commandPermissions.close();
      const left = await interactions.settle(DETACH_WITHIN);
      if (left > 0) logger.warn({ left }, 'commands were still under way at the end');
      await close();
    },
  };
}

const ownLogger = (secrets: readonly string[]): DiscordLogger =>
  createLogger({ level: 'info', secrets, output: process.stdout });

/** All that stands between the client and Chat; what needs right settings begins when they are there. */
function openParts(client: Client, options: ChatMarshalOptions, logger: DiscordLogger) {
  const { store } = options;
  const settings = options.settings === undefined ? undefined : openLateSettings(options.settings, logger);
  const { moderation, maintenance, close } = openModeration({
    chat: chatOptions(options.chat),
    clock: Date,
    logger,
    store,
    settings,
  });
  const log = store && createModLog({ ...store, moderation, clock: Date, logger, rest: client.rest });
  const inForce = settings?.inForce ?? Promise.resolve();
  void inForce.then(() => maintenance?.start());
  return {
    moderation,
    /** What takes requests: nobody, while the settings are faulty. */
    taking: settings === undefined ? moderation : onceReady(moderation, () => faultOf(settings)),
    /** Discord can be written to. */
    connected: () => void inForce.then(() => log?.start()),
    async close() {
      await log?.close();
      await close();
    },
  };
}

const openLateSettings = (path: string, logger: DiscordLogger): LateSettings<RuleBook> =>
  openLate(path, { ...settingsContext, logger, watch: true });

/** While the settings are not in force, the defaults could allow what somebody meant to forbid. */
const faultOf = async (settings: LateSettings<RuleBook>): Promise<Message | null> =>
  (await settings.areInForce()) ? null : message('refused.settingsFaulty');

function chatOptions({ sdkAppId, secretKey, admin = 'administrator', region, apiUrl }: ChatApplication) {
  return { sdkAppId, secretKey, admin, baseUrl: apiUrl ?? baseUrlOf(region ?? 'singapore') };
}
