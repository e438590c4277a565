// "Did you mean …": the candidate that a mistyped word is closest to.
import { distance } from 'fastest-levenshtein';

/** @returns the closest candidate when at most a third of the word (and at least one letter) is different. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const scored = candidates
    .filter((candidate) => candidate !== '')
    .map((candidate) => ({ candidate, off: distance(wanted, candidate.toLowerCase()) }))
    .sort((a, b) => a.off - b.off);
  const best = scored[0];
  return best !== undefined && best.off <= Math.max(1, Math.ceil(wanted.length / 3)) ? best.candidate : null;
}
