// Which option each word of a line belongs to: for the grammar, and for completion, where the last word is unfinished.
import { literal, type Message, message } from '../i18n/message.ts';
import type { Option, Taken } from './options/option.ts';
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

/** Words that may belong to one option or to the text after it. */
export interface OpenWords {
  readonly message: Message;
  /** A word for each way to read them; see `Reading.choice`. */
  readonly choices: readonly string[];
}

export interface Layout {
  /** In the order of the line. */
  readonly parts: readonly Part[];
  /** Words that no option is left for. */
  readonly extra: readonly Word[];
  /** The first doubt that nothing was decided about. */
  readonly doubt?: OpenWords;
}

export interface Grammar {
  readonly specs: readonly Spec[];
  /** What the number at the beginning of a reason may have been meant as, where no option takes it. */
  readonly misread?: ((number: string) => Message) | undefined;
}

/**
 * Lays the words after a command's name out. Options are positional in the order of the description; a text takes the
 * rest of the line. `name:value` and `--name value` set an option by name, before that rest begins.
 * @param decisions for each doubt in the order of the line, which of its choices holds
 */
export function layOut(words: readonly Word[], grammar: Grammar, decisions: readonly number[] = []): Layout {
  const walk = new Walk(words, grammar, decisions);
  return walk.run();
}

/** Whether a word names an option. */
export const isNamed = (word: Word | undefined, specs: readonly Spec[]): boolean =>
  word !== undefined && nameIn(word, specs) !== null;

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

/** A walk over the words from left to right. */
class Walk {
  readonly #grammar: Grammar;
  readonly #decisions: readonly number[];
  readonly #parts: Part[] = [];
  #left: readonly Word[];
  #decided = 0;
  #doubt: OpenWords | undefined;

  constructor(words: readonly Word[], grammar: Grammar, decisions: readonly number[]) {
    this.#left = words;
    this.#grammar = grammar;
    this.#decisions = decisions;
  }

  run(): Layout {
    for (const spec of this.#grammar.specs) {
      if (spec[1].named === true) continue;
      this.#takeNamed();
      if (this.#left.length > 0 && !this.#isGiven(spec)) this.#takePositional(spec);
    }
    this.#takeNamed();
    const doubt = this.#doubt === undefined ? {} : { doubt: this.#doubt };
    return { parts: this.#parts, extra: this.#left, ...doubt };
  }

  #isGiven([name]: Spec): boolean {
    return this.#parts.some((part) => part.name === name);
  }

  #takePositional(spec: Spec): void {
    if (spec[0] === 'reason') this.#takeMisread();
    if (this.#left.length === 0) return;
    const [name, option] = spec;
    const taken = this.#takenBy(spec, this.#left);
    this.#parts.push({ name, option, named: false, words: this.#left.slice(0, taken) });
    this.#left = this.#left.slice(taken);
  }

  #takeNamed(): void {
    const { specs } = this.#grammar;
    for (let [word, ...rest] = this.#left; word !== undefined; [word, ...rest] = this.#left) {
      const named = nameIn(word, specs);
      if (named === null) return;
      const [name, option] = named.spec;
      const begun = named.value === '' ? [] : [endOfWord(word, named.value.length)];
      const from = [...begun, ...rest];
      const bounded = option.toggle === true || begun[0]?.quoted === true;
      const taken = bounded ? begun.length : this.#takenBy(named.spec, from);
      this.#parts.push({ name, option, named: true, words: from.slice(0, taken) });
      this.#left = from.slice(taken);
    }
  }

  /** How many of the words an option takes. */
  #takenBy(spec: Spec, words: readonly Word[]): number {
    const [, option] = spec;
    const { specs } = this.#grammar;
    if (words.length === 0) return 0;
    if (option.takesRest === true) {
      const closed = option.endsWithQuotes === true || words.length === 1 || isNamed(words[1], specs);
      return words[0]?.quoted === true && closed ? 1 : words.length;
    }
    const end = words.findIndex((word, index) => index > 0 && isNamed(word, specs));
    const own = end < 0 ? words : words.slice(0, end);
    const taken = option.takes?.(own, this.#nextAfter(spec)) ?? { count: 1 };
    return this.#decide(taken, own);
  }

  #decide({ count, doubt }: Taken, words: readonly Word[]): number {
    if (doubt === undefined) return count;
    const input = textOf(words.slice(count, doubt.count));
    return this.#choose({ message: doubt.message(input), choices: doubt.choices }) === 0
      ? count
      : doubt.count;
  }

  /** Which choice holds; the first, and a doubt, where nothing is decided. */
  #choose(doubt: OpenWords): number {
    const decision = this.#decisions[this.#decided];
    this.#decided += 1;
    if (decision === undefined) this.#doubt ??= doubt;
    return decision ?? 0;
  }

  /** The positional option that would take the next words. */
  #nextAfter(spec: Spec): Option<unknown> | undefined {
    const { specs } = this.#grammar;
    const names = this.#left.map((word) => nameIn(word, specs)?.spec[0]);
    const after = specs.slice(specs.indexOf(spec) + 1);
    return after.find((one) => one[1].named !== true && !this.#isGiven(one) && !names.includes(one[0]))?.[1];
  }

  /** What begins a text like the value of an option that is given by name, or like what another program takes there. */
  #takeMisread(): void {
    const { specs, misread } = this.#grammar;
    const [word] = this.#left;
    if (word === undefined || word.quoted) return;
    for (const spec of specs) {
      const [name, option] = spec;
      const count = this.#isGiven(spec) || option.named !== true ? 0 : (option.resembles?.(this.#left) ?? 0);
      if (count === 0) continue;
      const input = textOf(this.#left.slice(0, count));
      const question = message('doubt.option', { input, option: literal(name) });
      if (this.#choose({ message: question, choices: ['reason', 'option'] }) === 0) return;
      this.#parts.push({ name, option, named: true, words: this.#left.slice(0, count) });
      this.#left = this.#left.slice(count);
      return;
    }
    if (misread !== undefined && isBareNumber(word))
      this.#choose({ message: misread(textOf([word])), choices: ['reason'] });
  }
}

const textOf = (words: readonly Word[]): string => words.map(({ text }) => text).join(' ');

/** A number and nothing else, as an input method may leave it. */
export const isBareNumber = ({ text, quoted }: Word): boolean =>
  !quoted && /^\d+[.,:;!]?$/.test(text.normalize('NFKC'));
