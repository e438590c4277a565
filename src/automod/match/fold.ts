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
  const { length } = folded;
  const kept: number[] = [];
  const gapped: number[] = [];
  let index = 0;
  while (index < length) {
    if (!isSeparator(folded, index)) {
      kept.push(index);
      index += 1;
      continue;
    }
    let end = index;
    while (end < length && isSeparator(folded, end)) end += 1;
    if (joins(folded, index, end)) gapped.push(kept.length);
    else for (let at = index; at < end; at += 1) kept.push(at);
    index = end;
  }
  return gapped.length === 0 ? null : pick(folded, kept, gapped);
}

function pick(folded: Folded, kept: readonly number[], gapped: readonly number[]): Folded {
  const gaps = new Uint8Array(kept.length);
  for (const at of gapped) gaps[at] = 1;
  const take = (from: Uint16Array) => Uint16Array.from(kept, (at) => from[at] ?? 0);
  return {
    text: folded.text,
    length: kept.length,
    symbols: take(folded.symbols),
    plains: take(folded.plains),
    kinds: Uint8Array.from(kept, (at) => folded.kinds[at] ?? 0),
    starts: take(folded.starts),
    ends: take(folded.ends),
    gaps,
  };
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
