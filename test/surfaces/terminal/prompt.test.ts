// The prompt asks before anything that matters, and takes the next line as the answer.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';
import type { Terminal } from '../../../src/surfaces/terminal/terminal.ts';
import { emptyDirectory, fakeTerminal, startService, Written } from '../../cli/harness.ts';

const PROMPT = 'operator@guild> ';
const CONFIRM = 'Type confirm or cancel: ';
const CHOOSE = 'Type extend / until / replace or cancel: ';
const [ctrlC, ctrlD, up, tab] = ['\u0003', '\u0004', '\u001b[A', '\t'];

/** An output on which keys work, without colours. */
class Screen extends Written {
  readonly isTTY = true;
  getColorDepth = (): number => 1;
}

/** A prompt on a Chat service of its own. */
async function openPrompt(argv: readonly string[] = [], parts: Partial<Terminal> = {}) {
  const service = await startService();
  const stdout = parts.stdout instanceof Written ? parts.stdout : new Written();
  const fake = fakeTerminal({ ...parts, environment: service.environment, input: 'person', stdout });
  const { stdin, stop } = fake;
  const running = runProgram(argv, fake.terminal);
  let seen = 0;
  /** Waits for a text that was not waited for yet. */
  const shown = async (text: string) => {
    await vi.waitFor(() => expect(stdout.text.slice(seen)).toContain(text), 10_000);
    seen = stdout.text.indexOf(text, seen) + text.length;
  };
  /** Types a line and waits for an answer. */
  const type = async (line: string, answer: string) => {
    stdin.write(`${line}\n`);
    await shown(answer);
  };
  const exit = () => {
    stdin.write('exit\n');
    return running;
  };
  await shown(PROMPT);
  return { service, stdin, stdout, stop, running, shown, type, exit };
}

const openScreen = (argv: readonly string[] = []) => openPrompt(argv, { stdout: new Screen() });

/** A time for answers that is over when the test says so. */
function ownTime() {
  const over = new AbortController();
  const timeout = vi.fn((_milliseconds: number) => over.signal);
  return { timeout, end: () => over.abort() };
}

const isBanned = ({ chat }: Awaited<ReturnType<typeof startService>>, account: string) =>
  chat.world.groups.get('guild')?.bans.has(account) ?? false;

describe('a confirmation', () => {
  test('says what will happen to whom, and does it once the answer is yes', async () => {
    const { service, stdout, type, exit } = await openPrompt();
    await type('/ban @bob 60', CONFIRM);
    expect(stdout.text).toMatch(
      /\/ban in Moonlight Guild, for one\. Go ahead\?\n {2}Bob \(bob\)\n {2}duration: 60\nAnswer within 60 seconds\. /,
    );
    expect(service.changes()).toEqual([]);
    await type('yes', PROMPT);
    expect(isBanned(service, 'bob')).toBe(true);
    expect(await exit()).toBe(0);
    expect(stdout.text).not.toContain('/yes');
  });

  test.each(['cancel', 'no', 'n', ''])('%j cancels it', async (answer) => {
    const { service, type, shown, exit } = await openPrompt();
    await type('/ban @bob 60', CONFIRM);
    await type(answer, 'Cancelled. Nothing was done.');
    await shown(PROMPT);
    expect(await exit()).toBe(0);
    expect(service.changes()).toEqual([]);
  });

  test('what is no answer is said to be none, and asked again', async () => {
    const { service, type, shown, exit } = await openPrompt();
    await type('/ban @bob 60', CONFIRM);
    await type('/kick @dave', '"/kick @dave" is none of the answers.');
    await shown(CONFIRM);
    await type('y', PROMPT);
    await exit();
    expect(isBanned(service, 'bob')).toBe(true);
    expect(service.changes()).not.toContain('delete_group_member');
  });

  test('is read in the language of the reader', async () => {
    const { service, type, exit } = await openPrompt(['--locale', 'zh-CN']);
    await type('/ban @bob 60', '确认 (confirm) 或 取消 (cancel)：');
    await type('确认', PROMPT);
    await exit();
    expect(isBanned(service, 'bob')).toBe(true);
  });

  test('a rung of the ladder asks, too', async () => {
    const directory = emptyDirectory();
    const ladder = 'warnings:\n  ladder:\n    - { points: 2, action: mute, duration: 1h }\n';
    writeFileSync(join(directory, 'marshal.yaml'), ladder);
    const { service, type, exit } = await openPrompt([], { directory });
    await type('/warn @bob', PROMPT);
    await type('/warn @bob', CONFIRM);
    expect(service.chat.world.isMuted('guild', 'bob')).toBe(false);
    await type('confirm', PROMPT);
    await exit();
    expect(service.chat.world.isMuted('guild', 'bob')).toBe(true);
  });
});

