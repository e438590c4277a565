// Reads the query of a request, in which every value is text, by one schema a route.
// https://docs.discord.com/developers/reference#boolean-query-strings

import { z } from 'zod';
import { readForm, report } from './form.ts';

const YES: readonly string[] = ['true', 'True', '1'];
const NO: readonly string[] = ['false', 'False', '0'];

/** `true`, `True` or `1`, and their opposites; `false` when it is absent. */
export const flag = z
  .string()
  .transform((value, ctx) => {
    if (!YES.includes(value) && !NO.includes(value)) {
      report(ctx, [], 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
    }
    return YES.includes(value);
  })
  .default(false);

/** A whole number in a range; `undefined` when it is absent. */
export function number(min: number, max: number) {
  return z
    .string()
    .transform((value, ctx) => {
      const read = Number(value);
      if (!/^-?\d+$/.test(value)) {
        report(ctx, [], 'NUMBER_TYPE_COERCE', `Value "${value}" is not int.`);
      } else if (read < min) {
        report(ctx, [], 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
      } else if (read > max) {
        report(ctx, [], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
      }
      return read;
    })
    .optional();
}

/**
 * Reads a query; parameters that the schema does not know are ignored, as Discord does.
 * @throws DiscordError 50035 naming every problem, or 501 for a parameter that is not modelled
 */
export function readQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  return readForm(schema, query);
}
