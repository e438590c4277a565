// Keywords of all rules, found in one pass: whole words, or parts of words where a `*` says so.
import { type Message, message } from '../../i18n/message.ts';
import { type Automaton, buildAutomaton } from './aho-corasick.ts';
import { kinds } from './characters.ts';
import { type Folded, fold, squeeze } from './fold.ts';

/** Where in the text, in UTF-16 units; the end is excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface WordHit extends Span {
  /** As `add` numbered it. */
  readonly word: number;
}

/** A keyword, ready to be compared. */
interface Word {
  readonly id: number;
  /** Folded, one entry a character. */
  readonly plains: Uint16Array;
  readonly kinds: Uint8Array;
  readonly runs: readonly Run[];
  readonly openStart: boolean;
  readonly openEnd: boolean;
  /** Without its blanks: found only where blanks or signs were taken out of the text, too. */
  readonly isSqueezed: boolean;
}

/** Neighbours with one symbol: what is compared is runs, so that `freeee` is found and `fre` is not. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** Longest keyword, in characters. */
export const LONGEST_WORD = 200;

/** How long a letter must be drawn out to stand for fewer: `boot` is not `bot`, `booot` is. */
const DRAWN_OUT = 3;

/** The keyword without its `*` at the ends; a `*` within it is a star. */
export function readWord(written: string): { readonly core: string; openStart: boolean; openEnd: boolean } {
  const openStart = written.startsWith('*');
  const openEnd = written.length > 1 && written.endsWith('*');
  return { core: written.slice(openStart ? 1 : 0, openEnd ? -1 : undefined).trim(), openStart, openEnd };
}

/** What is wrong with a keyword; `null` for a good one. */
export function wordProblem(written: string): Message | null {
  const { core } = readWord(written);
  const { length } = fold(core);
  if (length === 0) return message('rules.word.empty');
  return length > LONGEST_WORD ? message('rules.word.long', { limit: LONGEST_WORD }) : null;
}

/** Collects keywords, then finds them all at once. */
export class Words {
  readonly #words: Word[] = [];
  readonly #ids = new Map<string, number>();
  #search: ((folded: Folded, hits: WordHit[]) => void) | null = null;

  /** Adds a keyword without fault. @returns its number; the same for the same keyword */
  add(written: string): number {
    const known = this.#ids.get(written);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(written, id);
    const { core, openStart, openEnd } = readWord(written);
    const folded = fold(core);
    this.#words.push(wordOf(id, folded, { openStart, openEnd, isSqueezed: false }));
    if (folded.kinds.subarray(0, folded.length).includes(kinds.space)) {
      const squeezed = fold(core.replace(/\s+/g, ''));
      this.#words.push(wordOf(id, squeezed, { openStart, openEnd, isSqueezed: true }));
    }
    this.#search = null;
    return id;
  }

  get size(): number {
    return this.#ids.size;
  }

  /** Every keyword in the text, also within one another, in the order of their ends. */
  find(folded: Folded): readonly WordHit[] {
    if (this.#words.length === 0) return nothing;
    this.#search ??= searcher(this.#words);
    const hits: WordHit[] = [];
    this.#search(folded, hits);
    const squeezed = squeeze(folded);
    if (squeezed !== null) this.#search(squeezed, hits);
    return hits;
  }
}

const nothing: readonly WordHit[] = [];

type Traits = Pick<Word, 'openStart' | 'openEnd' | 'isSqueezed'>;

function wordOf(id: number, folded: Folded, traits: Traits): Word {
  const plains = folded.plains.slice(0, folded.length);
  return { id, plains, kinds: folded.kinds.slice(0, folded.length), runs: runsOf(folded), ...traits };
}

function runsOf({ symbols, length }: Folded): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < length; ) {
    let to = from + 1;
    while (to < length && symbols[to] === symbols[from]) to += 1;
    runs.push({ from, to });
    from = to;
  }
  return runs;
}

/** The symbols of a text with runs as one; reused from text to text. */
interface Runs {
  symbols: Uint16Array;
  /** Where each run begins; one entry more than runs. */
  from: Uint16Array;
}

