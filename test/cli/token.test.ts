// `token`: shown once and alone, listed beside those of the settings, revoked, and refused where it would be lost.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDirectory, program } from './harness.ts';

const create = ['token', 'create', '--name', 'game', '--allow', 'mute,lookup', '--rank', '2'];

function onFile() {
  const directory = emptyDirectory();
  return { directory, environment: { DATABASE_URL: 'sqlite:record.db' } };
}

test('a token is made, listed and revoked', async () => {
  const where = onFile();
  const made = await program([...create, '--group', 'guild', '--expires', '90d'], where);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^cm_[\w-]{43}\n$/) });
  const listed = await program(['token', 'list', '--json'], where);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    name: 'game',
    allow: ['mute', 'lookup'],
    rank: 2,
    groups: ['guild'],
    expires: expect.stringMatching(/^\d{4}-/),
    used: null,
    source: 'record',
  });
  expect(listed.stdout).not.toContain(made.stdout.trim());
  expect((await program(create, where)).stderr).toContain('There is a token game already');
  expect((await program(['token', 'revoke', 'game'], where)).code).toBe(0);
  expect(await program(['token', 'revoke', 'game'], where)).toMatchObject({
    code: 1,
    stderr: 'There is no token game. "token list" shows all.\n',
  });
  expect((await program(['token', 'list'], where)).stdout).toBe('There are no tokens.\n');
});

test('a name that the settings use is theirs', async () => {
  const where = onFile();
  const entry = `{ sha256: "${'0'.repeat(64)}", allow: [mute], rank: 2 }`;
  writeFileSync(join(where.directory, 'marshal.yaml'), `tokens:\n  game: ${entry}\n`);
  expect(await program(create, where)).toMatchObject({ code: 1, stdout: '' });
  expect((await program(['token', 'list'], where)).stdout).toMatch(/game +mute .* marshal\.yaml\n$/);
  expect((await program(['token', 'revoke', 'game'], where)).stderr).toContain('marshal.yaml');
});

test('on the sandbox, whose record is in memory, it refuses and says why', async () => {
  expect(await program(create)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('DATABASE_URL'),
  });
});

test('what cannot be read is named, all of it at once', async () => {
  const { code, stderr } = await program(
    ['token', 'create', '--name', 'a b', '--allow', 'mute,fly', '--rank', '9', '--expires', '3 moons'],
    onFile(),
  );
  expect(code).toBe(1);
  expect(stderr.match(/^--\w+/gm)).toEqual(['--name', '--allow', '--rank', '--expires']);
});
