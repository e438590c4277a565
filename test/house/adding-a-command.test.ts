// Adding a command is one file and a line in the list: shown on a copy of the project, as its user would meet it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

const command = `// /wave: greets a member in the record, and does nothing else.
import { changing, labelOf, members, message } from '../src/command/index.ts';

export const wave = changing({
  name: 'wave',
  capability: 'mute',
  options: { member: members() },
  calls: [],
  plan: (_options, { members }) =>
    members.map((member) => ({
      target: member.account,
      entered: message('warn.done', { member: labelOf(member), points: 1 }),
    })),
});
`;

/** The project with a further command; its words are the one thing that every language adds. */
function copyWithCommand(): string {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const part of ['src', 'commands', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'commands/wave.ts'), command);
  const list = join(folder, 'commands/index.ts');
  const listed = readFileSync(list, 'utf8')
    .replace(/^import/m, "import { wave } from './wave.ts';\nimport")
    .replace(/\n\];/, '\n  wave,\n];');
  writeFileSync(list, listed);
  for (const name of readdirSync(join(folder, 'src/i18n')).filter((file) => file.endsWith('.json'))) {
    const path = join(folder, 'src/i18n', name);
    const words = { 'command.wave.name': 'wave', 'command.wave.description': 'Wave at members' };
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...words }));
  }
  return folder;
}

it('a new command is carried out, recorded, explained and refused like every other', () => {
  const folder = copyWithCommand();
  const lines = ['/wave @bob', '/case view 1', '/help wave', '/why @bob wave', '/wave', '/wave @olivia'];
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'src/main.ts'), '--json'], {
    cwd: folder,
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, DATABASE_URL: 'sqlite::memory:' },
  });
  const outcomes = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(stderr).not.toContain('Error');
  expect(outcomes).toMatchObject([
    { command: 'wave', outcome: 'done', case: 1, results: [{ target: 'bob', outcome: 'done' }] },
    { command: 'case', outcome: 'answer', text: expect.stringContaining('/wave') },
    { command: 'help', outcome: 'answer', text: expect.stringContaining('Wave at members') },
    { command: 'why', outcome: 'answer' },
    { command: 'wave', outcome: 'refused', id: 'refused.missingOption' },
    { command: 'wave', outcome: 'refused', results: [{ target: 'olivia', outcome: 'refused' }] },
  ]);
});
