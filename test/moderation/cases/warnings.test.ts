// Warnings: the points that a case gives, and the rung of the ladder that they reach.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { rungReached } from '../../../src/moderation/cases/warnings.ts';
import type { Rung } from '../../../src/moderation/settings.ts';

const DAY = 86_400;
const now = 1_000 * DAY * 1_000;
const rung = (points: number, within: number, command: Rung['command'] = 'mute'): Rung => ({
  points,
  within: within * DAY,
  command,
  duration: command === 'kick' ? null : '1h',
});
/** Points given so many days ago. */
const given = (points: number, days: number) => ({ points, at: now - days * DAY * 1_000 });

describe('the rung that a warning reaches', () => {
  const ladder = [rung(10, 30, 'ban'), rung(6, 30, 'kick'), rung(3, 30)];

  it.each([
    ['nothing below the lowest', [], 2, null],
    ['the lowest', [], 3, 3],
    ['none again where the points were there before', [given(3, 1)], 1, null],
    ['the highest of several', [given(2, 1)], 5, 6],
    ['the top at once', [], 100, 10],
    ['the top again with every warning above it', [given(12, 1)], 1, 10],
    ['a rung anew once earlier points are too old', [given(3, 31), given(2, 1)], 1, 3],
  ])('%s', (_case, standing, added, points) => {
    expect(rungReached(ladder, standing, added, now)?.points ?? null).toBe(points);
  });

  it('is a lower one, newly reached in its shorter time, where the higher one had been reached before', () => {
    const two = [rung(20, 30, 'ban'), rung(6, 30, 'kick'), rung(3, 1)];
    expect(rungReached(two, [given(7, 20)], 3, now)?.points).toBe(3);
  });

  const anyLadder = fc
    .uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
    .map((points) => points.sort((a, b) => b - a).map((one) => rung(one, 30)));
  const standing = fc.array(
    fc.record({ points: fc.integer({ min: 1, max: 5 }), days: fc.integer({ min: 0, max: 29 }) }),
    {
      maxLength: 8,
    },
  );

  property.prop([anyLadder, standing, fc.integer({ min: 1, max: 20 })])(
    'is within the points that stand, and was not before unless it is the top',
    (rungs, list, added) => {
      const points = list.map((one) => given(one.points, one.days));
      const before = list.reduce((sum, one) => sum + one.points, 0);
      const reached = rungReached(rungs, points, added, now);
      const crossed = rungs.filter((one) => one.points <= before + added && one.points > before);
      const [top] = rungs;
      const expected = top !== undefined && before + added >= top.points ? top : (crossed[0] ?? null);
      expect(reached).toEqual(expected);
    },
  );
});
