// Opens the bot on its services and closes it again, for the program and for the plugin alike.

import { commands } from '../../commands/index.ts';
import { createRulesReader, type RuleBook } from '../automod/reader.ts';
import type { Chat } from '../chat/chat.ts';
import { createChatClient } from '../chat/client/client.ts';
import { settingsCommands } from '../command/command.ts';
import { createMaintenance, type Maintenance } from '../jobs/maintenance.ts';
import { createRecentMessages, type RecentMessages } from '../moderation/groups/recent.ts';
import type { CurrentSettings } from '../moderation/settings.ts';
import { createModerationService, type ModerationService } from '../pipeline/service.ts';
import { openSettings } from '../settings/file.ts';
import type { SettingsContext } from '../settings/read.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { ChatConfig } from './config.ts';
import type { Logger } from './logger.ts';

/** What the settings may name, every command there is, and what reads their rules. */
export const settingsContext: SettingsContext<RuleBook> = {
  commands: settingsCommands(commands),
  rules: createRulesReader(commands),
};

export interface OpenOptions {
  readonly chat: Pick<ChatConfig, 'sdkAppId' | 'secretKey' | 'admin' | 'baseUrl'>;
  readonly clock: Clock;
  readonly logger: Log;
  /** Without it nothing is recorded or undone; whoever opened it closes it. */
  readonly store: Pick<Store, 'cases' | 'links' | 'places'> | undefined;
  /** Without it the defaults hold. */
  readonly settings: { readonly current: CurrentSettings; close(): Promise<void> } | undefined;
}

export interface Opened {
  readonly chat: Chat;
  /** What webhooks tell of live rooms. */
  readonly recent: RecentMessages;
  readonly moderation: ModerationService;
  /** What runs by itself; absent where nothing is recorded. */
  readonly maintenance: Maintenance | undefined;
  /** Lets running calls and notices finish, and closes the settings and the connections to Chat. */
  close(): Promise<void>;
}

/** Puts the bot together. Nothing is sent yet, and nothing runs by itself before `maintenance` is started. */
export function openModeration({ chat, clock, logger, store, settings }: OpenOptions): Opened {
  const client = createChatClient({ ...chat, clock: () => clock.now(), logger });
  const recent = createRecentMessages();
  const moderation = createModerationService({
    commands,
    chat: client,
    clock,
    recent,
    ...(store && { recorder: { ...store, logger } }),
    ...(settings && { settings: settings.current }),
  });
  const maintenance = store && createMaintenance({ moderation, cases: store.cases, clock, logger });
  return {
    chat: client,
    recent,
    moderation,
    maintenance,
    async close() {
      await maintenance?.close();
      await moderation.settle();
      await settings?.close();
      await client.close();
    },
  };
}

/** The bot with its settings file and its record. */
export interface App {
  readonly chat: Chat;
  readonly recent: RecentMessages;
  readonly moderation: ModerationService;
  readonly record: Pick<Store, 'cases' | 'links' | 'places' | 'groups'>;
  /** Group that commands act on where none is named. */
  readonly defaultGroup: string | undefined;
  /** Settles what an earlier run left, and ends what is due from then on; for the one process that stays. */
  startMaintenance(): void;
  /** Lets running calls finish. */
  close(): Promise<void>;
}

/** What the bot stands on besides Chat. */
export interface AppOptions {
  readonly databaseUrl: string;
  /** `undefined`: `marshal.yaml`, where there is one. */
  readonly settingsFile: string | undefined;
  /** Where the path of the settings file starts. */
  readonly directory: string;
  /** Beside another process on the same record: for a program that carries out one command. */
  readonly shared: boolean;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * Opens the bot on one Chat app, its settings and its record. Nothing is sent yet.
 * @throws SettingsProblem when the settings file cannot be used
 * @throws StoreError when the record cannot be opened
 */
export async function openApp(
  chat: ChatConfig,
  { databaseUrl, settingsFile, directory, shared, clock = Date }: AppOptions,
  logger: Logger,
): Promise<App> {
  const settings = await openSettings(settingsFile, {
    ...settingsContext,
    directory,
    logger,
    // One command is over before its settings change.
    watch: !shared,
  });
  const { openStore } = await import('../store/store.ts');
  const store = await openStore(databaseUrl, { clock, logger, shared }).catch(async (error: unknown) => {
    await settings.close();
    throw error;
  });
  const opened = openModeration({ chat, clock, logger, store, settings });
  const { moderation, maintenance, close } = opened;
  return {
    chat: opened.chat,
    recent: opened.recent,
    moderation,
    record: store,
    defaultGroup: chat.group,
    startMaintenance: () => maintenance?.start(),
    async close() {
      await close();
      await store.close();
    },
  };
}
