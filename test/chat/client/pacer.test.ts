import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacer, type Pacer, type Timers } from '../../../src/chat/client/pacer.ts';

/** A clock that stands still until told; its timers may fire late, as those of a busy process do. */
class FakeTimers implements Timers {
  time = 0;
  #pending: { at: number; callback: () => void }[] = [];
  readonly #lateness: () => number;

  constructor(lateness: () => number = () => 0) {
    this.#lateness = lateness;
  }

  now() {
    return this.time;
  }

  after(ms: number, callback: () => void) {
    const timer = { at: this.time + Math.max(1, ms) + this.#lateness(), callback };
    this.#pending.push(timer);
    return () => {
      this.#pending = this.#pending.filter((other) => other !== timer);
    };
  }

  get waiting() {
    return this.#pending.length;
  }

  /** Lets `ms` pass, firing what falls due and letting promises run after each. */
  async pass(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.#pending.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#pending = this.#pending.filter((other) => other !== next);
      this.time = next.at;
      next.callback();
      await Promise.resolve();
    }
    this.time = end;
    await Promise.resolve();
  }
}

/** Takes a slot either way; notes when, and who. */
function send(pacer: Pacer, timers: FakeTimers, log: { at: number; who: number }[], who: number) {
  if (pacer.tryAcquire()) return log.push({ at: timers.time, who });
  return pacer.acquire().then(() => log.push({ at: timers.time, who }));
}

/** The most calls in any window of `width` ms. */
function busiest(times: readonly number[], width: number): number {
  let most = 0;
  let start = 0;
  times.forEach((time, end) => {
    while (time - (times[start] ?? 0) >= width) start += 1;
    most = Math.max(most, end - start + 1);
  });
  return most;
}

const caps = fc.constantFrom(1, 2, 7, 100, 200);

