// The words of a line, and where each stands: the one tokenizer of the grammar and of completion.

export interface Word {
  readonly text: string;
  /** Where the word starts in the line, so that the rest of the line keeps its blanks. */
  readonly start: number;
  readonly end: number;
  /** Whether all of it stands in double quotes. */
  readonly quoted: boolean;
}

/** The words of a line, between blanks; double quotes hold blanks together. */
export function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(/(?:[^\s"]*"[^"]*"|[^\s"]+|")+/g)].map((match) => wordAt(match[0], match.index));
}

/** The words of a line that is being typed: the last is the one that a next letter would belong to, perhaps empty. */
export function unfinishedWordsOf(line: string): readonly Word[] {
  const words = wordsOf(line);
  return words.at(-1)?.end === line.length ? words : [...words, wordAt('', line.length)];
}

const wordAt = (text: string, start: number): Word => ({
  text,
  start,
  end: start + text.length,
  quoted: /^"[^"]*"$/.test(text),
});

/** What a word says: without the quotes around it. */
export const unquoted = ({ text, quoted }: Word): string => (quoted ? text.slice(1, -1) : text);

/** The last `length` characters of a word, as a word. */
export const endOfWord = ({ text, end }: Word, length: number): Word =>
  wordAt(text.slice(text.length - length), end - length);
