// What actions share: a value alone in place of a map with it.
import { z } from 'zod';
import { asWritten } from '../fields.ts';

/** `mute: 10m` for `mute: { duration: 10m }`. */
export const shorthand = <Settings>(key: string, schema: z.ZodType<Settings>, short: z.ZodType) =>
  z
    .preprocess(
      (input) => (typeof input === 'object' || input === undefined ? input : { [key]: input }),
      schema,
    )
    .meta({ anyOf: [z.toJSONSchema(short, asWritten), z.toJSONSchema(schema, asWritten)] });

/** The options that were written, as a command takes them. */
export const rawOptions = (
  options: Readonly<Record<string, string | number | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
