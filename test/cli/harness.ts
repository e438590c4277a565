// What the tests of the terminal share: the program on streams of its own, in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { endpoints } from '../../src/chat/protocol/endpoints.ts';
import { runProgram } from '../../src/cli/program.ts';
import { type ChatService, sandboxApp } from '../../src/sandbox/chat/index.ts';
import { startChatSandbox } from '../../src/sandbox/start.ts';
import type { Terminal } from '../../src/surfaces/terminal/terminal.ts';
import type { Environment } from '../../src/util/environment.ts';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Environment;
  readonly directory?: string;
  /** Lines that are piped in; no input unless told. */
  readonly lines?: readonly string[];
}

/** What a program wrote. */
export class Written extends PassThrough {
  text = '';

  constructor() {
    super();
    this.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
    });
  }
}

/** An empty directory, so that no `.env` is found; gone after the test. */
export function emptyDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** A terminal whose streams are at hand. */
export function fakeTerminal(parts: Partial<Terminal> = {}) {
  const stop = new AbortController();
  const [stdin, stdout, stderr] = [new PassThrough(), new Written(), new Written()];
  const terminal: Terminal = {
    stdin,
    stdout,
    stderr,
    input: 'none',
    environment: {},
    directory: emptyDirectory(),
    stop: stop.signal,
    ...parts,
  };
  return { terminal, stdin, stdout, stderr, stop: () => stop.abort() };
}

/** Runs the program to its end. */
export async function program(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { environment = {}, directory = emptyDirectory(), lines } = options;
  const { terminal, stdout, stderr } = fakeTerminal({
    environment,
    directory,
    ...(lines && { input: 'piped', stdin: Readable.from(lines.map((line) => `${line}\n`)) }),
  });
  const code = await runProgram(argv, terminal);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

export interface Service {
  readonly chat: ChatService;
  /** Variables that point the program at this service. */
  readonly environment: Environment;
  /** Commands of the changing requests that arrived. */
  changes(): readonly string[];
}

/** A Chat service of its own, as somebody else's would be. */
export async function startService(): Promise<Service> {
  const { chat, close } = await startChatSandbox();
  onTestFinished(close);
  const environment = {
    CHAT_SDK_APP_ID: String(sandboxApp.sdkAppId),
    CHAT_SECRET_KEY: sandboxApp.secretKey,
    CHAT_API_URL: chat.url,
    CHAT_GROUP_ID: 'guild',
  };
  const changing = new Set(
    Object.values(endpoints)
      .filter(({ effect }) => effect === 'change')
      .map(({ command }): string => command),
  );
  const changes = () =>
    chat.requests.map(({ endpoint }) => endpoint).filter((endpoint) => changing.has(endpoint));
  return { chat, environment, changes };
}
