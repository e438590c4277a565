// Runs a schema over a request body and tells what is wrong the way Discord does (50035).

import { z } from 'zod';
import { type FormProblem, invalidForm, notModelled } from './errors.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** Marks what Discord takes and the stand-in does not know. */
const NOT_MODELLED = 'NOT_MODELLED';

/** Where a schema's own check reports to. */
export interface Refinement {
  addIssue(issue: {
    code: 'custom';
    path: (string | number)[];
    message: string;
    params: { code: string };
  }): void;
}

/**
 * Reads a body by a schema.
 * @throws DiscordError 50035 naming every problem, or 501 for a field that is not modelled
 */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const unknown = result.error.issues.find(
    (issue) => issue.code === 'custom' && issue.params?.code === NOT_MODELLED,
  );
  if (unknown) throw notModelled(unknown.message);
  throw invalidForm(result.error.issues.map(toProblem));
}

/**
 * Runs checks that need more than the body alone.
 * @throws DiscordError 50035 naming every problem that the checks report.
 */
export function checkForm(check: (to: Refinement) => void): void {
  const problems: FormProblem[] = [];
  check({
    addIssue: ({ path, message, params }) => problems.push({ path, message, code: params.code }),
  });
  if (problems.length > 0) throw invalidForm(problems);
}

/** Reports one problem from inside a schema's own check. */
export function report(to: Refinement, path: Path, code: string, message: string): void {
  to.addIssue({ code: 'custom', path: [...path], message, params: { code } });
}

/** Text of `min` to `max` characters; Discord counts characters, not UTF-16 units. */
export function text(min: number, max: number) {
  return z.string().superRefine((value, ctx) => checkLength(ctx, characters(value), min, max));
}

/** A list of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z.array(item).superRefine((value, ctx) => checkLength(ctx, value.length, min, max));
}

/** An id, as the text or the number that libraries send it as. https://docs.discord.com/developers/reference#snowflakes */
export const snowflake = z.union([z.string(), z.int().transform(String)]).superRefine((value, ctx) => {
  if (!/^\d{1,20}$/.test(value)) report(ctx, [], 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`);
});

/** A field that Discord takes and the stand-in does not know: `null`, `false` and nothing in it are let pass. */
export function unmodelled(name: string) {
  return z
    .unknown()
    .optional()
    .superRefine((value, ctx) => {
      const isEmpty = !value || (Array.isArray(value) && value.length === 0);
      if (!isEmpty) report(ctx, [], NOT_MODELLED, name);
    });
}

/** A whole number in a range. */
export function whole(min: number, max: number) {
  return z.int().min(min).max(max);
}

/** The number of characters (code points) in a text. */
export function characters(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function checkLength(ctx: Refinement, length: number, min: number, max: number): void {
  if (length >= min && length <= max) return;
  if (min > 0) report(ctx, [], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  else report(ctx, [], 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
}

function toProblem(issue: Issue): FormProblem {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? key.toString() : key));
  return { path, ...describe(issue) };
}

function describe(issue: Issue): { code: string; message: string } {
  if (issue.code === 'custom') return { code: String(issue.params?.code), message: issue.message };
  if (issue.input === undefined) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected);
    case 'invalid_value':
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.join(', ')}}.` };
    case 'invalid_union':
      return {
        code: 'UNION_TYPE_CHOICES',
        message: 'Value is of none of the kinds that are allowed here.',
      };
    case 'too_big':
      return {
        code: 'NUMBER_TYPE_MAX',
        message: `int value should be less than or equal to ${issue.maximum}.`,
      };
    case 'too_small':
      return {
        code: 'NUMBER_TYPE_MIN',
        message: `int value should be greater than or equal to ${issue.minimum}.`,
      };
    case 'invalid_format':
      return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

function wrongType(expected: string): { code: string; message: string } {
  switch (expected) {
    case 'string':
      return { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
    case 'int':
    case 'number':
      return { code: 'NUMBER_TYPE_COERCE', message: `Value is not ${expected}.` };
    case 'boolean':
      return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
    case 'array':
      return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
    default:
      return { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' };
  }
}