function searcher(words: readonly Word[]) {
  const bySymbols = new Map<string, Word[]>();
  const patterns: Uint16Array[] = [];
  const groups: Word[][] = [];
  for (const word of words) {
    const pattern = symbolsOf(word);
    const key = String.fromCharCode(...pattern);
    const group = bySymbols.get(key);
    if (group !== undefined) group.push(word);
    else {
      const fresh = [word];
      bySymbols.set(key, fresh);
      groups.push(fresh);
      patterns.push(pattern);
    }
  }
  const automaton: Automaton = buildAutomaton(patterns);
  const runs: Runs = { symbols: new Uint16Array(256), from: new Uint16Array(257) };
  return (folded: Folded, hits: WordHit[]): void => {
    const count = collapse(folded, runs);
    automaton.search(runs.symbols, count, (pattern, end) => {
      for (const word of groups[pattern] ?? []) {
        const hit = compare(word, folded, runs.from, end - word.runs.length);
        if (hit !== null) hits.push(hit);
      }
    });
  };
}

function symbolsOf(word: Word): Uint16Array {
  const folded = fold(String.fromCharCode(...word.plains));
  return Uint16Array.from(word.runs, ({ from }) => folded.symbols[from] ?? 0);
}

function collapse({ symbols, length }: Folded, runs: Runs): number {
  if (runs.symbols.length < length) {
    runs.symbols = new Uint16Array(length);
    runs.from = new Uint16Array(length + 1);
  }
  let count = 0;
  let last = -1;
  for (let at = 0; at < length; at += 1) {
    const symbol = symbols[at] ?? 0;
    if (symbol === last) continue;
    last = symbol;
    runs.symbols[count] = symbol;
    runs.from[count] = at;
    count += 1;
  }
  runs.from[count] = length;
  return count;
}

/** Whether the runs from `first` on are the word, with the borders it asks for. @returns where, in the text */
function compare(word: Word, folded: Folded, from: Uint16Array, first: number): WordHit | null {
  const { runs } = word;
  const [start, end] = edges(word, folded, from, first);
  const tally: Tally = { letters: 0, equal: 0, lookalikes: 0 };
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index];
    if (run === undefined) return null;
    const low = Math.max(from[first + index] ?? 0, start);
    const high = Math.min(from[first + index + 1] ?? 0, end);
    if (!isRun(word, run, folded, low, high, tally)) return null;
  }
  if (!isBordered(word, folded, start, end) || isCoincidence(tally, folded)) return null;
  const hasGap = folded.gaps?.subarray(start + 1, end).includes(1) ?? false;
  if ((folded.gaps !== null || word.isSqueezed) && !hasGap) return null;
  return { word: word.id, start: folded.starts[start] ?? 0, end: folded.ends[end - 1] ?? 0 };
}

/**
 * Where the word begins and ends. An edge that needs no border may begin within a run: the last `t` of `tttop`. At one
 * that needs a border, a sign is no part of the word: `(cat)`, where the bracket could stand for a `c`.
 */
function edges({ runs, ...word }: Word, folded: Folded, from: Uint16Array, first: number): [number, number] {
  const [head] = runs;
  const tail = runs.at(-1);
  const headLength = head === undefined ? 0 : head.to - head.from;
  const tailLength = tail === undefined ? 0 : tail.to - tail.from;
  const isFreeStart = needsNoBorder(word.kinds[0], word.openStart, folded);
  const isFreeEnd = needsNoBorder(word.kinds.at(-1), word.openEnd, folded);
  let start = from[first] ?? 0;
  let end = from[first + runs.length] ?? 0;
  const firstEnd = from[first + 1] ?? 0;
  const isSignAt = (at: number) => folded.kinds[at] === kinds.sign;
  while (firstEnd - start > headLength && (isFreeStart ? runs.length > 1 : isSignAt(start))) start += 1;
  const lastStart = runs.length === 1 ? start : (from[first + runs.length - 1] ?? 0);
  while (end - lastStart > tailLength && (isFreeEnd || isSignAt(end - 1))) end -= 1;
  // One run: what is too much is left out at the free start only when the end is not free.
  if (runs.length === 1 && isFreeStart && !isFreeEnd) start = Math.max(start, end - headLength);
  return [start, end];
}

