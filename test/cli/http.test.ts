// The HTTP server of `serve`: when it opens, on which port, and when it keeps the program alive.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/surfaces/terminal/terminal.ts';
import { fakeTerminal, program, startService } from './harness.ts';

const quiet = { LOG_LEVEL: 'silent' };

/** A port of this machine that somebody else listens on. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // A server on a port has an address that is no text.
  return (server.address() as AddressInfo).port;
}

/** Runs `serve` until it says where its server is. */
async function started(parts: Partial<Terminal>) {
  const { terminal, stdin, stdout, stderr, stop } = fakeTerminal(parts);
  let ended = false;
  const running = runProgram(['serve'], terminal).finally(() => {
    ended = true;
  });
  await vi.waitFor(() => expect(stderr.text).toMatch(/^The HTTP server listens at http\S+$/m), 10_000);
  const [, address = ''] = /listens at (\S+)/.exec(stderr.text) ?? [];
  return { address, running, stdin, stdout, stderr, stop, isOver: () => ended };
}

const isOpen = async (address: string) => (await fetch(address)).status === 404;

describe('with a port', () => {
  test.each(['none', 'piped'] as const)(
    'stays until told to stop, input %s, without Discord',
    async (input) => {
      const { environment } = await startService();
      const server = await started({ input, environment: { ...environment, ...quiet, HTTP_PORT: '0' } });
      expect(await isOpen(server.address)).toBe(true);
      server.stdin.end();
      await vi.waitFor(() => expect(server.stderr.text).toContain('Chat Marshal is running.'), 10_000);
      expect(await isOpen(server.address)).toBe(true);
      expect(server.isOver()).toBe(false);
      server.stop();
      expect(await server.running).toBe(0);
      await expect(fetch(server.address)).rejects.toThrow();
    },
  );

  test('a pipe that has said nothing may still bring commands, and their end ends nothing', async () => {
    const { environment, changes } = await startService();
    const server = await started({
      input: 'piped',
      environment: { ...environment, ...quiet, HTTP_PORT: '0' },
    });
    server.stdin.end('/kick @dave\n');
    await vi.waitFor(() => expect(changes()).toContain('delete_group_member'));
    expect(await isOpen(server.address)).toBe(true);
    server.stop();
    expect(await server.running).toBe(0);
  });

  test('its address is one line, and what keeps webhooks out another', async () => {
    const { environment } = await startService();
    const server = await started({
      environment: { ...environment, ...quiet, HTTP_PORT: '0', CHAT_WEBHOOK_TOKEN: 'tok' },
    });
    expect(server.stderr.text).toMatch(
      /^The HTTP server listens at http:\/\/127\.0\.0\.1:\d+\nChat's webhooks are not taken.*CHAT_WEBHOOK_PATH must be set/,
    );
    expect(server.stderr.text).not.toContain('CHAT_WEBHOOK_TOKEN');
    server.stop();
    expect(await server.running).toBe(0);
  });

  test.each([
    ['on configured services', true],
    ['on the sandbox', false],
  ])('one that is taken ends the start, %s', async (_name, configured) => {
    const { environment } = configured ? await startService() : { environment: {} };
    const port = await takenPort();
    const { code, stderr } = await program([], {
      environment: { ...environment, ...quiet, HTTP_PORT: String(port) },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^The HTTP server could not open at http://127\\.0\\.0\\.1:${port}: .*EADDRINUSE`, 'm'),
    );
    expect(stderr).toContain('HTTP_PORT');
  });
});

describe('none', () => {
  test('for lines that are piped in, though the port is taken', async () => {
    const service = await startService();
    const environment = { ...service.environment, ...quiet, HTTP_PORT: String(await takenPort()) };
    const { code, stderr } = await program([], { environment, lines: ['/kick @dave'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Chat Marshal is running.\n' });
    expect(service.changes()).toContain('delete_group_member');
  });

  test('for one command', async () => {
    const { environment } = await startService();
    const taken = String(await takenPort());
    const { code } = await program(['run', '/help'], { environment: { ...environment, HTTP_PORT: taken } });
    expect(code).toBe(0);
  });

  test('for configured services that name neither port nor token: there is nothing to serve', async () => {
    const { environment } = await startService();
    const { code, stderr } = await program([], { environment });
    expect(code).toBe(1);
    expect(stderr).toContain('There is nothing to serve');
  });
});

test('the sandbox takes the next free port, and its prompt still ends with exit', async () => {
  const [first, second] = [
    await started({ input: 'none', environment: quiet }),
    await started({ input: 'person', environment: quiet }),
  ];
  expect(first.address).not.toBe(second.address);
  second.stdin.end('exit\n');
  expect(await second.running).toBe(0);
  expect(await isOpen(first.address)).toBe(true);
  first.stop();
  expect(await first.running).toBe(0);
});

test('at the prompt of the sandbox people speak, and what they type as commands is carried out', async () => {
  const { stdin, stdout, running } = await started({ input: 'person', environment: quiet });
  const type = async (line: string, answer: RegExp) => {
    const before = stdout.text.length;
    stdin.write(`${line}\n`);
    await vi.waitFor(() => expect(stdout.text.slice(before)).toMatch(answer), 10_000);
  };
  await vi.waitFor(() => expect(stdout.text).toContain('operator@guild> '), 10_000);
  await type('say bob hello', /bob's client shows it as sent \(message 14\)\./);
  await type(
    'say alice /mute @bob 60',
    /shows it as sent; it is not in the group\.\n *alice gets from administrator:\n {2}Bob \(bob\) is muted/,
  );
  await type('say bob hello again', /bob's client shows an error: 10017/);
  await type('whisper dave /help mute', /dave gets from administrator:\n {2}\/mute member/);
  await type('say bob', /Type who and what/);
  stdin.end('exit\n');
  expect(await running).toBe(0);
});
