// The product without its surfaces: the services it talks to, the Chat client, and what stands on it.
import { createChatClient } from './chat/client.ts';
import type { ChatConfig, Config, DiscordConfig } from './config.ts';
import type { Logger } from './logger.ts';
import { createMarshal, type Marshal } from './marshal.ts';
import { type ChatSandbox, sandboxGroup, startChatSandbox, startSandbox } from './sandbox/start.ts';

/** The services that the product talks to: the configured ones, or the sandbox. */
export interface Services {
  readonly chat: ChatConfig;
  /** `null`: no Discord. */
  readonly discord: DiscordConfig | null;
  /** The stand-in for Chat, where it is one. */
  readonly sandbox: ChatSandbox | null;
  close(): Promise<void>;
}

export interface Product {
  readonly marshal: Marshal;
  /** Group that commands act on where none is named. */
  readonly defaultGroup: string | undefined;
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

/**
 * Puts the parts together on one Chat app and its record. Nothing is sent yet.
 * @param shared beside another process on the same record: for a program that carries out one command
 * @throws StoreError when the record cannot be opened
 */
export async function openProduct(
  chatConfig: ChatConfig,
  databaseUrl: string,
  logger: Logger,
  { shared }: { readonly shared: boolean },
): Promise<Product> {
  const { openStore } = await import('./store/store.ts');
  const store = await openStore(databaseUrl, { clock: Date, logger, shared });
  const chat = createChatClient({ ...chatConfig, logger });
  const marshal = createMarshal({ chat, clock: Date, recorder: { cases: store.cases, logger } });
  return {
    marshal,
    defaultGroup: chatConfig.group,
    async close() {
      await chat.close();
      await store.close();
    },
  };
}
