// The loop of the timers: what is due is ended once and soon, whatever the store, Chat and other processes do.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTimers, type TimerDeps } from '../../src/jobs/timers.ts';
import type { ModerationCase } from '../../src/moderation/cases/case.ts';
import type { Expired } from '../../src/pipeline/settle/expire.ts';
import { draft } from '../store/cases/drafts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A case that ends so many milliseconds from now. */
const ending = (number: number, after: number): ModerationCase => ({
  ...draft(),
  number,
  state: 'applied',
  createdAt: 0,
  settledAt: 0,
  undoneBy: null,
  endsAt: Date.now() + after,
  timerAt: Date.now() + after,
});

/** The part of the record that the loop uses. */
function recordOf(...list: ModerationCase[]) {
  const timers = new Map(list.map((one) => [one.number, one]));
  const sorted = () =>
    [...timers.values()]
      .filter((one): one is ModerationCase & { timerAt: number } => one.timerAt !== null)
      .sort((a, b) => a.timerAt - b.timerAt || a.number - b.number);
  const cases: TimerDeps['cases'] = {
    due: async (at, limit) =>
      sorted()
        .filter(({ timerAt }) => timerAt <= at)
        .slice(0, limit),
    nextTimer: async () => sorted()[0]?.timerAt ?? null,
    async setTimer(_group, number, seen, next) {
      const one = timers.get(number);
      if (one === undefined || one.timerAt !== seen) return false;
      timers.set(number, { ...one, timerAt: next });
      return true;
    },
  };
  return {
    cases,
    add: (one: ModerationCase) => void timers.set(one.number, one),
    end: (number: number) => void timers.delete(number),
    timerAt: (number: number) => timers.get(number)?.timerAt,
  };
}

type FakeRecord = ReturnType<typeof recordOf>;

/** A loop on a record; `expire` answers `over` unless told. */
function loopOn(record: FakeRecord, answer: (number: number) => Expired | Promise<Expired> = () => 'over') {
  const start = Date.now();
  const tries: [number, number][] = [];
  const errors: unknown[] = [];
  const timers = createTimers({
    cases: record.cases,
    clock: Date,
    async expire({ number }) {
      tries.push([number, Date.now() - start]);
      const expired = await answer(number);
      if (expired === 'over') record.end(number);
      return expired;
    },
    logger: {
      info: () => undefined,
      error: ({ err }: { err?: unknown }, message) => void errors.push([message, err]),
    },
  });
  return { timers, tries, errors };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a timer', () => {
  it('that was missed fires at the start, the earliest first', async () => {
    const { timers, tries } = loopOn(recordOf(ending(1, -MINUTE), ending(2, -10 * MINUTE)));
    timers.start();
    await pass(0);
    expect(tries).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });

  it('fires when its time comes, and not before', async () => {
    const { timers, tries } = loopOn(recordOf(ending(1, 90_500)));
    timers.start();
    await pass(90_499);
    expect(tries).toEqual([]);
    await pass(1);
    expect(tries).toEqual([[1, 90_500]]);
  });

  it('that another process sets is found within two seconds', async () => {
    const record = recordOf();
    const { timers, tries } = loopOn(record);
    timers.start();
    await pass(10_001);
    record.add(ending(1, 0));
    await pass(2_000);
    expect(tries).toHaveLength(1);
  });

  it('far away waits in short steps, which no clock of the machine overflows', async () => {
    const wait = vi.spyOn(globalThis, 'setTimeout');
    const { timers, tries } = loopOn(recordOf(ending(1, 100 * YEAR)));
    timers.start();
    await pass(HOUR);
    expect(tries).toEqual([]);
    expect(Math.max(...wait.mock.calls.map(([, ms]) => ms ?? 0))).toBeLessThanOrEqual(2_000);
  });

  it('does not fire before the start, even when woken', async () => {
    const { timers, tries } = loopOn(recordOf(ending(1, 0)));
    timers.wake();
    await pass(MINUTE);
    expect(tries).toEqual([]);
  });

  it.each([
    ['at once when woken after a rest', 300, 0],
    ['a quarter of a second after the last look when woken right behind it', 1, 249],
  ])('fires %s', async (_when, rest, wait) => {
    const record = recordOf();
    const { timers, tries } = loopOn(record);
    timers.start();
    await pass(rest);
    record.add(ending(1, 0));
    timers.wake();
    await pass(wait);
    expect(tries.map(([number]) => number)).toEqual([1]);
  });

  it('is one of many that are due, and all fire', async () => {
    const { timers, tries } = loopOn(
      recordOf(...Array.from({ length: 120 }, (_, index) => ending(index, 0))),
    );
    timers.start();
    await pass(0);
    expect(tries).toHaveLength(120);
  });
});

