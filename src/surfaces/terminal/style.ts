// How words look in a terminal, and how text that people wrote is kept from controlling it.
import { stripVTControlCharacters } from 'node:util';
import type { Style } from '../../i18n/translator.ts';

const blanks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Characters that turn the direction of the text around them. */
const turning = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const dangerous = new RegExp(`[\\p{Cc}${turning}]`, 'gu');
const unsafeInJson = new RegExp(`[\\u007f-\\u009f\\u2028\\u2029${turning}]`, 'g');

/** One line without escape sequences, control characters and turns of direction. */
export const plain = (text: string): string =>
  stripVTControlCharacters(text).replace(blanks, ' ').replace(dangerous, '');

export const terminalStyle: Style = {
  escape: plain,
  time: (at, locale) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(at * 1_000),
};

/** JSON on one line; what JSON itself leaves as it is but a terminal would obey is written as `\uXXXX`. */
export const safeJson = (value: unknown): string => harmless(JSON.stringify(value));

/** The same with blanks between the values, for people. */
export const readableJson = (value: unknown): string =>
  // Line breaks inside a text are escaped in JSON, so all of these stand between values.
  harmless(JSON.stringify(value, null, 1)).replace(/\n\s*/g, ' ');

/** JSON that says the same and holds nothing that a terminal would obey. */
export function harmless(json: string): string {
  const code = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0');
  return json.replace(unsafeInJson, (character) => `\\u${code(character)}`);
}
