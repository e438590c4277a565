// Which option each word of a line belongs to: for the grammar, and for completion, where the last word is unfinished.
import type { Option } from './options/option.ts';
import { endOfWord, type Word } from './words.ts';

export type Spec = readonly [name: string, option: Option<unknown>];

/** An option, and the words that give its value. */
export interface Part {
  readonly name: string;
  readonly option: Option<unknown>;
  /** Whether the line names the option: `duration:1h` or `--duration 1h`. */
  readonly named: boolean;
  readonly words: readonly Word[];
}

export interface Layout {
  /** In the order of the line. */
  readonly parts: readonly Part[];
  /** Words that no option is left for. */
  readonly extra: readonly Word[];
}

/**
 * Lays the words after a command's name out. Options are positional in the order of the description; a text takes the
 * rest of the line. `name:value` and `--name value` set an option by name, before that rest begins.
 */
export function layOut(words: readonly Word[], specs: readonly Spec[]): Layout {
  const parts: Part[] = [];
  let left = words;
  const takeNamed = () => {
    for (let next = namedPart(left, specs); next !== null; next = namedPart(left, specs)) {
      parts.push(next.part);
      left = next.left;
    }
  };
  for (const [name, option] of specs) {
    if (option.named === true) continue;
    takeNamed();
    if (left.length === 0 || parts.some((part) => part.name === name)) continue;
    const taken = takenBy(option, left, specs, name === 'reason');
    parts.push({ name, option, named: false, words: left.slice(0, taken) });
    left = left.slice(taken);
  }
  takeNamed();
  return { parts, extra: left };
}

/** Whether a word names an option. */
export const isNamed = (word: Word | undefined, specs: readonly Spec[]): boolean =>
  word !== undefined && nameIn(word, specs) !== null;

function namedPart(
  words: readonly Word[],
  specs: readonly Spec[],
): { readonly part: Part; readonly left: readonly Word[] } | null {
  const [word, ...rest] = words;
  const named = word === undefined ? null : nameIn(word, specs);
  if (word === undefined || named === null) return null;
  const { spec, value } = named;
  const [name, option] = spec;
  const part = (taken: readonly Word[]): Part => ({ name, option, named: true, words: taken });
  const begun = value === '' ? [] : [endOfWord(word, value.length)];
  if (option.toggle === true || begun[0]?.quoted === true) return { part: part(begun), left: rest };
  const from = [...begun, ...rest];
  const taken = takenBy(option, from, specs, false);
  return { part: part(from.slice(0, taken)), left: from.slice(taken) };
}

/** The option that a word names, and the value within the same word. */
function nameIn(
  { text, quoted }: Word,
  specs: readonly Spec[],
): { readonly spec: Spec; readonly value: string } | null {
  if (quoted) return null;
  const match = /^(?:--([a-z-]+)(?:=(.*))?|([a-z-]+):(.*))$/s.exec(text);
  const name = match?.[1] ?? match?.[3];
  const spec = specs.find(([known]) => known === name);
  return spec === undefined ? null : { spec, value: match?.[2] ?? match?.[4] ?? '' };
}

/**
 * How many words an option takes.
 * @param last whether nothing but named options can follow, so that a quoted word may begin a longer text
 */
function takenBy(
  option: Option<unknown>,
  words: readonly Word[],
  specs: readonly Spec[],
  last: boolean,
): number {
  if (words.length === 0) return 0;
  if (option.takesRest !== true) return option.takes?.(words) ?? 1;
  const bounded = words[0]?.quoted === true && (!last || words.length === 1 || isNamed(words[1], specs));
  return bounded ? 1 : words.length;
}
