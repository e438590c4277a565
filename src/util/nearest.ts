// "Did you mean …": the candidate that a mistyped word is closest to.
import { distance } from 'fastest-levenshtein';

/** @returns the closest candidate when at most a third of the word (and at least one letter) is different. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let most = Math.max(1, Math.ceil(wanted.length / 3));
  for (const candidate of candidates) {
    // Lengths differ by no more than the words do: of many candidates, few need a closer look.
    if (candidate === '' || Math.abs(candidate.length - wanted.length) > most) continue;
    const off = distance(wanted, candidate.toLowerCase());
    if (off > most) continue;
    best = candidate;
    most = off - 1;
    if (most < 0) break;
  }
  return best;
}
