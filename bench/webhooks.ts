// Webhook in to answer out, against an empty fastify route that reads the same body by the same schema.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { webhookSign } from '../src/chat/protocol/webhooks/index.ts';
import { Pool } from '../src/util/undici/undici.ts';
import { median, ms, quantile, type Row, times, us } from './measure.ts';
import { type Server, startServer } from './servers/start.ts';
import { APP, PATH, TOKEN } from './servers/webhooks.ts';

const rounds = 7;
const messagesARound = 5_000;
/** Messages a second, and for how many seconds they are kept up. */
const pace = 2_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 10);

const usedShape = z.object({ cpu: z.object({ user: z.number(), system: z.number() }), heap: z.number() });

/** A chat message of a kilobyte with its webhook, as Chat sends it. */
function bodyOf(index: number): string {
  return JSON.stringify({
    CallbackCommand: 'Group.CallbackBeforeSendMsg',
    GroupId: 'guild',
    Type: 'Public',
    From_Account: `member-${index % 500}`,
    Operator_Account: `member-${index % 500}`,
    Random: index,
    OnlineOnlyFlag: 0,
    MsgBody: [
      {
        MsgType: 'TIMTextElem',
        MsgContent: { Text: `message ${index} ${'to the whole guild '.repeat(40)}` },
      },
    ],
    CloudCustomData: '{"app":"game","v":3}',
    EventTime: Date.now(),
  });
}

function pathNow(): string {
  const requestTime = Math.floor(Date.now() / 1_000);
  const query = new URLSearchParams({
    SdkAppid: String(APP),
    CallbackCommand: 'Group.CallbackBeforeSendMsg',
    contenttype: 'json',
    ClientIP: '192.0.2.7',
    OptPlatform: 'iOS',
    Sign: webhookSign(TOKEN, requestTime),
    RequestTime: String(requestTime),
  });
  return `/webhooks/chat/${PATH}?${query}`;
}

interface Contender {
  readonly server: Server;
  readonly pool: InstanceType<typeof Pool>;
}

async function start(kind: 'ours' | 'empty'): Promise<Contender> {
  const server = await startServer('webhooks.ts', [kind]);
  return { server, pool: new Pool(server.url, { connections: 20, pipelining: 1 }) };
}

async function post({ pool }: Contender, index: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await pool.request({ method: 'POST', path: pathNow(), headers, body: bodyOf(index) });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || !text.includes('"ErrorCode":0')) throw new Error(`answered ${text}`);
}

async function used({ pool }: Contender) {
  const answer = await pool.request({ method: 'GET', path: '/used' });
  const { cpu, heap } = usedShape.parse(await answer.body.json());
  return { cpu: cpu.user + cpu.system, heap };
}

/** Microseconds of the server's CPU a message, with 20 messages under way at a time. */
async function round(contender: Contender): Promise<number> {
  const before = await used(contender);
  let next = 0;
  const send = async () => {
    while (next < messagesARound) await post(contender, next++);
  };
  await Promise.all(Array.from({ length: 20 }, send));
  return ((await used(contender)).cpu - before.cpu) / messagesARound;
}

/** Offers messages at an even pace, whatever the answers do. */
async function sustain(contender: Contender): Promise<{ p99: number; growth: number }> {
  const taken: number[] = [];
  const underWay: Promise<void>[] = [];
  const from = performance.now();
  const { heap } = await used(contender);
  for (let sent = 0; sent < pace * seconds; ) {
    const due = Math.min(pace * seconds, Math.floor(((performance.now() - from) / 1_000) * pace));
    for (; sent < due; sent += 1) {
      const at = performance.now();
      underWay.push(post(contender, sent).then(() => void taken.push(performance.now() - at)));
    }
    await sleep(1);
  }
  await Promise.all(underWay);
  return { p99: quantile(taken, 0.99), growth: ((await used(contender)).heap - heap) / 1_048_576 };
}

export async function benchWebhooks(): Promise<readonly Row[]> {
  const [ours, empty] = await Promise.all([start('ours'), start('empty')]);
  await round(ours);
  await round(empty);
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index < rounds; index += 1) {
    if (index % 2 === 0) pairs.push([await round(ours), await round(empty)]);
    else {
      const floor = await round(empty);
      pairs.push([await round(ours), floor]);
    }
  }
  const kept = await sustain(ours);
  const floor = await sustain(empty);
  for (const { server, pool } of [ours, empty]) {
    await pool.close();
    server.stop();
  }
  return [
    {
      name: 'webhook in to answer out, CPU a message',
      ours: us(median(pairs.map(([a]) => a))),
      floor: us(median(pairs.map(([, b]) => b))),
      ratio: times(median(pairs.map(([a, b]) => a / b))),
      aim: '≤ 2x',
    },
    {
      name: `${pace}/s for ${seconds} s, p99 (heap grew by)`,
      ours: `${ms(kept.p99)} (${kept.growth.toFixed(0)} MB)`,
      floor: `${ms(floor.p99)} (${floor.growth.toFixed(0)} MB)`,
      ratio: times(kept.p99 / floor.p99),
      aim: '< 50 ms',
    },
  ];
}
