// Lines of a stream. They end at a line feed and nowhere else: node:readline ends them at U+2028, too, which people write.
import { addAbortSignal, PassThrough } from 'node:stream';

/** The lines up to the end of the stream, or until there is the wish to stop. */
export async function* linesOf(input: NodeJS.ReadableStream, stop?: AbortSignal): AsyncGenerator<string> {
  const text = new PassThrough({ encoding: 'utf8' });
  if (stop !== undefined) addAbortSignal(stop, text);
  let rest = '';
  try {
    for await (const chunk of input.pipe(text)) {
      const lines = `${rest}${chunk}`.split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (stop?.aborted === true) return;
    throw error;
  }
  if (rest !== '') yield rest;
}