/** A squeezed text has lost its borders, so there a word stands alone even where it is open. */
const needsNoBorder = (kind: number | undefined, isOpen: boolean, { gaps }: Folded): boolean =>
  kind === kinds.unspaced || kind === kinds.sign || (isOpen && gaps === null);

function isBordered(word: Word, folded: Folded, start: number, end: number): boolean {
  const isFreeStart = needsNoBorder(word.kinds[0], word.openStart, folded);
  const isFreeEnd = needsNoBorder(word.kinds.at(-1), word.openEnd, folded);
  return (isFreeStart || !isInWord(folded, start - 1)) && (isFreeEnd || !isInWord(folded, end));
}

/** Letters and digits go on with a word, those of unspaced scripts do not: `傻cat瓜` holds the word `cat`. */
function isInWord({ kinds: of, length }: Folded, at: number): boolean {
  if (at < 0 || at >= length) return false;
  const kind = of[at];
  return kind === kinds.latin || kind === kinds.letter || kind === kinds.digit;
}

/** What a match is made of. */
interface Tally {
  /** Letters of the keyword. */
  letters: number;
  /** Of these, those that stand in the text as themselves. */
  equal: number;
  /** Letters of the text that only look like the keyword's. */
  lookalikes: number;
}

/** Digits and signs alone are no disguise (`455` is a number), and a word of another script in a text of it is a word. */
function isCoincidence({ letters, equal, lookalikes }: Tally, folded: Folded): boolean {
  if (letters === 0 || equal > 0) return false;
  if (lookalikes === 0) return true;
  let others = 0;
  for (let at = 0; at < folded.length; at += 1) if (folded.kinds[at] === kinds.letter) others += 1;
  return others > lookalikes;
}

function isRun(word: Word, run: Run, folded: Folded, low: number, high: number, tally: Tally): boolean {
  const wanted = run.to - run.from;
  const there = high - low;
  if (word.kinds[run.from] === kinds.space) return there >= 1;
  if (there < wanted) return false;
  if (there > wanted && there < DRAWN_OUT) return false;
  const isDigit = word.kinds[run.from] === kinds.digit;
  if (there > wanted && isDigit) return false;
  let at = run.from;
  for (let index = low; index < high; index += 1) {
    // Of a run that is drawn out, the rest stands for the last letter.
    if (!isSame(word, Math.min(at, run.to - 1), folded, index, tally)) return false;
    at += 1;
  }
  return true;
}

const codeOf = (letter: string): number => letter.charCodeAt(0);
/** Latin letters that stand for others: a capital `I` for `l`, and `v` for `u`. */
const CAPITAL_I = codeOf('I');
const [letterL, letterU, letterV] = [codeOf('l'), codeOf('u'), codeOf('v')];

/** Whether a character of the text is the keyword's, or its disguise; their symbols are the same already. */
function isSame(word: Word, at: number, folded: Folded, index: number, tally: Tally): boolean {
  const wanted = word.plains[at] ?? 0;
  const kind = word.kinds[at] ?? kinds.sign;
  const there = folded.plains[index] ?? 0;
  const thereKind = folded.kinds[index] ?? kinds.sign;
  const isLetter = kind === kinds.latin || kind === kinds.letter;
  if (isLetter || kind === kinds.unspaced) tally.letters += 1;
  if (there === wanted) {
    if (isLetter || kind === kinds.unspaced) tally.equal += 1;
    return true;
  }
  if (!isLetter) return false;
  if (thereKind === kinds.digit || thereKind === kinds.sign) return true;
  if (thereKind === kinds.latin && kind === kinds.latin) {
    if (there === letterV && wanted === letterU) return true;
    return wanted === letterL && folded.text.charCodeAt(folded.starts[index] ?? 0) === CAPITAL_I;
  }
  tally.lookalikes += 1;
  return thereKind === kinds.letter || thereKind === kinds.latin;
}
