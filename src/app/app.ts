// The product without its surfaces: the services it talks to, the Chat client, and what stands on it.
import { commands } from '../../commands/index.ts';
import { createChatClient } from '../chat/client/client.ts';
import { settingsCommands } from '../command/command.ts';
import { createMaintenance } from '../jobs/maintenance.ts';
import { createModerationService, type ModerationService } from '../pipeline/service.ts';
import { type ChatSandbox, sandboxGroup, startChatSandbox, startSandbox } from '../sandbox/start.ts';
import { openSettings } from '../settings/file.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { ChatConfig, Config, DiscordConfig } from './config.ts';
import type { Logger } from './logger.ts';

/** The services that the product talks to: the configured ones, or the sandbox. */
export interface Services {
  readonly chat: ChatConfig;
  /** `null`: no Discord. */
  readonly discord: DiscordConfig | null;
  /** The stand-in for Chat, where it is one. */
  readonly sandbox: ChatSandbox | null;
  close(): Promise<void>;
}

export interface App {
  readonly moderation: ModerationService;
  readonly record: Pick<Store, 'cases' | 'places'>;
  /** Group that commands act on where none is named. */
  readonly defaultGroup: string | undefined;
  /** Settles what an earlier run left, and ends what is due from then on; for the one process that stays. */
  startMaintenance(): void;
  /** Lets running calls finish. */
  close(): Promise<void>;
}

/** The configured services; where nothing is configured, stand-ins for both, started here. */
export async function openServices(config: Config, logger: Logger): Promise<Services> {
  if (config.chat !== null) return configured(config.chat, config.discord);
  const sandbox = await startSandbox({ logger });
  const { api, token, guildId } = sandbox.discord;
  return { ...onSandbox(sandbox), discord: { token, apiUrl: api, guildId } };
}

/** The same without Discord, which a single command does without: its stand-in is slow to load. */
export async function openChatService(config: Config, logger: Logger): Promise<Services> {
  return config.chat === null
    ? onSandbox(await startChatSandbox({ logger }))
    : configured(config.chat, config.discord);
}

const configured = (chat: ChatConfig, discord: DiscordConfig | null): Services => ({
  chat,
  discord,
  sandbox: null,
  close: () => Promise.resolve(),
});

function onSandbox(sandbox: ChatSandbox): Services {
  const { sdkAppId, secretKey, admins } = sandbox.app;
  const [admin = ''] = admins;
  return {
    chat: { sdkAppId, secretKey, admin, baseUrl: sandbox.chat.url, group: sandboxGroup },
    discord: null,
    sandbox,
    close: () => sandbox.close(),
  };
}

/** What the product stands on besides Chat. */
export interface Ground {
  readonly databaseUrl: string;
  /** `undefined`: `marshal.yaml`, where there is one. */
  readonly settingsFile: string | undefined;
  /** Where the path of the settings file starts. */
  readonly directory: string;
  /** Beside another process on the same record: for a program that carries out one command. */
  readonly shared: boolean;
  /** The machine's unless told. */
  readonly clock?: Clock;
}

/**
 * Puts the parts together on one Chat app, its settings and its record. Nothing is sent yet.
 * @throws SettingsProblem when the settings file cannot be used
 * @throws StoreError when the record cannot be opened
 */
export async function openApp(
  chatConfig: ChatConfig,
  { databaseUrl, settingsFile, directory, shared, clock = Date }: Ground,
  logger: Logger,
): Promise<App> {
  // One command is over before its settings change.
  const settings = await openSettings(settingsFile, {
    commands: settingsCommands(commands),
    directory,
    logger,
    watch: !shared,
  });
  const { openStore } = await import('../store/store.ts');
  const store = await openStore(databaseUrl, { clock, logger, shared }).catch(async (error: unknown) => {
    await settings.close();
    throw error;
  });
  const chat = createChatClient({ ...chatConfig, clock: () => clock.now(), logger });
  const moderation = createModerationService({
    chat,
    clock,
    recorder: { ...store, logger },
    settings: settings.current,
  });
  const maintenance = createMaintenance({ moderation, cases: store.cases, clock, logger });
  return {
    moderation,
    record: store,
    defaultGroup: chatConfig.group,
    startMaintenance: maintenance.start,
    async close() {
      await maintenance.close();
      await moderation.settle();
      await settings.close();
      await chat.close();
      await store.close();
    },
  };
}
