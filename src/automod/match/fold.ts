// A text as its reader sees it: without what is invisible, without disguises, with the way back to the text.
import { COMPOSITE, charactersOf, clusters, INVISIBLE, kinds, table } from './characters.ts';

/** A folded text, one entry a visible character. All arrays hold `length` entries that count. */
export interface Folded {
  readonly text: string;
  readonly length: number;
  readonly symbols: Uint16Array;
  readonly plains: Uint16Array;
  readonly kinds: Uint8Array;
  /** Where in the text the character begins, in UTF-16 units. */
  readonly starts: Uint16Array;
  /** Where it ends, excluded. */
  readonly ends: Uint16Array;
  /** Where signs or blanks were taken out before a character (1); `null` where nothing was. */
  readonly gaps: Uint8Array | null;
}

/** Longest text that is looked at, in UTF-16 units; a message holds 12 KB (page 33526). */
export const LONGEST_TEXT = 0x7fff;

/** Folds a text. Any text is taken; what is beyond `LONGEST_TEXT` is not looked at. */
export function fold(text: string): Folded {
  const { plains, kinds, symbolOf } = table;
  const size = Math.min(text.length, LONGEST_TEXT);
  const folded = room(text, size);
  let length = 0;
  for (let index = 0; index < size; index += 1) {
    const unit = text.charCodeAt(index);
    const symbol = symbolOf(unit);
    if (symbol === COMPOSITE) return foldClusters(text.slice(0, size));
    if (symbol === INVISIBLE) continue;
    folded.symbols[length] = symbol;
    folded.plains[length] = plains[unit] ?? 0;
    folded.kinds[length] = kinds[unit] ?? 0;
    folded.starts[length] = index;
    folded.ends[length] = index + 1;
    length += 1;
  }
  return { ...folded, length };
}

function room(text: string, size: number) {
  return {
    text,
    symbols: new Uint16Array(size),
    plains: new Uint16Array(size),
    kinds: new Uint8Array(size),
    starts: new Uint16Array(size),
    ends: new Uint16Array(size),
    gaps: null,
  };
}

/** The slow way, for texts with emoji, marks and parts of syllables. */
function foldClusters(text: string): Folded {
  // One unit may stand for 18 characters at most (U+FDFA).
  const parts = [...text.matchAll(clusters)].flatMap(({ 0: cluster, index }) =>
    charactersOf(cluster).map((character) => ({ character, index, end: index + cluster.length })),
  );
  const folded = room(text, parts.length);
  parts.forEach(({ character, index, end }, at) => {
    folded.symbols[at] = character.symbol;
    folded.plains[at] = character.plain;
    folded.kinds[at] = character.kind;
    folded.starts[at] = index;
    folded.ends[at] = end;
  });
  return { ...folded, length: parts.length };
}

/** The plain form of a folded text, to show what the rules have read. */
export const plainText = ({ plains, length }: Folded): string =>
  String.fromCharCode(...plains.subarray(0, length));

/** Signs that people put between letters to hide a word. */
const separators = new Set([...'.-_*·•|/\\,~\'"`:;=#^&°・。、…‥+—–'].map((sign) => sign.charCodeAt(0)));
/** How many signs or blanks may stand between two letters of one hidden word. */
const WIDEST_GAP = 3;

/**
 * The text without what stands between the letters of a word: `f.r e-e` becomes `free`. Signs inside a word are taken
 * out; blanks only beside a letter that stands alone, so that words stay apart. `null` where nothing is taken out.
 */
export function squeeze(folded: Folded): Folded | null {
  const first = nextGap(folded, 0);
  return first === null ? null : withoutGaps(folded, first);
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** The next signs or blanks that stand between the letters of a word. */
function nextGap(folded: Folded, start: number): Gap | null {
  const { length } = folded;
  for (let from = start; from < length; from += 1) {
    if (!isSeparator(folded, from)) continue;
    let to = from + 1;
    while (to < length && isSeparator(folded, to)) to += 1;
    if (joins(folded, from, to)) return { from, to };
    from = to;
  }
  return null;
}

function withoutGaps(folded: Folded, first: Gap): Folded {
  const kept: number[] = [];
  const gapped: number[] = [];
  let at = 0;
  for (let gap: Gap | null = first; gap !== null; gap = nextGap(folded, gap.to)) {
    for (; at < gap.from; at += 1) kept.push(at);
    gapped.push(kept.length);
    at = gap.to;
  }
  for (; at < folded.length; at += 1) kept.push(at);
  return pick(folded, kept, gapped);
}

function pick(folded: Folded, kept: readonly number[], gapped: readonly number[]): Folded {
  const { symbols, plains, kinds, starts, ends } = room(folded.text, kept.length);
  // Typed arrays are filled one by one: `from` with a function takes many times as long.
  for (let to = 0; to < kept.length; to += 1) {
    const at = kept[to] ?? 0;
    symbols[to] = folded.symbols[at] ?? 0;
    plains[to] = folded.plains[at] ?? 0;
    kinds[to] = folded.kinds[at] ?? 0;
    starts[to] = folded.starts[at] ?? 0;
    ends[to] = folded.ends[at] ?? 0;
  }
  const gaps = new Uint8Array(kept.length);
  for (const at of gapped) gaps[at] = 1;
  return { text: folded.text, length: kept.length, symbols, plains, kinds, starts, ends, gaps };
}

const isSeparator = ({ kinds: of, plains }: Folded, at: number): boolean =>
  of[at] === kinds.space || (of[at] === kinds.sign && separators.has(plains[at] ?? 0));

function joins(folded: Folded, from: number, to: number): boolean {
  if (from === 0 || to === folded.length || to - from > WIDEST_GAP) return false;
  let blanks = 0;
  for (let at = from; at < to; at += 1) if (folded.kinds[at] === kinds.space) blanks += 1;
  if (blanks === 0) return true;
  const before = standsAlone(folded, from - 1, -1);
  const after = standsAlone(folded, to, 1);
  const areUnspaced = folded.kinds[from - 1] === kinds.unspaced && folded.kinds[to] === kinds.unspaced;
  return areUnspaced ? before || after : before && after;
}

/** Whether the character beside a gap has another gap, or the end of the text, on its other side. */
function standsAlone(folded: Folded, at: number, step: 1 | -1): boolean {
  const beyond = at + step;
  return beyond < 0 || beyond >= folded.length || isSeparator(folded, beyond);
}
