// The record across processes: kept between runs, shared by a run beside the bot, owned by one bot.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../src/sandbox/chat/index.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;

let chat: ChatService;
let directory: string;
let children: ChildProcess[];

beforeEach(async () => {
  chat = await startChatService({ app: sandboxApp });
  fillDefaultWorld(chat.world);
  directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await chat.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string }>;
  /** Resolves when the output holds the text. */
  says(text: string): Promise<void>;
}

function start(
  argv: readonly string[],
  command = process.execPath,
  before: readonly string[] = [main],
): Started {
  const env = {
    ...process.env,
    CHAT_SDK_APP_ID: String(sandboxApp.sdkAppId),
    CHAT_SECRET_KEY: sandboxApp.secretKey,
    CHAT_API_URL: chat.url,
    CHAT_GROUP_ID: 'guild',
    DATABASE_URL: `sqlite:${join(directory, 'data/chat-marshal.db')}`,
  };
  const child = spawn(command, [...before, ...argv], { cwd: directory, env });
  children.push(child);
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const look of waiting) look();
    });
  }
  return {
    child,
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, output }))),
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
  };
}

describe('the record', () => {
  it('is kept between runs', async () => {
    expect((await start(['run', '/promote @bob']).ended).output).toContain('Case 1');
    expect(existsSync(join(directory, 'data/chat-marshal.db'))).toBe(true);
    const undone = await start(['run', '/undo']).ended;
    expect(undone).toMatchObject({ code: 0, output: expect.stringContaining('/promote was undone') });
    expect(chat.world.member('guild', 'bob')?.role).toBe('Member');
  });

  it('is shared by a run beside the bot, and refused to a second bot', async () => {
    const bot = start([]);
    bot.child.stdin?.write('/lock\n');
    await bot.says('Case 1');
    expect((await start(['run', '/unlock']).ended).output).toContain('Case 2');
    const second = await start([]).ended;
    expect(second.code).toBe(1);
    expect(second.output).toMatch(/in use by another process/);
    bot.child.stdin?.write('/case view 2\n');
    await bot.says('Case 2: /unlock, done');
  });

  it('of a killed bot is settled at the next start', async () => {
    const bot = start([]);
    bot.child.stdin?.write('/group\n');
    await bot.says('Moonlight Guild');
    chat.faults.next('modify_group_member_info', { kind: 'slow', ms: 60_000, when: 'after' });
    const reached = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (chat.world.member('guild', 'bob')?.role !== 'Admin') return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    bot.child.stdin?.write('/promote @bob\n');
    await reached;
    bot.child.kill('SIGKILL');
    await bot.ended;
    const next = start([]);
    await next.says('settled cases of an earlier run');
    next.child.stdin?.write('/case view 1\n');
    await next.says('Case 1: /promote, done');
  });
});

describe('a signal to npm', () => {
  it('ends the program behind it', async () => {
    const root = new URL('../..', import.meta.url).pathname;
    const npm = start(['--prefix', root, 'start', '--silent'], 'npm', []);
    npm.child.stdin?.write('/lock\n');
    await npm.says('Case 1');
    npm.child.kill('SIGTERM');
    // The pipes close only when the last process that holds them has ended.
    await npm.ended;
  });
});
