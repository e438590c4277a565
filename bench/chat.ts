// One call through the request builder and the client, against a bare undici Pool that does the same POST.

import { Pool } from '../src/util/undici/undici.ts';
import { benchClient, body } from './client.ts';
import { duel, ms, type Row, sample, times, us } from './measure.ts';
import { startServer } from './servers/start.ts';

const calls = 4_000;
const rounds = 11;

export async function benchChat(): Promise<readonly Row[]> {
  const server = await startServer('chat.ts');
  const client = benchClient(server.url, {
    // The pacer has a bench of its own; at 200 calls a second it would be all that is measured here.
    pacer: () => ({ tryAcquire: () => true, acquire: async () => true, answered: () => undefined }),
  });
  const pool = new Pool(server.url, { connections: 50, pipelining: 1 });
  const { url } = client.preview('modify_group_member_info', body);
  const path = url.slice(server.url.length);

  const ours = () => sample(calls, () => client.call('modify_group_member_info', body));
  const floor = () =>
    sample(calls, async () => {
      const response = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.body.json();
    });
  const result = await duel(rounds, ours, floor);
  await client.close();
  await pool.close();
  server.stop();
  return [
    {
      name: 'a Chat call, p50',
      ours: ms(result.ours.p50),
      floor: ms(result.floor.p50),
      ratio: times(result.p50Ratio),
      aim: '≤ 1.5x',
    },
    {
      name: 'a Chat call, CPU',
      ours: us(result.ours.cpu),
      floor: us(result.floor.cpu),
      ratio: times(result.cpuRatio),
      aim: '≤ 1.5x',
    },
  ];
}