describe('createPacer', () => {
  test('never lets more calls than the cap into any 1,013 ms, and keeps their order', async () => {
    const load = fc.array(fc.record({ pause: fc.nat({ max: 700 }), calls: fc.nat({ max: 300 }) }), {
      maxLength: 12,
    });
    const lateness = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(caps, load, lateness, async (cap, bursts, delays) => {
        let turn = 0;
        const timers = new FakeTimers(() => delays[turn++ % delays.length] ?? 0);
        const pacer = createPacer(cap, timers);
        const log: { at: number; who: number }[] = [];
        let asked = 0;
        for (const { pause, calls } of bursts) {
          for (let call = 0; call < calls; call += 1) void send(pacer, timers, log, asked++);
          await timers.pass(pause);
        }
        await timers.pass(60_000);
        expect(
          busiest(
            log.map(({ at }) => at),
            1013,
          ),
        ).toBeLessThanOrEqual(cap);
        expect(log.map(({ who }) => who)).toEqual(log.map((_, index) => index));
        if (cap >= 200) expect(log.length).toBe(asked);
      }),
      { numRuns: 60 },
    );
  });

  test.each([1, 100, 200])('lets through 97 %% of a cap of %i under full load', async (cap) => {
    const timers = new FakeTimers(() => 1);
    const pacer = createPacer(cap, timers);
    const log: { at: number; who: number }[] = [];
    const seconds = cap === 1 ? 1000 : 60;
    for (let call = 0; call < 64; call += 1) pacer.answered(20, false);
    for (let call = 0; call < cap * (seconds + 5); call += 1) void send(pacer, timers, log, call);
    await timers.pass(seconds * 1000);
    expect(log.length).toBeGreaterThanOrEqual(cap * seconds * 0.97);
    expect(
      busiest(
        log.map(({ at }) => at),
        1000,
      ),
    ).toBeLessThanOrEqual(cap);
  });

  test('spaces calls evenly after a short burst', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(200, timers);
    const log: { at: number; who: number }[] = [];
    for (let call = 0; call < 100; call += 1) void send(pacer, timers, log, call);
    await timers.pass(0);
    expect(log.length).toBeLessThanOrEqual(11);
    await timers.pass(100);
    expect(log.length).toBeLessThanOrEqual(32);
  });

  test.each([
    [0, 0, 0.97],
    [30, 0, 0.94],
    [60, 0, 0.92],
    [60, 12, 0.91],
  ])('keeps the cap where %i ms on the way and %i ms at the start are uneven', async (way, start, share) => {
    const chance = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 9_973, seed: 7 });
    let drawn = 0;
    const draw = (most: number) => (chance[drawn++ % chance.length] ?? 0) * most;
    const timers = new FakeTimers(() => draw(start));
    const pacer = createPacer(200, timers);
    const arrivals: number[] = [];
    const seconds = 30;
    for (let call = 0; call < 200 * seconds; call += 1) {
      void pacer.acquire().then(() => {
        const slot = timers.time;
        const arrival = timers.time + draw(way);
        arrivals.push(arrival);
        timers.after(arrival - timers.time + 5, () => pacer.answered(arrival - slot + 5, false));
      });
    }
    await timers.pass(seconds * 1_000);
    const settled = arrivals.filter((at) => at < seconds * 1_000).sort((a, b) => a - b);
    expect(busiest(settled, 1_000)).toBeLessThanOrEqual(200);
    expect(settled.length).toBeGreaterThanOrEqual(200 * seconds * share);
  });

  test('goes slower for a minute after Chat said that it was too fast', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(200, timers);
    for (let call = 0; call < 64; call += 1) pacer.answered(20, false);
    const countIn = async (seconds: number) => {
      const log: { at: number; who: number }[] = [];
      const controller = new AbortController();
      for (let call = 0; call < 200 * seconds; call += 1) {
        void pacer
          .acquire(controller.signal)
          .then((free) => free && log.push({ at: timers.time, who: call }));
      }
      await timers.pass(seconds * 1_000);
      controller.abort();
      await timers.pass(0);
      return log.length;
    };
    const before = await countIn(10);
    for (let call = 0; call < 3; call += 1) pacer.answered(20, true);
    expect(await countIn(10)).toBeLessThan(before * 0.96);
    await timers.pass(60_000);
    expect(await countIn(10)).toBeGreaterThanOrEqual(before - 12);
  });

  test('asks for no timer while nobody has to wait', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(200, timers);
    for (let call = 0; call < 500; call += 1) {
      expect(pacer.tryAcquire()).toBe(true);
      await timers.pass(6);
    }
    expect(timers.waiting).toBe(0);
  });

  test('lets nobody past those who wait', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(1, timers);
    expect(pacer.tryAcquire()).toBe(true);
    const waiting = pacer.acquire();
    // The slot is free, but its timer has not fired yet.
    timers.time = 5000;
    expect(pacer.tryAcquire()).toBe(false);
    await timers.pass(0);
    expect(await waiting).toBe(true);
  });

  test('an abort takes a waiter out of the line and spends no slot', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(1, timers);
    const controller = new AbortController();
    const granted: string[] = [];
    const join = (who: string, signal?: AbortSignal) =>
      pacer.acquire(signal).then((free) => granted.push(`${who} ${free}`));
    const all = [join('first'), join('gone', controller.signal), join('last')];
    await timers.pass(10);
    controller.abort();
    await timers.pass(1_100);
    expect(granted).toEqual(['first true', 'gone false', 'last true']);
    await Promise.all(all);
  });

  test('an abort of the only waiter calls the timer off', async () => {
    const timers = new FakeTimers();
    const pacer = createPacer(1, timers);
    pacer.tryAcquire();
    const controller = new AbortController();
    const waiting = pacer.acquire(controller.signal);
    expect(timers.waiting).toBe(1);
    controller.abort();
    expect(await waiting).toBe(false);
    expect(timers.waiting).toBe(0);
    await timers.pass(1_100);
    expect(pacer.tryAcquire()).toBe(true);
  });

  test('an aborted signal is not let in line', async () => {
    expect(await createPacer(1, new FakeTimers()).acquire(AbortSignal.abort())).toBe(false);
  });

  test('works on the real clock', async () => {
    const pacer = createPacer(100);
    const granted = await Promise.all(Array.from({ length: 12 }, () => pacer.acquire()));
    expect(granted).toEqual(Array(12).fill(true));
  });
});
