// The settings file as `run` and `serve` take it: in force, refused with places, and read again while serving.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { emptyDirectory, fakeTerminal, program } from './harness.ts';

/** A directory with a settings file in it. */
function directoryWith(text: string): string {
  const directory = emptyDirectory();
  writeFileSync(join(directory, 'marshal.yaml'), text);
  return directory;
}

describe.each([
  ['run', ['run', '/help']],
  ['serve', ['serve']],
])('%s', (_name, argv) => {
  test('does not start with faults, and tells each with its place', async () => {
    const directory = directoryWith('tell: loud\r\nquota: { members: 0, within: 1m }\r\n');
    expect(await program(argv, { directory })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'marshal.yaml:1:7 tell must be one of: system, message, off.\n' +
        'marshal.yaml:2:19 quota.members must be a whole number, 1 or more, without quotes.\n',
    });
  });

  test('does not start without the file that was asked for, in the reader’s language', async () => {
    const environment = { MARSHAL_CONFIG: 'mine.yaml', LANG: 'ja_JP.UTF-8' };
    expect(await program(argv, { environment })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'mine.yaml:1:1 このファイルはありません。\n',
    });
  });
});

test('serving, a changed file is read again', async () => {
  const directory = directoryWith('tell: off');
  const { terminal, stderr, stop } = fakeTerminal({ directory, environment: { LOG_LEVEL: 'info' } });
  const running = runProgram([], terminal);
  await vi.waitFor(() => expect(stderr.text).toContain('This is the sandbox'), 10_000);
  writeFileSync(join(directory, 'marshal.yaml'), 'tell: [');
  await vi.waitFor(() => expect(stderr.text).toContain('the changed settings have a fault'), 10_000);
  writeFileSync(join(directory, 'marshal.yaml'), 'tell: message');
  await vi.waitFor(() => expect(stderr.text).toContain('the settings were read again'), 10_000);
  stop();
  expect(await running).toBe(0);
});

test.each(['doctor', 'run /help'])('%s prints no path that holds a secret', async (line) => {
  const key = '0123456789abcdef'.repeat(4);
  for (const environment of [
    { MARSHAL_CONFIG: `/tmp/${key}.yaml` },
    { MARSHAL_CONFIG: 'postgres://me:s3cr3t@h/db' },
    { DATABASE_URL: `sqlite:/nowhere\u0000/${key}` },
    { DATABASE_URL: `sqlite://${key}` },
    { MARSHAL_CONFIG: 'my/k3y-of-Mine', CHAT_SECRET_KEY: 'k3y-of-Mine', CHAT_SDK_APP_ID: '0' },
  ]) {
    const { code, stdout, stderr } = await program(line.split(' '), { environment });
    expect(code).toBe(1);
    expect(stdout + stderr).not.toMatch(/0123456789abcdef|s3cr3t|k3y-of-Mine/);
  }
});
