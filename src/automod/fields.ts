// What the settings of rule parts are made of, beside what all settings are made of.
import { z } from 'zod';
import { message } from '../i18n/message.ts';
import { accept, choice, leaf, problemAt, type Read, refuse, shortForms } from '../settings/shape.ts';
import { patternProblem } from './match/patterns.ts';
import { wordProblem } from './match/words.ts';

/** Longest text of a setting, in characters, and most entries of a list. */
const LONGEST = 500;
const MOST = 10_000;

/** A text that says something. A bare number is refused: YAML would have lost its leading zeros. */
export const text = leaf((input) => {
  if (typeof input === 'number') return refuse((path) => message('rules.quotes', { path }));
  if (typeof input !== 'string' || input.trim() === '')
    return refuse((path) => message('rules.text', { path }));
  return input.length > LONGEST
    ? refuse((path) => message('rules.textLong', { path, limit: LONGEST }))
    : accept(input);
}).meta({ type: 'string', maxLength: LONGEST });

/** A whole number within bounds. */
export const between = (least: number, most: number) =>
  leaf((input) =>
    typeof input === 'number' && Number.isSafeInteger(input) && input >= least && input <= most
      ? accept(input)
      : refuse((path) => message('rules.between', { path, least, most })),
  ).meta({ type: 'integer', minimum: least, maximum: most });

/** At least one of something. */
export function some<Item extends z.ZodType>(item: Item, most = MOST) {
  return z
    .array(item)
    .superRefine(({ length }, context) => {
      if (length === 0) context.addIssue(problemAt([], (path) => message('rules.emptyList', { path })));
      if (length > most) {
        context.addIssue(problemAt([], (path) => message('rules.longList', { path, limit: most })));
      }
    })
    .meta({ minItems: 1, maxItems: most });
}

const keyword = text.transform((word, context) => {
  const problem = wordProblem(word);
  if (problem === null) return word;
  context.addIssue(problemAt([], (path) => message('rules.part', { path, problem })));
  return z.NEVER;
});

/** Keywords, at least one. */
export const keywords = some(keyword);

const pattern = text.transform((source, context) => {
  const problem = patternProblem(source);
  if (problem === null) return source;
  context.addIssue(problemAt([], (path) => message('rules.part', { path, problem })));
  return z.NEVER;
});

/** Regexes, at least one. */
export const patterns = some(pattern, 1_000);

/** One of something, or a list of them. */
export function oneOrMore<Value>(item: z.ZodType<Value>) {
  const list = z.preprocess((input) => (Array.isArray(input) ? input : [input]), some(item));
  shortForms.set(list, item);
  return list;
}

/** Names of lists of keywords that the file has. */
export const listNames = (known: readonly string[]) => some(known.length === 0 ? noList : choice(known));

/** For a file without lists, whose names could not be told. */
const noList = leaf((): Read<string> => refuse((path) => message('rules.noLists', { path }))).meta({
  type: 'string',
});
