// Text files as people's machines write them: UTF-8, or UTF-16 with a byte order mark, as PowerShell's `>` does.

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By the byte order mark; UTF-8 where there is none. */
export function encodingOf(first: Uint8Array): Encoding {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** The text without its byte order mark. What is no text of its encoding becomes U+FFFD. */
export const decode = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes);

/** The same of a stream, piece by piece. */
export async function* decodeStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string> {
  let start = Buffer.alloc(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const piece of pieces) {
    start = decoder === null ? Buffer.concat([start, piece]) : start;
    // A mark may be cut in two.
    if (decoder === null && start.length < 2) continue;
    const bytes = decoder === null ? start : piece;
    decoder ??= new TextDecoder(encodingOf(start));
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder === null ? decode(start) : decoder.decode();
}
