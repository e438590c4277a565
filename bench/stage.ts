// Both stand-ins and one bot in a process of its own.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
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
  /** Microseconds of CPU that the bot has used since it started. */
  cpu(): Promise<number>;
  close(): Promise<void>;
}

const startedMessage = z.object({ ready: z.number(), rss: z.number() });
const cpuMessage = z.object({ cpu: z.number() });

/**
 * @param bot path of the script that is the bot, from this folder
 * @param more what its environment holds besides
 */
export async function startStage(bot: string, more: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const chat = await startChatService({ app: sandboxApp, rateLimits: false });
  fillDefaultWorld(chat.world);
  const discord = await startDiscordService();
  const folder = mkdtempSync(join(tmpdir(), 'chat-marshal-bench-'));
  const env = {
    ...process.env,
    ...more,
    BENCH_TOKEN: discord.token,
    BENCH_API: discord.api,
    BENCH_GUILD: discord.guildId,
    BENCH_CHAT_URL: chat.url,
    BENCH_KEY: sandboxApp.secretKey,
    BENCH_DATABASE: join(folder, 'bench.db'),
  };
  const stdio = [
    'ignore',
    'inherit',
    process.env.BENCH_LOG === undefined ? 'ignore' : 'inherit',
    'ipc',
  ] as const;
  const child = fork(new URL(bot, import.meta.url), { env, stdio: [...stdio] });
  const started = startedMessage.parse(await messageOf(child));
  return {
    discord,
    started,
    async cpu() {
      child.send('cpu');
      return cpuMessage.parse(await messageOf(child)).cpu;
    },
    async close() {
      child.kill();
      await once(child, 'exit');
      await discord.close();
      await chat.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const [message]: unknown[] = await once(child, 'message');
  return message;
}
