// 3,000 calls offered at once: the share of the documented cap that is reached, and breaches in any sliding second.
import { benchClient, body } from './client.ts';
import type { Row } from './measure.ts';
import { startServer } from './servers/start.ts';

const offered = 3_000;
const cap = 200;

export async function benchPacing(): Promise<readonly Row[]> {
  const server = await startServer('chat.ts');
  const client = benchClient(server.url);
  await Promise.all(Array.from({ length: offered }, () => client.call('modify_group_member_info', body)));
  await client.close();
  const arrivals: unknown = await (await fetch(`${server.url}/arrivals`)).json();
  server.stop();
  const moments = Array.isArray(arrivals) ? arrivals.map(Number) : [];
  const share = shareOfCap(moments);
  return [
    {
      name: `${offered.toLocaleString('en')} calls at once, share of the cap of ${cap}/s`,
      ours: `${(share * cap).toFixed(1)} calls/s`,
      floor: `${cap} calls/s`,
      ratio: `${(share * 100).toFixed(1)} %`,
      aim: '≥ 98.5 %',
    },
    {
      name: 'most calls seen by the service in any second',
      ours: String(mostInASecond(moments)),
      floor: String(cap),
      ratio: `${breaches(moments)} breaches`,
      aim: '0 breaches',
    },
  ];
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
