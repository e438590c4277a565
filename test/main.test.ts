// The program as a process of its own: exit codes, streams and signals.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/.bin/node');
const main = join(root, 'src/main.ts');

interface ProcessOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly directory?: string;
  /** What is piped in; `/dev/null` unless told. */
  readonly input?: string;
}

function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

function start(
  argv: readonly string[],
  { environment = {}, directory }: ProcessOptions,
  stdin: 'pipe' | 'ignore',
) {
  const options: SpawnOptions = {
    cwd: directory ?? emptyDirectory(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: [stdin, 'pipe', 'pipe'],
  };
  const child = spawn(node, [main, ...argv], options);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs to the end. */
async function run(argv: readonly string[], options: ProcessOptions = {}) {
  const child = start(argv, options, options.input === undefined ? 'ignore' : 'pipe');
  child.stdin?.end(options.input);
  return finish(child);
}

async function finish(child: ChildProcess) {
  const read = (stream: Readable | null) => (stream === null ? Promise.resolve('') : text(stream));
  const [stdout, stderr, [code, signal]] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    once(child, 'close'),
  ]);
  return { code, signal, stdout, stderr };
}

describe('run', () => {
  test('prints the reply and exits with 0', async () => {
    const { code, stdout } = await run(['run', '/mute @bob 3600']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Bob \(bob\) is muted for 1 hour/);
  });

  test('prints nothing but one JSON object with --json', async () => {
    const { code, stdout } = await run(['run', '--json', '/mute @olivia 3600']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'refused', id: 'refused.owner', requests: [] });
  });

  test('shows no colours where the output is no terminal', async () => {
    const { stdout } = await run(['run', '/mute @bob 60'], { environment: { TERM: 'xterm-256color' } });
    expect(stdout).not.toContain('\u001b');
  });
});

describe('a wrong configuration', () => {
  test('is one message without a stack, and exit code 1', async () => {
    const environment = {
      CHAT_REGION: 'mars',
      CHAT_SDK_APP_ID: 'abc',
      CHAT_SECRET_KEY: 'very secret key',
      DISCORD_GUILD_ID: '1',
    };
    for (const argv of [[], ['run', '/help'], ['register']]) {
      const { code, stdout, stderr } = await run(argv, { environment });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.split('\n').map((line) => line.split(' ')[0])).toEqual([
        'The',
        'DISCORD_GUILD_ID',
        'CHAT_SDK_APP_ID',
        'CHAT_SECRET_KEY',
        'CHAT_REGION',
        'DISCORD_TOKEN',
        '',
      ]);
      expect(stderr).not.toContain('very secret key');
    }
  });

  test('may come from .env', async () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, '.env'), 'CHAT_GROUP_ID=guild\n');
    const { code, stderr } = await run(['run', '/help'], { directory });
    expect(code).toBe(1);
    expect(stderr).toMatch(/CHAT_SDK_APP_ID is missing, but CHAT_GROUP_ID cannot be used without it/);
  });

  test('.env that cannot be read is said, too', async () => {
    const directory = emptyDirectory();
    mkdirSync(join(directory, '.env'));
    const { code, stderr } = await run([], { directory });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The file \.env cannot be read: EISDIR[^\n]+\n$/);
  });
});

describe('the command line', () => {
  test.each([
    [['--help'], 0, /Usage: chat-marshal/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['frobnicate'], 1, /unknown command 'frobnicate'/],
    [['run'], 1, /missing required argument/],
    [['run', '/help', '--nope'], 1, /unknown option '--nope'/],
  ])('%j', async (argv, code, said) => {
    const result = await run(argv);
    expect(result.code).toBe(code);
    expect(result.stdout + result.stderr).toMatch(said);
  });
});

describe('serve', () => {
  test.each([
    ['/mute @bob 60\n/unmute @bob\n', 0, ['done', 'done']],
    ['# only this\n\n/mute @nobody 60\n/help', 1, ['refused', 'answer']],
    ['/mute @bob 60', 0, ['done']],
    ['', 0, []],
  ])('takes %j from a pipe and ends', async (input, code, outcomes) => {
    const result = await run(['--json'], { input });
    const answers = result.stdout.split('\n').filter((line) => line !== '');
    expect(answers.map((line) => JSON.parse(line).outcome)).toEqual(outcomes);
    expect(result.code).toBe(code);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'without input, stays until %s and exits with 0',
    async (signal) => {
      const child = start(['serve'], {}, 'ignore');
      const finished = finish(child);
      child.stderr?.on('data', (chunk: Buffer) => {
        if (String(chunk).includes('This is the sandbox')) child.kill(signal);
      });
      expect(await finished).toMatchObject({ code: 0, signal: null });
    },
  );

  test('ends with 1 where there is nothing to serve: /dev/null is no pipe that ended', async () => {
    const environment = { CHAT_SDK_APP_ID: '1', CHAT_SECRET_KEY: 'key', CHAT_API_URL: 'http://127.0.0.1:1' };
    const { code, stderr } = await run(['serve'], { environment });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^There is nothing to serve/),
    });
  });

  test('with a pipe that stays open, answers each line at once, and stops at SIGTERM', async () => {
    const child = start(['serve', '--json'], {}, 'pipe');
    const finished = finish(child);
    child.stdin?.write('/mute @bob 60\n');
    const { promise, resolve } = Promise.withResolvers<unknown>();
    child.stdout?.once('data', resolve);
    expect(JSON.parse(String(await promise))).toMatchObject({ outcome: 'done' });
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({ code: 0, signal: null });
  });
});

test('sandbox prints where it is, runs until SIGTERM, and `run` works against it', async () => {
  const child = start(['sandbox'], {}, 'ignore');
  const finished = finish(child);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  child.stdout?.once('data', resolve);
  const { chat } = JSON.parse(String(await promise));
  const environment = {
    CHAT_SDK_APP_ID: String(chat.sdkAppId),
    CHAT_SECRET_KEY: chat.secretKey,
    CHAT_API_URL: chat.url,
  };
  const { code, stdout, stderr } = await run(['run', '/mute @bob 60', '--group', 'guild'], { environment });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`POST ${chat.url}/v4/`);
  child.kill('SIGTERM');
  expect(await finished).toMatchObject({ code: 0, signal: null });
});
