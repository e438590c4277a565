// Objects of a JSON text in pieces, whatever its outer shape and wherever it is cut.
import { fc, test as property } from '@fast-check/vitest';
import { expect } from 'vitest';
import { jsonObjects } from '../../src/util/json-objects.ts';

async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.integer(),
    fc.constantFrom('}', '{', '"', '\\', '[{', 'MsgList'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 3 }),
  ),
})).any;
const objects = fc.array(fc.record({ id: fc.nat(), body: value }), { maxLength: 5 });
const shapes = {
  list: (all: readonly unknown[]) => JSON.stringify(all),
  wrapped: (all: readonly unknown[]) => JSON.stringify({ Count: all.length, MsgList: all, More: '}]' }),
  lines: (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join('\n'),
  pretty: (all: readonly unknown[]) => JSON.stringify({ MsgList: all }, null, 2),
};

property.prop([objects, fc.constantFrom(...Object.values(shapes)), fc.integer({ min: 1, max: 40 })])(
  'are all read, once, in order',
  async (all, shape, size) => {
    const read: unknown[] = [];
    for await (const text of jsonObjects(cut(shape(all), size), 'MsgList')) read.push(JSON.parse(text));
    expect(read).toEqual(JSON.parse(JSON.stringify(all)));
  },
);
