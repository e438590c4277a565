// What triggers that read texts share: the first thing in any text that nothing excuses.
import type { AllowList } from '../../match/allow.ts';
import type { Matcher, Scan } from '../../match/scan.ts';
import type { Span } from '../../match/words.ts';
import type { Finding, Look } from '../../part.ts';

/** Finds something in one text; spans that are excused do not count. */
export type Finder = (scan: Scan, isExcused: (span: Span) => boolean) => Span | null;

export const findIn =
  (finder: Finder, allowed: AllowList) =>
  ({ scans }: Look): Finding | null => {
    for (const [text, scan] of scans.entries()) {
      const span = finder(scan, (one) => allowed.excuses(scan, one));
      if (span !== null) return { text, span };
    }
    return null;
  };

export function wordsOf(words: readonly string[], matcher: Matcher): Finder {
  const wanted = new Set(words.map((word) => matcher.words.add(word)));
  return (scan, isExcused) => scan.words.find((hit) => wanted.has(hit.word) && !isExcused(hit)) ?? null;
}

export function patternsOf(sources: readonly string[], matcher: Matcher): Finder {
  const wanted = sources.map((source) => matcher.patterns.add(source));
  return (scan, isExcused) => {
    if (wanted.length === 0 || scan.patterns.length === 0) return null;
    for (const pattern of wanted) {
      const span = scan.firstMatch(pattern, isExcused);
      if (span !== null) return span;
    }
    return null;
  };
}
