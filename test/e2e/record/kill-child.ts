// The product in a process that is made to be killed: takes commands as lines of JSON, and acknowledges each outcome.
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { openApp } from '../../../src/app/open.ts';
import { parseLine } from '../../../src/command/text.ts';
import { sandboxApp } from '../../../src/sandbox/chat/index.ts';
import { granted } from '../../support/app.ts';
import { until } from '../../support/program.ts';
import type { Acknowledged, Order, Said } from './kill-protocol.ts';

const [baseUrl = '', databaseUrl = '', directory = ''] = process.argv.slice(2);

const say = (said: Said) => void process.stdout.write(`${JSON.stringify(said)}\n`);

async function open() {
  const { sdkAppId, secretKey } = sandboxApp;
  const chat = { sdkAppId, secretKey, admin: 'administrator', baseUrl, group: 'guild' };
  const ground = { databaseUrl, settingsFile: undefined, directory, shared: false };
  const app = await openApp(chat, ground, pino({ level: 'silent' }));
  say({ said: 'open' });
  return app;
}

type App = Awaited<ReturnType<typeof open>>;

/** Settles what the life before left; on PostgreSQL, the server may take a moment to notice its end. */
async function settle({ moderation, record }: App, before: number): Promise<void> {
  await until(async () => {
    await moderation.reconcile();
    const pending = await record.cases.pending();
    return pending.every((one) => one.createdAt >= before);
  });
  say({ said: 'settled' });
}

async function carryOut({ moderation }: App, { id, line }: Order): Promise<void> {
  const parsed = parseLine(line, moderation.registry);
  if (!parsed.ok) throw new Error(`cannot read ${line}: ${parsed.problem.id}`);
  const { command, options } = parsed.value;
  const request = {
    actor: granted(),
    command: command.name,
    options,
    defaultGroup: 'guild',
    questions: 'confirmed',
  } as const;
  const { kind, case: number, results } = await moderation.pipeline.handle(request);
  const acknowledged: Acknowledged = {
    id,
    kind,
    case: number ?? null,
    results: results.map(({ target, outcome, uncertain }) => [
      target,
      uncertain === true ? 'uncertain' : outcome,
    ]),
  };
  say({ said: 'done', acknowledged });
}

say({ said: 'ready' });
let app: Promise<App> | undefined;
for await (const text of createInterface({ input: process.stdin })) {
  if (app === undefined) {
    const before = Date.now();
    app = open();
    void app.then((opened) => settle(opened, before));
    continue;
  }
  const order: Order = JSON.parse(text);
  void app.then((opened) => carryOut(opened, order));
}
