// The program as people start it: processes on one record and one sandbox, which outlives them.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../src/sandbox/chat/index.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string }>;
  /** Resolves when the output holds the text. */
  says(text: string): Promise<void>;
  /** Types a line. */
  type(line: string): void;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface ProgramStage {
  readonly chat: ChatService;
  /** Where the processes work; the record is `data/chat-marshal.db` in it. */
  readonly directory: string;
  start(argv: readonly string[], command?: string, before?: readonly string[]): Started;
  /** Ends all processes. */
  close(): Promise<void>;
}

export async function setProgramStage(): Promise<ProgramStage> {
  const chat = await startChatService({ app: sandboxApp });
  fillDefaultWorld(chat.world);
  const directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
  const children: ChildProcess[] = [];
  const env = {
    ...process.env,
    CHAT_SDK_APP_ID: String(sandboxApp.sdkAppId),
    CHAT_SECRET_KEY: sandboxApp.secretKey,
    CHAT_API_URL: chat.url,
    CHAT_GROUP_ID: 'guild',
    DATABASE_URL: `sqlite:${join(directory, 'data/chat-marshal.db')}`,
  };
  return {
    chat,
    directory,
    start(argv, command = process.execPath, before = [main]) {
      const child = spawn(command, [...before, ...argv], { cwd: directory, env });
      children.push(child);
      return watch(child);
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await chat.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function watch(child: ReturnType<typeof spawn>): Started {
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  );
  return {
    child,
    ended,
    says: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!output.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    type: (line) => void child.stdin?.write(`${line}\n`),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves once something is so; looks every few milliseconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5);
}
