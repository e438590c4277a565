// The words of a line, and where each stands: the one tokenizer of the grammar, of lists and of completion.

export interface Word {
  readonly text: string;
  /** Where the word starts in the line, so that the rest of the line keeps its blanks. */
  readonly start: number;
  readonly end: number;
  /** Whether all of it stands in quotes. */
  readonly quoted: boolean;
}

/** Quotes and what closes each: a telephone types the second pair. */
const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
]);

/** The words of a line, between blanks; quotes hold blanks together, and `\"` in them is a quotation mark. */
export const wordsOf = (line: string): readonly Word[] => piecesOf(line, /\s/);

/** The words of a line that is being typed: the last is the one that a next letter would belong to, perhaps empty. */
export function unfinishedWordsOf(line: string): readonly Word[] {
  const words = piecesOf(line, /\s/, true);
  return words.at(-1)?.end === line.length ? words : [...words, wordAt('', line.length)];
}

/**
 * The pieces of a text between separators that stand outside of quotes; none of them is empty.
 * @param unfinished whether quotes that begin a piece and are not closed yet hold all that follows
 */
export function piecesOf(text: string, separator: RegExp, unfinished = false): readonly Word[] {
  const pieces: Word[] = [];
  let start = 0;
  const end = (at: number) => {
    if (at > start) pieces.push(wordAt(text.slice(start, at), start));
  };
  for (let at = 0; at < text.length; at = Math.max(at + 1, endOfQuoted(text, at))) {
    if (
      unfinished &&
      closing.has(text.charAt(at)) &&
      /^@?$/.test(text.slice(start, at)) &&
      endOfQuoted(text, at) === 0
    )
      break;
    if (!separator.test(text.charAt(at))) continue;
    end(at);
    start = at + 1;
  }
  end(text.length);
  return pieces;
}

/** Where the quoted text that begins here ends; 0 where none does: a quotation mark that nothing closes is a letter. */
function endOfQuoted(text: string, start: number): number {
  const close = closing.get(text.charAt(start));
  if (close === undefined) return 0;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && isEscape(text.charAt(at + 1))) at += 1;
    else if (text[at] === close) return at + 1;
  }
  return 0;
}

const isEscape = (character: string): boolean => character === '\\' || character === '"' || character === '”';

const wordAt = (text: string, start: number): Word => ({
  text,
  start,
  end: start + text.length,
  quoted: text !== '' && endOfQuoted(text, 0) === text.length,
});

/** What a word says: without the quotes around it. */
export const unquoted = ({ text, quoted }: Word): string =>
  quoted ? text.slice(1, -1).replace(/\\([\\"”])/g, '$1') : text;

/** A text as one word, which `unquoted` reads again. */
export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** The last `length` characters of a word, as a word. */
export const endOfWord = ({ text, end }: Word, length: number): Word =>
  wordAt(text.slice(text.length - length), end - length);
