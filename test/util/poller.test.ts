// Poller: one at a time, at once when asked for, and no more once closed.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPoller } from '../../src/util/poller.ts';

const NEVER = 2 ** 31 - 1;

/** Poller that last until they are let go, and come again only when woken. */
function setUp({ wait = NEVER, failed = () => NEVER }: { wait?: number; failed?: () => number } = {}) {
  const open: PromiseWithResolvers<number>[] = [];
  const round = vi.fn((_closing: AbortSignal) => {
    const made = Promise.withResolvers<number>();
    open.push(made);
    return made.promise;
  });
  const poller = createPoller({ round, failed });
  const letGo = () => open.shift()?.resolve(wait);
  onTestFinished(async () => {
    letGo();
    await poller.close();
  });
  return { poller, round, letGo, fail: () => open.shift()?.reject(new Error('no')) };
}

describe('rounds', () => {
  it('begin with the start, not with a call before it', () => {
    const { poller, round } = setUp();
    poller.wake();
    expect(round).not.toHaveBeenCalled();
    poller.start();
    expect(round).toHaveBeenCalledOnce();
  });

  it('never overlap: of many calls during one, one more is made', async () => {
    const { poller, round, letGo } = setUp();
    poller.start();
    for (let call = 0; call < 5; call += 1) poller.wake();
    expect(round).toHaveBeenCalledTimes(1);
    letGo();
    await vi.waitFor(() => expect(round).toHaveBeenCalledTimes(2));
    letGo();
    await poller.close();
    expect(round).toHaveBeenCalledTimes(2);
  });

  it('that are woken are so far apart, however often that is', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const began: number[] = [];
    const poller = createPoller({
      apart: 250,
      round: async () => {
        began.push(performance.now());
        return NEVER;
      },
      failed: () => NEVER,
    });
    poller.start();
    for (let ms = 0; ms < 1_000; ms += 10) {
      poller.wake();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(began.map((at) => at - (began[0] ?? 0))).toEqual([0, 250, 500, 750, 1_000]);
    await poller.close();
  });

  it.each(['letGo', 'fail'] as const)(
    'are repeated by themselves after one that ended by %s',
    async (end) => {
      const { poller, round, ...ends } = setUp({ wait: 1, failed: () => 1 });
      poller.start();
      ends[end]();
      await vi.waitFor(() => expect(round).toHaveBeenCalledTimes(2));
    },
  );

  it('end when closed: the one in progress is waited for and told', async () => {
    const { poller, round, letGo } = setUp({ wait: 0 });
    poller.start();
    poller.wake();
    const closed = poller.close();
    expect(round.mock.calls[0]?.[0].aborted).toBe(true);
    letGo();
    await closed;
    poller.wake();
    poller.start();
    expect(round).toHaveBeenCalledOnce();
  });
});
