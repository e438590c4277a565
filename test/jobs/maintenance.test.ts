// Upkeep: what was left is settled before anything is ended, and looked for again and again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUpkeep, type UpkeepParts } from '../../src/jobs/maintenance.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(reconcile: UpkeepParts['marshal']['reconcile']) {
  const steps: string[] = [];
  const upkeep = createUpkeep({
    marshal: {
      reconcile(signal) {
        steps.push('settle');
        return reconcile(signal);
      },
      expire: async () => 'over',
      onSettled: () => () => undefined,
    },
    cases: {
      async due() {
        steps.push('end');
        return [];
      },
      nextTimer: async () => null,
      setTimer: async () => false,
    },
    clock: Date,
    logger: { info: () => undefined, error: (_fields, message) => void steps.push(message) },
  });
  return { upkeep, steps };
}

const nothing = async () => ({ settled: 0, pending: 0 });

describe('upkeep', () => {
  it('settles what was left before it ends anything', async () => {
    const settling = Promise.withResolvers<{ settled: number; pending: number }>();
    const { upkeep, steps } = setUp(() => settling.promise);
    upkeep.start();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(steps).toEqual(['settle']);
    settling.resolve({ settled: 1, pending: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['settle', 'end']);
    await upkeep.close();
  });

  it('looks every minute for what programs beside this one left', async () => {
    const { upkeep, steps } = setUp(nothing);
    upkeep.start();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(steps.filter((step) => step === 'settle')).toHaveLength(6);
    await upkeep.close();
  });

  it('ends what is due even where nothing can be settled', async () => {
    const { upkeep, steps } = setUp(() => Promise.reject(new Error('the database is away')));
    upkeep.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['settle', 'cases of an earlier run are not settled', 'end']);
    await upkeep.close();
  });

  it('calls settling off when it closes, and waits for it', async () => {
    const { upkeep, steps } = setUp(async (signal) => {
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      steps.push('called off');
      return { settled: 0, pending: 1 };
    });
    upkeep.start();
    await upkeep.close();
    expect(steps).toEqual(['settle', 'called off']);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(steps).toEqual(['settle', 'called off']);
  });
});
