// Starts the stand-ins for both clouds with their default worlds.
import {
  type ChatApp,
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from './chat/index.ts';
import type { SandboxLogger } from './chat/wire/service.ts';
import type { DiscordService } from './discord/index.ts';

export interface SandboxOptions {
  /** 0, any free one, unless told. */
  readonly chatPort?: number;
  readonly discordPort?: number;
  /** `127.0.0.1` unless told. */
  readonly host?: string;
  /** Replaces parts of the sandbox's own app. */
  readonly app?: Partial<ChatApp>;
  /** Replaces the sandbox's own bot token. */
  readonly token?: string;
  readonly logger?: SandboxLogger;
}

export interface ChatSandbox {
  readonly app: ChatApp;
  readonly chat: ChatService;
  close(): Promise<void>;
}

export interface Sandbox extends ChatSandbox {
  readonly discord: DiscordService;
}

/** Group of the default world that commands act on where none is named. */
export const sandboxGroup = 'guild';

/**
 * Starts the Chat service alone.
 * @throws the system's error when the port cannot be used
 */
export async function startChatSandbox(options: SandboxOptions = {}): Promise<ChatSandbox> {
  const { chatPort: port = 0, host = '127.0.0.1', logger } = options;
  const app = { ...sandboxApp, ...options.app };
  const chat = await startChatService({ app, port, host, ...(logger && { logger }) });
  fillDefaultWorld(chat.world);
  return { app, chat, close: () => chat.close() };
}

/**
 * Starts both.
 * @throws the system's error when a port cannot be used
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startChatSandbox(options);
  try {
    // Its HTTP server takes a while to load, and a single command does without it.
    const { startDiscordService } = await import('./discord/index.ts');
    const { discordPort: port = 0, host = '127.0.0.1', token, logger } = options;
    const discord = await startDiscordService({
      port,
      host,
      ...(token && { token }),
      ...(logger && { logger }),
    });
    return {
      ...sandbox,
      discord,
      close: async () => void (await Promise.all([sandbox.close(), discord.close()])),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
