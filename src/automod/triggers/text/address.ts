// What triggers that look for addresses share: they read texts as they came, for an address is exact.
import type { Span } from '../../match/words.ts';
import type { Finding, Look } from '../../part.ts';

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/** Finds an address in any text. What is invisible within it is looked through. */
export const findAddress =
  (find: (text: string) => Span | undefined) =>
  ({ scans }: Look): Finding | null => {
    for (const [text, scan] of scans.entries()) {
      const span = find(scan.text);
      if (span !== undefined) return { text, span };
      const { cleaned } = scan;
      if (cleaned.starts === null || !invisible.test(scan.text)) continue;
      const hidden = find(cleaned.text);
      if (hidden === undefined) continue;
      const { starts, ends } = cleaned;
      return { text, span: { start: starts[hidden.start] ?? 0, end: ends?.[hidden.end - 1] ?? 0 } };
    }
    return null;
  };
