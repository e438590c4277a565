// Lines of a stream, however it is cut into pieces.
import { PassThrough, Readable } from 'node:stream';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { linesOf } from '../../../src/surfaces/terminal/lines.ts';

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

property.prop([
  fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\u2028', '\r', ' '), maxLength: 6 })),
  fc.integer({ min: 1, max: 7 }),
])('end at line feeds alone, in pieces of any size', async (lines, size) => {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  const read = await all(linesOf(Readable.from(pieces)));
  // A carriage return before the line feed belongs to the end of the line.
  expect(read).toEqual(lines.map((line) => line.replace(/\r$/, '')));
});

test('the last one needs no end', async () => {
  expect(await all(linesOf(Readable.from(['a\nb'])))).toEqual(['a', 'b']);
});

test('none comes after the wish to stop', async () => {
  const stop = new AbortController();
  const input = new PassThrough();
  input.write('a\nb');
  const read: string[] = [];
  for await (const line of linesOf(input, stop.signal)) {
    read.push(line);
    stop.abort();
  }
  expect(read).toEqual(['a']);
});
