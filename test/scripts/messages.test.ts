// What messages take: the generated file for small catalogues, and planted mistakes that the compiler must see.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { placeholdersFile } from '../../scripts/messages.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

const typeOf = (text: string): string => {
  const line = placeholdersFile({ 'a.b': text }).split('\n').at(-3) ?? '';
  return line.slice("  'a.b': ".length, -1);
};

test.each([
  ['Nobody.', 'Record<never, never>'],
  ["{member}''s '{name}'", "{ member: 'any' }"],
  ['{a} and {b} and {a}', "{ a: 'any'; b: 'any' }"],
  ['{count, number}', "{ count: 'number' }"],
  ['{count, plural, =0 {none} other {# of {max}}}', "{ count: 'number'; max: 'any' }"],
  ['{kind, select, a {x} other {{kind} {at}}}', "{ kind: 'word'; at: 'any' }"],
])('%s takes %s', (text, type) => {
  expect(typeOf(text)).toBe(type);
});

test.each([
  ['{a, select, x {1} other {2}}{a, number}', /a\.b: \{a\} is both a word and a number/],
  ['on {day, date}', /a\.b.*day/],
  ['<b>bold</b>', /a\.b.*b/],
])('%s is refused, with the id of its message', (text, problem) => {
  expect(() => placeholdersFile({ 'a.b': text })).toThrow(problem);
});

test('a message keeps its line when others come and go', () => {
  const all = placeholdersFile({ 'a.a': '{x}', 'a.b': 'y', 'a.c': '{z}' }).split('\n');
  const fewer = placeholdersFile({ 'a.a': '{x}', 'a.c': '{z}' }).split('\n');
  expect(fewer).toEqual(all.filter((line) => !line.includes('a.b')));
});

test('the check fails while the file is stale, and says what renews it', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'messages-'));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  for (const path of ['package.json', 'scripts', 'src/i18n']) {
    await cp(join(root, path), join(copy, path), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const messages = (...args: readonly string[]) =>
    run(process.execPath, ['scripts/messages.ts', ...args], { cwd: copy });

  await messages('--check');
  await writeFile(join(copy, 'src/i18n/en.json'), JSON.stringify({ 'a.b': '{x}' }));
  await expect(messages('--check')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm run messages'),
  });
  await messages();
  await messages('--check');
});

/** Each line is compiled by itself, and by its name one finds out what the compiler said. */
const planted = {
  right: `message('mute.done', { member: 'bob', duration: { seconds: 60 }, until: { at: 0 } });`,
  rightBare: `message('discord.older');`,
  rightEither: `message(either, { member: 'bob', until: { at: 0 }, before: { at: 0 }, duration: { seconds: 1 } });`,
  misspelt: `message('unmute.done', { membre: 'bob' });`,
  missing: `message('mute.done', { member: 'bob', until: { at: 0 } });`,
  noValues: `message('unmute.done');`,
  extra: `message('unmute.done', { member: 'bob', until: { at: 0 } });`,
  extraInVariable: `message('unmute.done', values);`,
  extraInSpread: `message('unmute.done', { ...values });`,
  valuesForNone: `message('discord.older', { member: 'bob' });`,
  missingForEither: `message(either, { member: 'bob', until: { at: 0 }, duration: { seconds: 1 } });`,
  textForNumber: `message('whois.several', { count: '3' });`,
  momentForWord: `message('group.typeName', { type: { at: 0 } });`,
  unknownMessage: `message('unmute.don', { member: 'bob' });`,
} as const;

describe('planted in a file, the compiler', () => {
  let folder: string;
  let said: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'planted-'));
    const head = [
      `import { message } from '${join(root, 'src/i18n/message.ts')}';`,
      `declare const either: 'mute.done' | 'mute.extended';`,
      `const values = { member: 'bob', until: { at: 0 } };`,
    ];
    await writeFile(join(folder, 'planted.ts'), [...head, ...Object.values(planted)].join('\n'));
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { types: [] },
        include: ['planted.ts'],
      }),
    );
    const tsc = join(root, 'node_modules/.bin/tsc');
    const output = await run(tsc, ['-p', folder, '--pretty', 'false']).catch(({ stdout }) => ({ stdout }));
    const lines = new Set(
      [...String(output.stdout).matchAll(/planted\.ts\((\d+),/g)].map((match) => Number(match[1])),
    );
    said = Object.keys(planted).filter((_, index) => lines.has(index + 1 + head.length));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(Object.keys(planted))('judges %s', (name) => {
    expect(said.includes(name)).toBe(!name.startsWith('right'));
  });
});
