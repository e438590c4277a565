// "Did you mean …": how close is close enough, and that many candidates keep nobody waiting.
import { fc, test as property } from '@fast-check/vitest';
import { distance } from 'fastest-levenshtein';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/util/nearest.ts';

describe('nearest', () => {
  it.each([
    ['bobb', ['alice', 'bob'], 'bob'],
    ['Allice', ['alice', 'bob'], 'alice'],
    ['xyz', ['alice', 'bob'], null],
    ['mut', ['unmute', 'mute', 'muted'], 'mute'],
    ['b', ['', 'c'], 'c'],
    ['anything', [], null],
  ])('%s among %j: %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  property.prop([
    fc.string({ unit: fc.constantFrom('a', 'b', 'C'), maxLength: 8 }),
    fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })),
  ])('is the first of the closest, where that is close enough', (word, candidates) => {
    const off = (candidate: string) => distance(word.toLowerCase(), candidate.toLowerCase());
    const real = candidates.filter((candidate) => candidate !== '');
    const least = Math.min(...real.map(off));
    const isClose = least <= Math.max(1, Math.ceil(word.length / 3));
    expect(nearest(word, candidates)).toBe(isClose ? real.find((one) => off(one) === least) : null);
  });
});
