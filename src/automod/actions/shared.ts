// What actions share: a value alone in place of a map with it.
import { z } from 'zod';
import { shortForms } from '../../settings/shape.ts';

/** `mute: 10m` for `mute: { duration: 10m }`. */
export function shorthand<Settings>(key: string, schema: z.ZodType<Settings>, short: z.ZodType) {
  const either = z.preprocess(
    (input) => (typeof input === 'object' || input === undefined ? input : { [key]: input }),
    schema,
  );
  shortForms.set(either, short);
  return either;
}

/** The options that were written, as a command takes them. */
export const rawOptions = (
  options: Readonly<Record<string, string | number | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
