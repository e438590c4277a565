// The allow-list: it excuses what it names, and nothing beside it.
import { isUrlUnit, isWordUnit } from './borders.ts';
import type { Scan } from './scan.ts';
import { readWord, type Span, type Words } from './words.ts';

export interface AllowList {
  /** Whether every character of a span lies within what is allowed in this text. */
  excuses(scan: Scan, span: Span): boolean;
}

const nobody: AllowList = { excuses: () => false };

/** @param entries keywords without fault; a `*` at an end takes in the rest of the word, or of the address */
export function allowList(entries: readonly string[], words: Words): AllowList {
  if (entries.length === 0) return nobody;
  const allowed = new Map(entries.map((entry) => [words.add(entry), reachOf(entry)]));
  const spansIn = (scan: Scan): readonly Span[] =>
    scan.words
      .flatMap((hit) => {
        const reach = allowed.get(hit.word);
        return reach === undefined ? [] : [extend(hit, reach, scan.text)];
      })
      .sort((a, b) => a.start - b.start);
  // A text with many excused matches asks for each of them.
  const known = new WeakMap<Scan, readonly Span[]>();
  return {
    excuses(scan, span) {
      const spans = known.get(scan) ?? spansIn(scan);
      known.set(scan, spans);
      return isCovered(span, spans);
    },
  };
}

interface Reach {
  readonly before: boolean;
  readonly after: boolean;
  readonly isPart: (unit: string) => boolean;
}

function reachOf(entry: string): Reach {
  const { core, openStart, openEnd } = readWord(entry);
  return { before: openStart, after: openEnd, isPart: core.includes('/') ? isUrlUnit : isWordUnit };
}

function extend({ start, end }: Span, { before, after, isPart }: Reach, text: string): Span {
  let from = start;
  let to = end;
  while (before && from > 0 && isPart(text.charAt(from - 1))) from -= 1;
  // A second address glued to the first is another address.
  while (after && to < text.length && isPart(text.charAt(to)) && !text.startsWith('://', to)) to += 1;
  return { start: from, end: to };
}

/** @param spans in the order of their starts */
function isCovered({ start, end }: Span, spans: readonly Span[]): boolean {
  let reached = start;
  for (const span of spans) {
    if (span.start > reached) break;
    reached = Math.max(reached, span.end);
    if (reached >= end) return true;
  }
  return false;
}
