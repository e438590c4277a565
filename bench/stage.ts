// Both stand-ins and one bot in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fillDefaultWorld, sandboxApp, startChatService } from '../src/sandbox/chat/index.ts';
import { type DiscordService, startDiscordService } from '../src/sandbox/discord/index.ts';

export interface Started {
  /** Milliseconds from the start of the process to ready. */
  readonly ready: number;
  /** Resident bytes when ready. */
  readonly rss: number;
}

export interface Stage {
  readonly discord: DiscordService;
  readonly started: Started;
  close(): Promise<void>;
}

/** @param bot path of the script in this folder that is the bot */
export async function startStage(bot: string): Promise<Stage> {
  const chat = await startChatService({ app: sandboxApp, rateLimits: false });
  fillDefaultWorld(chat.world);
  const discord = await startDiscordService();
  const env = {
    ...process.env,
    BENCH_TOKEN: discord.token,
    BENCH_API: discord.api,
    BENCH_GUILD: discord.guildId,
    BENCH_CHAT_URL: chat.url,
    BENCH_KEY: sandboxApp.secretKey,
  };
  const child = fork(new URL(bot, import.meta.url), { env });
  const started = await readyOf(child);
  return {
    discord,
    started,
    async close() {
      child.kill();
      await once(child, 'exit');
      await discord.close();
      await chat.close();
    },
  };
}

async function readyOf(child: ChildProcess): Promise<Started> {
  const [message]: unknown[] = await once(child, 'message');
  if (typeof message !== 'object' || message === null || !('ready' in message) || !('rss' in message)) {
    throw new Error('the bot said something else than that it is ready');
  }
  return { ready: Number(message.ready), rss: Number(message.rss) };
}
