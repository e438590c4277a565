// A write: one change of the bot's own records, from what was read to what it is to be. Taking it back swaps the two.
import { z } from 'zod';
import type { JsonValue } from '../../util/json.ts';

const link = z.object({ account: z.string(), rank: z.literal([1, 2, 3]) });
const place = z.object({ surface: z.string(), guild: z.string(), channel: z.string().nullable() });
const logChannel = z.object({ surface: z.string(), guild: z.string(), channel: z.string() });
const change = <Kind extends string, Value extends z.ZodType>(record: Kind, value: Value) => ({
  record: z.literal(record),
  from: value.nullable(),
  to: value.nullable(),
});

const recordWrite = z.discriminatedUnion('record', [
  /** The Chat account of a Discord user. */
  z.object({ ...change('link', link), user: z.string() }),
  /** The group that a place is bound to. */
  z.object({ ...change('place', z.string()), place }),
  /** The channel in which a group's cases are posted. */
  z.object({ ...change('log', logChannel) }),
  /** When a case's effect is taken back, in Unix milliseconds. */
  z.object({ ...change('timer', z.number()), case: z.number() }),
  /** The reason of a case. */
  z.object({ ...change('reason', z.string()), case: z.number() }),
]);

export type RecordWrite = z.output<typeof recordWrite>;
export type WriteOf<Kind extends RecordWrite['record']> = Extract<RecordWrite, { record: Kind }>;

/** What a case keeps of a write, so that it can be taken back. */
export const keptWrite = z.object({ kind: z.literal('write'), write: recordWrite });

/** A write as JSON: exactly its fields. */
export const writeAsJson = (write: RecordWrite): JsonValue => JSON.parse(JSON.stringify(write));

/** The write that takes another one back. */
export const inverseOf = (write: RecordWrite): RecordWrite => {
  const { from, to } = write;
  // The two halves are of one type; the compiler cannot follow that through the union.
  return { ...write, from: to, to: from } as RecordWrite;
};

/** How a case names the change, beside the endpoints of Chat. */
export const writeName = ({ record }: Pick<RecordWrite, 'record'>): string => `bot.${record}`;
