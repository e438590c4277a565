// The log: no secret leaves it, however deep or under whatever name it was logged.
import { expect, test } from 'vitest';
import { createLogger } from '../../src/app/logger.ts';

function logged(
  write: (logger: ReturnType<typeof createLogger>) => void,
  secrets: readonly string[] = [],
): string {
  let text = '';
  write(createLogger({ level: 'info', secrets, output: { write: (line) => (text += line) } }));
  return text;
}

test.each([
  ['a usersig in an address', { url: 'https://x/v4/a/b?identifier=a&usersig=s3cr3t&random=1' }],
  ['a field of its own', { usersig: 's3cr3t' }],
  ['another spelling', { UserSig: 's3cr3t' }],
  ['deep down', { a: { b: [{ c: { token: 's3cr3t' } }] } }],
  ['an environment', { env: { DISCORD_TOKEN: 's3cr3t', CHAT_SECRET_KEY: 's3cr3t' } }],
  ['our own configuration', { secretKey: 's3cr3t' }],
  ['a header', { headers: { authorization: 'Bot s3cr3t' } }],
  ['JSON inside a text', { body: JSON.stringify({ token: 's3cr3t', next: 1 }) }],
  ['a quote inside JSON inside a text', { body: JSON.stringify({ token: 'a"s3cr3t', next: 1 }) }],
  ['JSON inside JSON inside a text', { body: JSON.stringify({ a: JSON.stringify({ token: 's3cr3t' }) }) }],
  ['a backslash at the end', { token: 's3cr3t\\', next: 1 }],
  ['a quote inside', { token: 'a"s3cr3t' }],
  ['an error', { err: new Error('failed: https://x?usersig=s3cr3t&a=1') }],
])('hides %s', (_name, fields) => {
  const line = logged((logger) => logger.warn(fields, 'message'));
  expect(line).not.toContain('s3cr3t');
  expect(line).toContain('<hidden>');
  expect(JSON.parse(line)).toMatchObject({ level: 40, msg: 'message' });
});

test('hides known secrets wherever they stand', () => {
  const line = logged((logger) => logger.error({ text: 'it is k"3y!' }, 'k"3y is out'), ['k"3y']);
  expect(JSON.parse(line)).toMatchObject({ text: 'it is <hidden>!', msg: '<hidden> is out' });
});

test('holds nothing that a terminal or a reader of lines obeys', () => {
  const name = 'bob\u009b31m\u0085\u2028\u202e\u200b\u007f';
  const line = logged((logger) => logger.info({ name }, name));
  expect(line).toMatch(/^[ -~]*\n$/);
  expect(JSON.parse(line)).toMatchObject({ name, msg: name });
});

test('leaves everything else, and obeys the level', () => {
  const line = logged((logger) => {
    logger.debug('quiet');
    logger.info({ tokens: 3, account: 'bob' }, 'loud');
  });
  expect(JSON.parse(line)).toMatchObject({ tokens: 3, account: 'bob', msg: 'loud' });
});
