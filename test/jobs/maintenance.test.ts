// Maintenance: what was left is settled before anything is ended, and looked for again and again.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMaintenance, type MaintenanceDeps } from '../../src/jobs/maintenance.ts';

const MINUTE = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(reconcile: MaintenanceDeps['moderation']['reconcile']) {
  const steps: string[] = [];
  const maintenance = createMaintenance({
    moderation: {
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
  return { maintenance, steps };
}

const nothing = async () => ({ settled: 0, pending: 0 });

describe('upkeep', () => {
  it('settles what was left before it ends anything', async () => {
    const settling = Promise.withResolvers<{ settled: number; pending: number }>();
    const { maintenance, steps } = setUp(() => settling.promise);
    maintenance.start();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(steps).toEqual(['settle']);
    settling.resolve({ settled: 1, pending: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['settle', 'end']);
    await maintenance.close();
  });

  it('looks every minute for what programs beside this one left', async () => {
    const { maintenance, steps } = setUp(nothing);
    maintenance.start();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(steps.filter((step) => step === 'settle')).toHaveLength(6);
    await maintenance.close();
  });

  it('ends what is due even where nothing can be settled', async () => {
    const { maintenance, steps } = setUp(() => Promise.reject(new Error('the database is away')));
    maintenance.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['settle', 'cases of an earlier run are not settled', 'end']);
    await maintenance.close();
  });

  it('calls settling off when it closes, and waits for it', async () => {
    const { maintenance, steps } = setUp(async (signal) => {
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      steps.push('called off');
      return { settled: 0, pending: 1 };
    });
    maintenance.start();
    await maintenance.close();
    expect(steps).toEqual(['settle', 'called off']);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(steps).toEqual(['settle', 'called off']);
  });
});
