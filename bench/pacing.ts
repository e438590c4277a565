// 3,000 calls offered at once: the share of the documented cap that is reached, and breaches in any sliding second; on a
// quiet way, with jitter on the way, and with the sender's loop blocked.
import { benchClient, body } from './client.ts';
import type { Row } from './measure.ts';
import { startServer } from './servers/start.ts';

const offered = 3_000;
const cap = 200;

interface Weather {
  readonly name: string;
  /** By how many milliseconds calls are held up on the way at most. */
  readonly jitterMs: number;
  /** How long of each 100 ms the loop of the sender is blocked, in milliseconds. */
  readonly blockedMs: number;
  readonly aim: string;
}

const weathers: readonly Weather[] = [
  { name: 'quiet', jitterMs: 0, blockedMs: 0, aim: '≥ 97 %' },
  { name: '60 ms of jitter', jitterMs: 60, blockedMs: 0, aim: '≥ 90 %' },
  { name: 'loop blocked 10 ms in 100', jitterMs: 0, blockedMs: 10, aim: '≥ 95 %' },
  { name: 'both', jitterMs: 60, blockedMs: 10, aim: '≥ 89 %' },
];

export async function benchPacing(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const weather of weathers) rows.push(...(await under(weather)));
  return rows;
}

async function under({ name, jitterMs, blockedMs, aim }: Weather): Promise<readonly Row[]> {
  const server = await startServer('chat.ts', [String(jitterMs)]);
  const client = benchClient(server.url);
  const blocking = setInterval(() => block(blockedMs), 100);
  await Promise.all(Array.from({ length: offered }, () => client.call('modify_group_member_info', body)));
  clearInterval(blocking);
  await client.close();
  const arrivals: unknown = await (await fetch(`${server.url}/arrivals`)).json();
  server.stop();
  const moments = Array.isArray(arrivals) ? arrivals.map(Number).sort((a, b) => a - b) : [];
  const share = shareOfCap(moments);
  return [
    {
      name: `${offered.toLocaleString('en')} calls at once, ${name}: share of the cap of ${cap}/s`,
      ours: `${(share * cap).toFixed(1)} calls/s`,
      floor: `${cap} calls/s`,
      ratio: `${(share * 100).toFixed(1)} %`,
      aim,
    },
    {
      name: `${name}: most calls seen by the service in any second`,
      ours: String(mostInASecond(moments)),
      floor: String(cap),
      ratio: `${breaches(moments)} breaches`,
      aim: '0 breaches',
    },
  ];
}

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
/** The steady rate against the cap, the first second's burst left out. */
function shareOfCap(moments: readonly number[]): number {
  const start = moments[cap] ?? 0;
  const end = moments.at(-1) ?? 0;
  return (moments.length - 1 - cap) / ((end - start) / 1_000) / cap;
}

function countFrom(moments: readonly number[], index: number): number {
  const start = moments[index] ?? 0;
  let count = 0;
  while ((moments[index + count] ?? Number.POSITIVE_INFINITY) < start + 1_000) count += 1;
  return count;
}

const mostInASecond = (moments: readonly number[]): number =>
  Math.max(...moments.map((_, index) => countFrom(moments, index)));

const breaches = (moments: readonly number[]): number =>
  moments.filter((_, index) => countFrom(moments, index) > cap).length;