test('a choice: what is left of a mute counts as the asker says', async () => {
  const { service, type, exit } = await openPrompt();
  await type('/mute @bob 1h', PROMPT);
  const first = service.chat.world.groups.get('guild')?.mutes.get('bob') ?? 0;
  await type('/mute @bob 30m', CHOOSE);
  await type('ext', PROMPT);
  await exit();
  expect(service.chat.world.groups.get('guild')?.mutes.get('bob')).toBeGreaterThan(first + 1_790);
});

test('no answer in time: nothing is done, and the next line is a command again', async () => {
  const { timeout, end } = ownTime();
  const { service, type, shown, exit } = await openPrompt([], { timeout });
  await type('/ban @bob 60', CONFIRM);
  expect(timeout).toHaveBeenCalledExactlyOnceWith(60_000);
  end();
  await shown('Nobody answered in time. Nothing was done.');
  await shown(PROMPT);
  await type('/kick @dave --dry-run', 'Dry run');
  await exit();
  expect(service.changes()).toEqual([]);
});

test('an answer begun too late is not left for the next command', async () => {
  const { timeout, end } = ownTime();
  const { stdin, type, shown, exit } = await openPrompt([], { timeout, stdout: new Screen() });
  await type('/ban @bob 60', CONFIRM);
  stdin.write('conf');
  await shown('conf');
  end();
  await shown('Nobody answered in time.');
  await shown(PROMPT);
  await type('/whois @carol', 'Carol');
  expect(await exit()).toBe(0);
});

describe('what is typed ahead', () => {
  test('is a command, not an answer', async () => {
    const { service, stdin, shown, type, exit } = await openPrompt();
    stdin.write('/ban @bob 60\nyes\n/whois @carol\n');
    await shown(CONFIRM);
    expect(service.changes()).toEqual([]);
    await type('no', 'Cancelled.');
    await shown('There is no command /yes');
    await shown('Carol (carol)');
    await exit();
    expect(service.changes()).toEqual([]);
  });

  test('is done although the input has ended; what would ask is cancelled', async () => {
    const { service, stdin, stdout, running } = await openPrompt();
    stdin.end('/mute @bob 60\n/ban @dave 60\n');
    expect(await running).toBe(0);
    expect(service.chat.world.isMuted('guild', 'bob')).toBe(true);
    expect(isBanned(service, 'dave')).toBe(false);
    expect(stdout.text).not.toContain('Go ahead?');
    expect(stdout.text).toContain('Cancelled. Nothing was done.');
  });
});

describe('the end of the prompt while it asks cancels, and nothing that was typed ahead is done', () => {
  test.each([
    ['exit', 'exit\n'],
    ['quit', 'quit\n'],
    ['Ctrl-C', ctrlC],
  ])('%s', async (_name, keys) => {
    const { service, stdin, stdout, shown, running } = await openScreen();
    stdin.write('/ban @bob 60\n/mute @dave 60\n');
    await shown(CONFIRM);
    stdin.write(keys);
    expect(await running).toBe(0);
    expect(stdout.text).toContain('Cancelled. Nothing was done.');
    expect(service.changes()).toEqual([]);
  });

  test('Ctrl-D', async () => {
    const { service, stdin, stdout, type, running } = await openScreen();
    await type('/ban @bob 60', CONFIRM);
    stdin.write(ctrlD);
    expect(await running).toBe(0);
    expect(stdout.text).toMatch(/Cancelled\. Nothing was done\.\n$/);
    expect(service.changes()).toEqual([]);
  });

  test('the wish to stop', async () => {
    const { service, stdout, type, stop, running } = await openPrompt();
    await type('/ban @bob 60', CONFIRM);
    stop();
    expect(await running).toBe(0);
    expect(stdout.text).toContain('Cancelled. Nothing was done.');
    expect(service.changes()).toEqual([]);
  });
});

test('Ctrl-D while a command runs waits for it', async () => {
  const { service, stdin, running } = await openScreen();
  stdin.write(`/mute @bob 60\n${ctrlD}`);
  expect(await running).toBe(0);
  expect(service.chat.world.isMuted('guild', 'bob')).toBe(true);
});

describe('keys', () => {
  test('the history holds commands and no answers', async () => {
    const { stdin, type, shown, exit } = await openScreen();
    await type('/ban @bob 60', CONFIRM);
    await type('nonsense', 'is none of the answers.');
    await shown(CONFIRM);
    await type('no', 'Cancelled.');
    await shown(PROMPT);
    stdin.write(up);
    await shown('/ban @bob 60');
    await type('', CONFIRM);
    await type('no', 'Cancelled.');
    expect(await exit()).toBe(0);
  });

  test('Tab completes an answer while one is asked for', async () => {
    const { service, stdin, type, shown, exit } = await openScreen();
    await type('/ban @bob 60', CONFIRM);
    stdin.write(`co${tab}`);
    await shown('confirm');
    await type('', PROMPT);
    await exit();
    expect(isBanned(service, 'bob')).toBe(true);
  });
});

test('with --json nothing is asked', async () => {
  const { service, type, exit } = await openPrompt(['--json']);
  await type('/ban @bob 60', '"outcome":"done"');
  await exit();
  expect(isBanned(service, 'bob')).toBe(true);
});
