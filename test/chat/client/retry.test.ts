import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRetries, pauseAfter, type Trail } from '../../../src/chat/client/retry.ts';

const fresh: Trail = { attempts: 1, retries: 0, resigned: false, uncertain: false };
const pause = (retry: 'yes' | 'backoff' | 'resign' | 'no', trail: Partial<Trail> = {}, chance = 0.5) =>
  pauseAfter('destroy_group', { retry }, { ...fresh, ...trail }, defaultRetries, chance);

describe('pauseAfter', () => {
  test('spreads pauses from nothing up to a width that doubles', () => {
    const widths = [0, 1, 2].map((retries) => pause('yes', { retries }, 1));
    expect(widths).toEqual([200, 400, 800]);
    expect(pause('yes', {}, 0)).toBe(0);
  });

  test('waits a second at least after "too fast"', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.double({ min: 0, max: 1, noNaN: true }), (retries, chance) => {
        expect(pause('backoff', { retries }, chance)).toBeGreaterThanOrEqual(1000);
        expect(pause('backoff', { retries }, chance)).toBeLessThanOrEqual(5000);
      }),
    );
  });

  test('gives up after three retries', () => {
    expect(pause('yes', { retries: 3 })).toBeUndefined();
    expect(pause('backoff', { retries: 3 })).toBeUndefined();
  });

  test('signs again once, at once, even after three retries', () => {
    expect(pause('resign', { retries: 3 })).toBe(0);
    expect(pause('resign', { resigned: true })).toBeUndefined();
  });

  test('does not repeat a refusal', () => {
    expect(pause('no')).toBeUndefined();
  });

  test.each(['create_group', 'send_group_system_notification', 'batchsendmsg'] as const)(
    'does not send %s twice when the first may have worked',
    (name) => {
      const pauseWhen = (uncertain: boolean) =>
        pauseAfter(name, { retry: 'yes' }, { ...fresh, uncertain }, defaultRetries, 0.5);
      expect(pauseWhen(true)).toBeUndefined();
      expect(pauseWhen(false)).toBe(100);
    },
  );
});
