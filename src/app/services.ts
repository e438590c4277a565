// The services that the bot talks to: the configured ones, or stand-ins for both, started here.
import { type ChatSandbox, sandboxGroup, startChatSandbox, startSandbox } from '../sandbox/start.ts';
import type { ChatConfig, Config, DiscordConfig } from './config.ts';
import type { Logger } from './logger.ts';

/** The services that the bot talks to: the configured ones, or the sandbox. */
export interface Services {
  readonly chat: ChatConfig;
  /** `null`: no Discord. */
  readonly discord: DiscordConfig | null;
  /** The stand-in for Chat, where it is one. */
  readonly sandbox: ChatSandbox | null;
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
