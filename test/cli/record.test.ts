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

test('what PowerShell wrote into a file in its own encoding is imported', async () => {
  const directory = emptyDirectory();
  await recordOne(directory, 'laut und 大声');
  const { stdout } = await run(directory, 'a.db', 'export');
  writeFileSync(join(directory, 'cases.jsonl'), `\ufeff${stdout.replace('\n', '\r\n')}`, 'utf16le');
  expect(await run(directory, 'b.db', 'import', 'cases.jsonl')).toMatchObject({ code: 0 });
  expect((await run(directory, 'b.db', 'export')).stdout).toBe(stdout);
});

const minecraft = JSON.stringify(
  Array.from({ length: 9 }, () => ({
    uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
    name: 'Notch',
    created: '2024-01-01 00:00:00 +0000',
    source: 'Server',
    expires: 'forever',
    reason: 'Banned by an operator.',
  })),
  null,
  2,
);

test.each([
  ['Minecraft', minecraft],
  ['Minecraft', JSON.stringify(JSON.parse(minecraft))],
  [
    'LiteBans',
    'id,uuid,ip,reason,banned_by_uuid,banned_by_name,time,until\n1,069a79f4,#,griefing,CONSOLE,Console,1,0\n',
  ],
  ['LiteBans', "INSERT INTO `litebans_bans` VALUES (1,'069a79f4');\n"],
  ['SourceBans', '"bid";"ip";"authid";"name";"created"\n"1";"";"STEAM_0:1:23";"x";"1"\n'],
  ['SourceBans', 'banid 0 STEAM_0:0:1234\n'],
])('a ban list of %s is told apart and refused in one sentence', async (program, text) => {
  const directory = emptyDirectory();
  writeFileSync(join(directory, 'bans'), text);
  const { code, stderr } = await run(directory, 'b.db', 'import', 'bans');
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^bans is a ban list of ${program}, [^\\n]*\\n$`));
});

test.each(['[1, 2]', 'a,b,c\n1,2,3\n', '{\n  "a": 1\n}\n'])('%j is no export', async (text) => {
  const directory = emptyDirectory();
  writeFileSync(join(directory, 'x'), text);
  const { code, stderr } = await run(directory, 'b.db', 'import', 'x');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^x is not what `export` writes[^\n]*\n$/);
});
