import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { commands } from '../commands/index.ts';
import { type ChatClientOptions, createChatClient } from '../src/chat/client/client.ts';
import { allRights } from '../src/moderation/people/actor.ts';
import { defaults } from '../src/moderation/settings.ts';
import { createModerationService, type ModerationService } from '../src/pipeline/service.ts';
import { sandboxApp } from '../src/sandbox/chat/index.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { median, ms, type Row, sample, times } from './measure.ts';
import { startServer } from './servers/start.ts';

const TYPED = 600;
/** Commands under way at once: enough to use all that Chat's cap allows. */
const atOnce = 16;
const rounds = 5;
const pages = 300;
const [few, many] = [1_000, 100_000];

const logger = pino({ level: 'silent' });
const settings = () => ({
  group: () => ({ ...defaults, tell: 'off' as const }),
  named: new Set<string>(),
  onFailure: 'open' as const,
  tokens: [],
});
const operator = {
  surface: 'terminal',
  id: 'operator',
  name: 'operator',
  authority: { kind: 'granted', rights: allRights },
} as const;

export async function benchRecord(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-marshal-bench-'));
  try {
    return [
      await benchCommands(folder, {
        name: 'commands a second at Chat’s pace, with the record and without',
        aim: '≥ 0.8x',
      }),
      await benchCommands(folder, {
        name: 'the same as if Chat had no cap',
        aim: 'beside',
        pacer: () => ({
          tryAcquire: () => true,
          acquire: () => Promise.resolve(true),
          answered: () => undefined,
        }),
      }),
      await benchLists(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Pace = Pick<Row, 'name' | 'aim'> & Pick<ChatClientOptions, 'pacer'>;

async function benchCommands(folder: string, { name, aim, pacer }: Pace): Promise<Row> {
  const server = await startServer('sandbox-chat.ts');
  const chat = createChatClient({
    sdkAppId: sandboxApp.sdkAppId,
    secretKey: sandboxApp.secretKey,
    admin: 'administrator',
    baseUrl: server.url,
    ...(pacer && { pacer }),
  });
  const store = await openStore(`sqlite:${join(folder, `${pacer === undefined ? 'paced' : 'unpaced'}.db`)}`, {
    clock: Date,
    logger,
  });
  const on = createModerationService({
    commands,
    chat,
    clock: Date,
    settings,
    recorder: { ...store, logger },
  });
  const off = createModerationService({ commands, chat, clock: Date, settings });
  const pairs: (readonly [number, number])[] = [];
  await rate(on);
  await rate(off);
  for (let round = 0; round < rounds; round += 1) pairs.push([await rate(on), await rate(off)]);
  await chat.close();
  await store.close();
  server.stop();
  return {
    name,
    ours: `${median(pairs.map(([with_]) => with_)).toFixed(0)}/s`,
    floor: `${median(pairs.map(([, without]) => without)).toFixed(0)}/s`,
    ratio: times(median(pairs.map(([with_, without]) => with_ / without))),
    aim,
  };
}

let named = 0;

/** Commands a second: each gives somebody a new name. */
async function rate({ pipeline }: ModerationService): Promise<number> {
  let left = TYPED;
  const start = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      named += 1;
      const options = { member: '@bob', name: `name ${named}`, group: 'guild' };
      const { kind } = await pipeline.handle({
        actor: operator,
        command: 'nick',
        options,
        questions: 'confirmed',
      });
      if (kind !== 'done') throw new Error(`a command of the bench was ${kind}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (TYPED * 1_000) / (performance.now() - start);
}

async function benchLists(folder: string): Promise<Row> {
  const [short, long] = [await filled(folder, few), await filled(folder, many)];
  const firstPage = (store: Store) => () => store.cases.list({ group: 'guild' }, { limit: 20 });
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const long50 = (await sample(pages, firstPage(long))).p50;
    pairs.push([long50, (await sample(pages, firstPage(short))).p50]);
  }
  await short.close();
  await long.close();
  return {
    name: `first page of ${many.toLocaleString('en')} cases, against ${few.toLocaleString('en')}, p50`,
    ours: ms(median(pairs.map(([a]) => a))),
    floor: ms(median(pairs.map(([, b]) => b))),
    ratio: times(median(pairs.map(([a, b]) => a / b))),
    aim: '≤ 2x',
  };
}

async function filled(folder: string, count: number): Promise<Store> {
  const store = await openStore(`sqlite:${join(folder, `${count}.db`)}`, { clock: Date, logger });
  const imported = await store.importCases(linesOf(count));
  if (!imported.ok) throw new Error(imported.faults[0]?.problem);
  return store;
}

function* linesOf(count: number): Iterable<string> {
  const began = Date.now() - count * 1_000;
  for (let number = 1; number <= count; number += 1) {
    const at = began + number * 1_000;
    const target = { target: `member${number % 997}`, before: null, outcome: 'done', code: null };
    yield JSON.stringify({
      format: 2,
      group: 'guild',
      number,
      command: number % 3 === 0 ? 'mute' : 'nick',
      options: { member: target.target },
      actor: { surface: 'discord', id: `10000000000000000${number % 7}`, name: 'mod', account: null },
      reason: null,
      targets: [target],
      changes: [],
      undoes: null,
      key: null,
      lasts: null,
      endsAt: null,
      timerAt: null,
      state: 'applied',
      createdAt: at,
      settledAt: at,
      undoneBy: null,
      firstReason: null,
      reasonChanges: [],
      notes: [],
    });
  }
}
