// A text for regexes: without what is invisible and in one width, with the way back to the text.
import { clusters } from './characters.ts';
import { LONGEST_TEXT } from './fold.ts';
import type { Span } from './words.ts';

export interface Cleaned {
  readonly text: string;
  /** Where each unit of `text` began in the original; `null`: at the same place. */
  readonly starts: Uint16Array | null;
  /** Where the unit's cluster ended in the original; `null` with `starts`. */
  readonly ends: Uint16Array | null;
}

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const UNKNOWN = 0;
const SAME = 1;
const CHANGES = 2;
/** By UTF-16 unit, whether a text with it may change; filled as units are met. */
const changes = new Uint8Array(0x1_0000);

function mayChange(unit: number): boolean {
  const known = changes[unit] ?? UNKNOWN;
  if (known !== UNKNOWN) return known === CHANGES;
  const character = String.fromCharCode(unit);
  // Marks and parts of syllables join with what stands before them.
  const isSame =
    /[\P{M}]/u.test(character) &&
    clean(character) === character &&
    !/[\u1100-\u11ff\ud800-\udfff]/.test(character);
  changes[unit] = isSame ? SAME : CHANGES;
  return !isSame;
}

const clean = (cluster: string): string => cluster.normalize('NFKC').replace(invisible, '');

/** Cleans a text. What is beyond `LONGEST_TEXT` is not looked at. */
export function cleanText(original: string): Cleaned {
  const text = original.length > LONGEST_TEXT ? original.slice(0, LONGEST_TEXT) : original;
  for (let index = 0; index < text.length; index += 1) {
    if (mayChange(text.charCodeAt(index))) return cleanClusters(text);
  }
  return { text, starts: null, ends: null };
}

function cleanClusters(text: string): Cleaned {
  let cleaned = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const shown = clean(cluster);
    cleaned += shown;
    for (let unit = 0; unit < shown.length; unit += 1) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { text: cleaned, starts: Uint16Array.from(starts), ends: Uint16Array.from(ends) };
}

/** Where a span of the cleaned text stands in the original. */
export function originalSpan({ starts, ends }: Cleaned, { start, end }: Span): Span {
  if (starts === null || ends === null) return { start, end };
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? starts[start] ?? 0 };
}
