// What every bench shares: rounds in turn, medians, CPU time, and a table of ratios.
import { setTimeout as delay } from 'node:timers/promises';

/** A figure of two contenders from the same run; the ratio is what counts. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly floor: string;
  readonly ratio: string;
  readonly aim: string;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Sample {
  /** Milliseconds a run. */
  readonly p50: number;
  /** Microseconds of this process's CPU a run. */
  readonly cpu: number;
}

/** Runs `work` one after the other `count` times, with a pause before each that is not counted in `p50`. */
export async function sample(count: number, work: () => Promise<unknown>, pauseMs = 0): Promise<Sample> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let index = 0; index < count; index += 1) {
    if (pauseMs > 0) await delay(pauseMs);
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const used = process.cpuUsage(before);
  return { p50: median(times), cpu: (used.user + used.system) / count };
}

/** Runs two contenders in turn and compares them pair by pair, so that a drifting machine does not decide. */
export async function duel(
  rounds: number,
  ours: () => Promise<Sample>,
  floor: () => Promise<Sample>,
): Promise<{ ours: Sample; floor: Sample; p50Ratio: number; cpuRatio: number }> {
  const pairs: (readonly [Sample, Sample])[] = [];
  await ours();
  await floor();
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      pairs.push([await ours(), await floor()]);
    } else {
      const second = await floor();
      pairs.push([await ours(), second]);
    }
  }
  const middle = (pick: (pair: readonly [Sample, Sample]) => number) => median(pairs.map(pick));
  return {
    ours: { p50: middle(([a]) => a.p50), cpu: middle(([a]) => a.cpu) },
    floor: { p50: middle(([, b]) => b.p50), cpu: middle(([, b]) => b.cpu) },
    p50Ratio: middle(([a, b]) => a.p50 / b.p50),
    cpuRatio: middle(([a, b]) => a.cpu / b.cpu),
  };
}

/** A table in Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.name} | ${row.ours} | ${row.floor} | ${row.ratio} | ${row.aim} |`);
  return [
    '| figure | ours | floor or peer | ratio | aim |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

export const ms = (value: number): string => `${value.toFixed(2)} ms`;
export const us = (value: number): string => `${value.toFixed(0)} µs`;
export const times = (value: number): string => `${value.toFixed(2)}x`;
