// The record as files: backup, export and import, from the command line.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { openStore } from '../../src/store/store.ts';
import { emptyDirectory, fakeTerminal } from './harness.ts';

const logger = pino({ level: 'silent' });

async function run(directory: string, database: string, ...argv: string[]) {
  const { terminal, stdout, stderr } = fakeTerminal({
    directory,
    environment: { DATABASE_URL: `sqlite:${database}` },
  });
  const code = await runProgram(argv, terminal);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

async function recordOne(directory: string, reason = 'loud'): Promise<void> {
  const store = await openStore(`sqlite:${join(directory, 'a.db')}`, { clock: Date, logger });
  const actor = { surface: 'terminal', id: 'operator', name: 'operator', account: null };
  const target = { target: 'bob', before: null, outcome: 'pending', code: null } as const;
  const draft = {
    group: 'guild',
    command: 'kick',
    options: {},
    actor,
    reason,
    targets: [target],
    changes: [],
    undoes: null,
    key: null,
    lasts: null,
  };
  const { case: opened } = await store.cases.open(draft);
  await store.cases.settle('guild', opened.number, {
    state: 'applied',
    targets: [{ ...target, outcome: 'done' }],
  });
  await store.close();
}

test.each([
  ['line separators', 'loud\u2028\u2029\u0085and louder'],
  ['commands to a terminal', 'loud\u009b31m\u009d0;title\u009c\u007f'],
  ['turns of direction', 'loud\u202eduol\u2066'],
])('%s stay on their line of an export, and come back from it', async (_what, reason) => {
  const directory = emptyDirectory();
  await recordOne(directory, reason);
  const { stdout } = await run(directory, 'a.db', 'export');
  expect(stdout).toMatch(/^[ -~]+\n$/);
  writeFileSync(join(directory, 'cases.jsonl'), stdout);
  expect(await run(directory, 'b.db', 'import', 'cases.jsonl')).toMatchObject({ code: 0 });
  expect((await run(directory, 'b.db', 'export')).stdout).toBe(stdout);
  const copy = await openStore(`sqlite:${join(directory, 'b.db')}`, { clock: Date, logger, readOnly: true });
  expect(await copy.cases.find('guild', 1)).toMatchObject({ reason });
  await copy.close();
});

test('what is exported can be imported elsewhere, once', async () => {
  const directory = emptyDirectory();
  await recordOne(directory);
  const { stdout } = await run(directory, 'a.db', 'export');
  expect(stdout.trim().split('\n')).toHaveLength(1);
  writeFileSync(join(directory, 'cases.jsonl'), stdout);
  expect(await run(directory, 'b.db', 'import', 'cases.jsonl')).toMatchObject({
    code: 0,
    stderr: 'Imported cases: 1.\n',
  });
  expect((await run(directory, 'b.db', 'export')).stdout).toBe(stdout);
  const again = await run(directory, 'b.db', 'import', 'cases.jsonl');
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/^Nothing was imported from cases\.jsonl:\ncases\.jsonl:1: /);
});

test('a backup is a database of its own, and never replaces a file', async () => {
  const directory = emptyDirectory();
  await recordOne(directory);
  expect(await run(directory, 'a.db', 'backup', 'copy.db')).toMatchObject({ code: 0 });
  expect((await run(directory, 'copy.db', 'export')).stdout).toContain('"loud"');
  const again = await run(directory, 'a.db', 'backup', 'copy.db');
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/copy\.db/);
});

test('what is not there is named, and nothing is made', async () => {
  const directory = emptyDirectory();
  expect((await run(directory, 'none.db', 'export')).stderr).toMatch(/none\.db is not there/);
  expect((await run(directory, 'a.db', 'import', 'none.jsonl')).stderr).toMatch(/none\.jsonl/);
  expect(existsSync(join(directory, 'none.db'))).toBe(false);
});
