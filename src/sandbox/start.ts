// Starts the stand-ins for both clouds, with the default world or one from a file.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookTarget } from './chat/acts/webhooks.ts';
import {
  type ChatApp,
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from './chat/index.ts';
import { readWorldFile, restoreWorld, snapshotOf, type WorldFile } from './chat/state/index.ts';
import type { SandboxLogger } from './chat/wire/service.ts';
import { type MovableClock, movableClock } from './clock.ts';
import { serveControl } from './control/control.ts';
import type { ControlParts } from './control/parts.ts';
import type { DiscordService } from './discord/index.ts';
import { readWorld, writeWorld } from './world-file.ts';

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
  /** What the world starts as, in place of the default one: a file's path, or its content. */
  readonly world?: string | WorldFile;
  /** Where Chat's webhooks go. */
  readonly webhook?: WebhookTarget;
  /** Whether calls over their documented cap are refused with 60007; true unless told. */
  readonly rateLimits?: boolean;
  readonly logger?: SandboxLogger;
}

export interface ChatSandbox {
  readonly app: ChatApp;
  readonly chat: ChatService;
  /** The time of the Chat stand-in: it runs with the machine's until it is moved. */
  readonly clock: MovableClock;
  /** The world as it is now, to start from another time. */
  snapshot(): WorldFile;
  /** Writes the world to the file. @returns its path @throws the system's error */
  save(path: string): Promise<string>;
  close(): Promise<void>;
}

export interface Sandbox extends ChatSandbox {
  readonly discord: DiscordService;
}

/** Group of the default world that commands act on where none is named. */
export const sandboxGroup = 'guild';

/**
 * Starts the Chat service alone.
 * @throws the system's error when the port cannot be used, WorldFileFault for a world file that makes no sense
 */
export async function startChatSandbox(options: SandboxOptions = {}): Promise<ChatSandbox> {
  return (await startChat(options)).sandbox;
}

/**
 * Starts both.
 * @throws the system's error when a port cannot be used, WorldFileFault for a world file that makes no sense
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { sandbox, control } = await startChat(options);
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
    control.discord = discord;
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

/** The control answers once the services are there. */
interface Control {
  parts?: ControlParts;
  discord?: DiscordService;
}

async function startChat(options: SandboxOptions): Promise<{ sandbox: ChatSandbox; control: Control }> {
  const { chatPort: port = 0, host = '127.0.0.1', logger, webhook, rateLimits } = options;
  const world = typeof options.world === 'string' ? await readWorld(options.world) : options.world;
  const file = world === undefined ? undefined : readWorldFile(world);
  const app = { ...sandboxApp, ...options.app };
  const clock = file?.clock === undefined ? movableClock() : movableClock(Date.parse(file.clock));
  const control: Control = {};
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (control.parts === undefined) response.destroy();
    else void serveControl({ ...control.parts, discord: control.discord }, request, response);
  };
  const chat = await startChatService({
    ...{ app, port, host, clock, control: answer },
    ...(logger && { logger }),
    ...(webhook && { webhook }),
    ...(rateLimits !== undefined && { rateLimits }),
  });
  if (file === undefined) fillDefaultWorld(chat.world);
  else restoreWorld(chat.world, file, app.admins);

  const snapshot = () => snapshotOf(chat.world, new Date(clock.now()).toISOString());
  const save = (path: string) => writeWorld(path, snapshot());
  const path = typeof options.world === 'string' ? options.world : undefined;
  control.parts = {
    ...{ chat, clock, admins: app.admins, logger },
    ...(path !== undefined && { save: () => save(path) }),
  };
  return { sandbox: { app, chat, clock, snapshot, save, close: () => chat.close() }, control };
}
