// Text files by their byte order mark, whole and in pieces.
import { expect, test } from 'vitest';
import { decode, decodeStream } from '../../src/util/decode.ts';

const text = '名前 {"a":1}\r\n😀';
const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
const files: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little end first', utf16],
  ['UTF-16, big end first', Buffer.from(utf16).swap16()],
];

async function joined(pieces: Iterable<Uint8Array>): Promise<string> {
  let all = '';
  for await (const piece of decodeStream(pieces)) all += piece;
  return all;
}

test.each(files)('%s', async (_name, bytes) => {
  expect(decode(bytes)).toBe(text);
  const single = [...bytes].map((byte) => Uint8Array.of(byte));
  expect(await joined(single)).toBe(text);
});

test('an empty file and a single byte', async () => {
  expect(await joined([])).toBe('');
  expect(await joined([Buffer.from('a')])).toBe('a');
});
