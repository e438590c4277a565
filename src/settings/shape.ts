// What the keys of the settings file are made of: readers of values, each with the sentence for what cannot be read.
import { z } from 'zod';
import { literal, message } from '../i18n/message.ts';
import type { Rank } from '../moderation/capability.ts';
import { readDuration } from '../moderation/duration.ts';
import { nearest } from '../util/nearest.ts';
import type { Problem } from './fault.ts';

/** A value, or what is wrong with it. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export const accept = <Value>(value: Value): Read<Value> => ({ ok: true, value });
export const refuse = (problem: Problem): Read<never> => ({ ok: false, problem });

/** What `problemIn` finds again. */
export const problemAt = (path: (string | number)[], problem: Problem) =>
  ({ code: 'custom', path, params: { problem } }) as const;

export function problemIn({ params }: z.core.$ZodIssueCustom): Problem {
  // The schema puts nothing else there.
  const problem: Problem = params?.problem;
  return problem;
}

/** What may stand in place of a map or list: for editors, which cannot see what is read before it. */
export const shortForms = new WeakMap<object, z.core.$ZodType>();

/** A value with a reader of its own, whose problem is handed on as it is. */
export const leaf = <Value>(read: (input: unknown) => Read<Value>) =>
  z.unknown().transform((input, context): Value => {
    const result = read(input);
    if (result.ok) return result.value;
    context.addIssue(problemAt([], result.problem));
    return z.NEVER;
  });

/** Known keys only. An unknown one is reported with the known ones, parted by blanks, as the issue's text. */
export const map = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });

/** A part of the file that may be left out, or blank: its keys are often commented out one by one. */
export const section = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((input) => input ?? undefined, inner.optional());

/** That a word is none of the choices; another sentence than `id` names the one that may be meant. */
export function choosing(
  word: unknown,
  choices: readonly string[],
  id: 'settings.choice' | 'settings.unknownKey',
): Problem {
  const listed = { choices: literal(choices.join(', ')) };
  const suggestion = typeof word === 'string' ? nearest(word.slice(0, 50), choices) : null;
  return suggestion === null
    ? (path) => message(id, { path, ...listed })
    : (path) => message(`${id}DidYouMean`, { path, ...listed, suggestion: literal(suggestion) });
}

export const choice = <Value extends string>(choices: readonly Value[]) =>
  leaf((input) => {
    const found = choices.find((one) => one === input);
    return found === undefined ? refuse(choosing(input, choices, 'settings.choice')) : accept(found);
  }).meta({ enum: [...choices] });

export const setOf = <Value>(item: z.ZodType<Value>) => z.array(item).transform((items) => new Set(items));

export const count = leaf((input) =>
  typeof input === 'number' && Number.isSafeInteger(input) && input >= 1
    ? accept(input)
    : refuse((path) => message('settings.count', { path })),
).meta({ type: 'integer', minimum: 1 });

const ranks: readonly Rank[] = [1, 2, 3];
export const rank = leaf((input) => {
  const found = ranks.find((one) => one === input);
  return found === undefined ? refuse((path) => message('settings.rank', { path })) : accept(found);
});

/** What a moderator could have typed; a bare number is seconds there, too. */
export const typed = (input: unknown): string | null =>
  typeof input === 'string' || typeof input === 'number' ? String(input) : null;

/** For editors, which read JSON Schema. */
const lengthOfTime = { type: ['string', 'integer'], examples: ['10m', '12h', '30d', 3600] };

/** A length of time that ends, in seconds. */
export const span = leaf((input) => {
  const read = readDuration(typed(input) ?? '');
  return read.ok && read.value !== 'permanent'
    ? accept(read.value.seconds)
    : refuse((path) => message('settings.time', { path }));
}).meta(lengthOfTime);

/** Stays as it was typed: the command reads it again. */
export const duration = leaf((input) => {
  const text = typed(input) ?? '';
  const read = readDuration(text);
  return read.ok
    ? accept(text)
    : refuse((path) => message('settings.duration', { path, problem: read.problem }));
}).meta({ type: ['string', 'integer'], examples: ['10m', '1d', 'permanent'] });

/** A text that matches, as a key or an item. */
export const matching = (pattern: RegExp, problem: Problem) =>
  leaf((input) => (typeof input === 'string' && pattern.test(input) ? accept(input) : refuse(problem)));

/** The file's reader leaves words as words. */
export const yesNo = leaf((input) =>
  input === 'true' || input === 'false'
    ? accept(input === 'true')
    : refuse((path) => message('settings.yesNo', { path })),
).meta({ type: 'boolean' });
