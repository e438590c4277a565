// Public entry: adds the commands to a discord.js client that an application already runs.
import { type Client, Events } from 'discord.js';
import { pino } from 'pino';
import { createChatClient } from './chat/client.ts';
import { baseUrlOf, type Region } from './chat/request.ts';
import { createMarshal } from './marshal.ts';
import type { Store } from './store/store.ts';
import { watchCommandPermissions } from './surfaces/discord/command-permissions.ts';
import { describe } from './surfaces/discord/errors.ts';
import { createInteractions } from './surfaces/discord/interactions.ts';
import type { DiscordLogger } from './surfaces/discord/logger.ts';
import { addCommands } from './surfaces/discord/register.ts';
import { bodiesOf } from './surfaces/discord/registration.ts';

export type { Region } from './chat/request.ts';
export { openStore, type Store } from './store/store.ts';
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
  /** Where cases are kept, from `openStore`; whoever opened it closes it. Default: nothing is recorded or undone. */
  readonly store?: Pick<Store, 'cases' | 'links' | 'places'>;
  /** A pino logger fits. Default: pino on standard output. */
  readonly logger?: DiscordLogger;
}

export interface AttachedChatMarshal {
  /** Takes no more commands, waits up to 5 s for those under way, and closes the connections to Chat. */
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
 * const marshal = attachChatMarshal(client, {
 *   chat: { sdkAppId: 1400000000, secretKey: process.env.CHAT_SECRET_KEY ?? '' },
 *   groupId: '@TGS#2J4SZEAEL',
 *   guildId: '1100000000000000001',
 * });
 * await client.login(process.env.DISCORD_TOKEN);
 * // and when the application ends:
 * await marshal.detach();
 * ```
 * @throws TypeError when `chat.apiUrl` is no URL
 */
export function attachChatMarshal(client: Client, options: ChatMarshalOptions): AttachedChatMarshal {
  const { groupId, guildId, accountTemplate = '{id}', register = true } = options;
  const logger = options.logger ?? pino({ name: 'chat-marshal' });
  const chat = createChatClient({ ...chatOptions(options.chat), logger });
  const recorder = options.store && { ...options.store, logger };
  const marshal = createMarshal({ chat, clock: Date, ...(recorder && { recorder }) });
  const names = marshal.registry.commands.map(({ name }) => name);
  const commandPermissions = watchCommandPermissions(client, { names, guildId, logger });
  const interactions = createInteractions({
    marshal,
    commandPermissions,
    accountTemplate,
    guildId,
    defaultGroup: groupId,
    logger,
  });

  async function addOurs(ready: Client<true>): Promise<void> {
    const to = { rest: ready.rest, applicationId: ready.application.id, guildId };
    try {
      const changed = await addCommands(to, bodiesOf(marshal.registry));
      logger.info({ changed, guildId }, 'the commands are registered at Discord');
    } catch (error) {
      logger.error({ guildId, failure: describe(error) }, 'Discord did not register the commands');
    }
  }
  const whenReady = (ready: Client<true>) => void addOurs(ready);

  client.on(Events.InteractionCreate, interactions.take);
  if (register && client.isReady()) whenReady(client);
  else if (register) client.once(Events.ClientReady, whenReady);

  return {
    async detach() {
      client.off(Events.InteractionCreate, interactions.take);
      client.off(Events.ClientReady, whenReady);
      commandPermissions.close();
      const left = await interactions.settle(DETACH_WITHIN);
      if (left > 0) logger.warn({ left }, 'commands were still under way at the end');
      await chat.close();
    },
  };
}

function chatOptions({ sdkAppId, secretKey, admin = 'administrator', region, apiUrl }: ChatApplication) {
  return { sdkAppId, secretKey, admin, baseUrl: apiUrl ?? baseUrlOf(region ?? 'singapore') };
}