describe('a case that cannot be ended', () => {
  it('is tried again after a minute, and then ever more seldom, to once an hour', async () => {
    const { timers, tries } = loopOn(recordOf(ending(1, 0)), () => 'later');
    timers.start();
    await pass(5 * HOUR);
    const times = tries.map(([, at]) => at / MINUTE);
    expect(times.slice(0, 9)).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 124]);
    await timers.close();
  });

  it('is ended once it can be, and never again', async () => {
    let down = true;
    const { timers, tries } = loopOn(recordOf(ending(1, 0)), () => (down ? 'later' : 'over'));
    timers.start();
    await pass(MINUTE);
    down = false;
    await pass(HOUR);
    expect(tries.map(([, at]) => at / MINUTE)).toEqual([0, 1, 2]);
  });

  it('because of a fault of our own is logged, and holds up no other', async () => {
    const bug = new Error('a bug');
    const { timers, tries, errors } = loopOn(recordOf(ending(1, 0), ending(2, 0)), (number) => {
      if (number === 1) throw bug;
      return 'over';
    });
    timers.start();
    await pass(0);
    expect(tries.map(([number]) => number)).toEqual([1, 2]);
    expect(errors).toEqual([['a case could not be ended', bug]]);
    await pass(MINUTE);
    expect(tries.map(([number]) => number)).toEqual([1, 2, 1]);
  });

  it('because its process died over it is free again after a minute', async () => {
    const record = recordOf(ending(1, 0));
    const dying = loopOn(record, () => new Promise(() => undefined));
    dying.timers.start();
    await pass(0);
    const { timers, tries } = loopOn(record);
    timers.start();
    await pass(MINUTE - 1);
    expect(tries).toEqual([]);
    await pass(1);
    expect(tries).toHaveLength(1);
  });
});

describe('several processes', () => {
  it('on one record fire each timer once', async () => {
    const record = recordOf(...Array.from({ length: 30 }, (_, index) => ending(index, index * 500)));
    const loops = [loopOn(record), loopOn(record), loopOn(record)];
    for (const { timers } of loops) timers.start();
    await pass(MINUTE);
    const all = loops.flatMap(({ tries }) => tries.map(([number]) => number));
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });
});

describe('a record that cannot be read', () => {
  it('is looked at again', async () => {
    const record = recordOf(ending(1, 0));
    const away = new Error('the database is away');
    const due = vi.spyOn(record.cases, 'due').mockRejectedValueOnce(away);
    const { timers, tries, errors } = loopOn(record);
    timers.start();
    await pass(0);
    expect([tries, errors]).toEqual([[], [['timers could not be looked after', away]]]);
    await pass(2_000);
    expect(tries).toHaveLength(1);
    expect(due.mock.calls.length).toBeGreaterThan(1);
  });
});

describe('closing', () => {
  it('waits for the case that is being ended, and ends no other', async () => {
    const { promise, resolve } = Promise.withResolvers<Expired>();
    const { timers, tries } = loopOn(recordOf(ending(1, 0), ending(2, 0)), () => promise);
    timers.start();
    await pass(0);
    let closed = false;
    const closing = timers.close().then(() => {
      closed = true;
    });
    await pass(HOUR);
    expect(closed).toBe(false);
    resolve('over');
    await closing;
    await pass(HOUR);
    expect(tries.map(([number]) => number)).toEqual([1]);
  });
});
