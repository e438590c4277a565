// Durations: a table of what moderators type, and the property that nothing doubtful becomes a number.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { LONGEST, readDuration } from '../../src/moderation/duration.ts';

const seconds = (input: string): number | string => {
  const read = readDuration(input);
  if (!read.ok) return read.problem.id;
  return read.value === 'permanent' ? 'permanent' : read.value.seconds;
};

describe('a duration', () => {
  it.each([
    ['3600', 3600],
    ['90', 90],
    ['007', 7],
    ['1h30m', 5400],
    ['1h 30m', 5400],
    ['2 days', 172_800],
    ['1d12h', 129_600],
    ['1m', 60],
    ['5min', 300],
    ['1H', 3600],
    ['2Weeks', 1_209_600],
    ['2w4d7h32m17s', 1_582_337],
    ['PT1H30M', 5400],
    ['P1DT12H', 129_600],
    ['P2W', 1_209_600],
    ['５m', 300],
    ['10分钟', 600],
    ['1小时30分', 5400],
    ['2時間', 7200],
    ['3일 12시간', 302_400],
    ['permanent', 'permanent'],
    ['PERM', 'permanent'],
    ['永久', 'permanent'],
    ['영구', 'permanent'],
    [String(LONGEST), LONGEST],
  ])('reads %s', (input, expected) => {
    expect(seconds(input)).toBe(expected);
  });

  it.each([
    ['', 'duration.unreadable'],
    ['h', 'duration.unreadable'],
    ['soon', 'duration.unreadable'],
    ['10 bananas', 'duration.unreadable'],
    ['10m spam', 'duration.unreadable'],
    ['1e3s', 'duration.unreadable'],
    ['0x10', 'duration.unreadable'],
    ['00:30:00', 'duration.unreadable'],
    ['1ms', 'duration.unreadable'],
    ['P', 'duration.unreadable'],
    ['PT', 'duration.unreadable'],
    ['1.5h', 'duration.fraction'],
    ['1,000s', 'duration.fraction'],
    ['1mo', 'duration.month'],
    ['2 years', 'duration.month'],
    ['1M', 'duration.ambiguousMonth'],
    ['-5m', 'duration.negative'],
    ['−5m', 'duration.negative'],
    ['0', 'duration.zero'],
    ['0s', 'duration.zero'],
    ['PT0S', 'duration.zero'],
    ['1h30', 'duration.noUnit'],
    ['1h1h', 'duration.repeatedUnit'],
    ['30m1h', 'duration.order'],
    ['99999999d', 'duration.tooLong'],
    [String(LONGEST + 1), 'duration.tooLong'],
    ['9'.repeat(400), 'duration.tooLong'],
  ])('refuses %s', (input, problem) => {
    expect(seconds(input)).toBe(problem);
  });

  property.prop([fc.string({ unit: 'grapheme' })])(
    'is a whole number of seconds above 0, or refused',
    (input) => {
      const read = readDuration(input);
      if (!read.ok || read.value === 'permanent') return;
      expect(Number.isSafeInteger(read.value.seconds)).toBe(true);
      expect(read.value.seconds).toBeGreaterThan(0);
      expect(read.value.seconds).toBeLessThanOrEqual(LONGEST);
    },
  );

  property.prop([fc.integer({ min: 1, max: LONGEST })])('reads back what its units add up to', (total) => {
    const parts = [
      [Math.floor(total / 86_400), 'd'],
      [Math.floor((total % 86_400) / 3_600), 'h'],
      [Math.floor((total % 3_600) / 60), 'm'],
      [total % 60, 's'],
    ] as const;
    const text = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
    expect(seconds(text.join(''))).toBe(total);
    expect(seconds(text.join(' '))).toBe(total);
    expect(seconds(String(total))).toBe(total);
  });
});
