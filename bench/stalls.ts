// The worst that single commands make of the event loop: the longest time in which nothing else happened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { CaseDraft } from '../src/moderation/cases/case.ts';
import { indexNames, memberNamed } from '../src/moderation/groups/names.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { ms, type Row } from './measure.ts';

const cases = 1_000_000;
const [batch, exported, members, names] = [1_000, 10_000, 6_000, 500];
const day = 86_400_000;
const quiet = { info: () => undefined, warn: () => undefined };
const moderator = { surface: 'discord', id: '1' } as const;

export async function benchStalls(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-marshal-bench-'));
  const path = join(folder, 'record.db');
  const store = await openStore(`sqlite:${path}`, { clock: Date, logger: quiet });
  try {
    fill(path);
    const now = Date.now();
    return [
      await rowOf('`/case export` of 10,000 cases', () =>
        store.cases.export('guild', { cases: exported, bytes: 8_000_000 }),
      ),
      await rowOf('a list over all groups by a command that nobody used, of 1,000,000 cases', () =>
        store.cases.list({ command: 'nobody' }, { limit: 20 }),
      ),
      await rowOf('what one moderator did, by a command that they never used, of 1,000,000 cases', () =>
        store.cases.list({ actor: moderator, command: 'nobody' }, { limit: 20 }),
      ),
      await rowOf('a quota over 30 days and 1,000,000 cases', () =>
        store.cases.countTargets(moderator, now - 30 * day),
      ),
      await rowOf('a case while another program locks the file for 2 s', () => locked(path, store)),
      await rowOf('500 unknown names in a group of 6,000', async () => lookUp()),
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** One moderator's cases of the last 25 days, as the repository would have written them. */
function fill(path: string): void {
  const connection = new DatabaseSync(path);
  const began = Date.now() - 25 * day;
  const insert = connection.prepare(`insert into moderation_case (group_id, number, command, options, surface,
    actor_id, actor_name, targets, changes, state, created_at, settled_at, logged, acted)
    values ('guild', ?, 'nick', '{"member":"bob","name":"a name"}', 'discord', '1', 'mod', ?, ?, 'applied', ?, ?, 1, 1)`);
  const targets = JSON.stringify([
    { target: 'bob', before: { kind: 'member', nameCard: 'Bob' }, outcome: 'done', code: null },
  ]);
  const changes = JSON.stringify([
    {
      endpoint: 'modify_group_member_info',
      body: { GroupId: 'guild', Member_Account: 'bob', NameCard: 'x' },
    },
  ]);
  for (let start = 0; start < cases; start += batch) {
    connection.exec('begin');
    for (let number = start + 1; number <= start + batch; number += 1) {
      const at = began + number * 2_000;
      insert.run(number, targets, changes, at, at);
    }
    connection.exec('commit');
  }
  connection.exec("insert into case_counter (group_id, last) values ('guild', 1000000)");
  connection.close();
}

const draft: CaseDraft = {
  group: 'guild',
  command: 'nick',
  options: {},
  actor: { ...moderator, name: 'mod', account: null },
  reason: null,
  targets: [],
  changes: [],
  undoes: null,
  key: null,
  lasts: null,
};

async function locked(path: string, store: Store): Promise<void> {
  const other = new DatabaseSync(path);
  other.exec('begin immediate');
  const opened = store.cases.open(draft);
  await delay(2_000);
  other.exec('rollback');
  other.close();
  await opened;
}

function lookUp(): void {
  const list = Array.from({ length: members }, (_, index) => ({
    account: `account${index}`,
    nameCard: `Name ${index}`,
    role: 'Member' as const,
    mutedUntil: 0,
    bannedUntil: 0,
    msgFlag: null,
    fields: new Map<string, string>(),
    joinedAt: null,
    lastSpokeAt: null,
  }));
  const index = indexNames(list);
  for (let name = 0; name < names; name += 1) {
    memberNamed({ text: `nobody ${name}`, exact: false }, index, name < 5);
  }
}

async function rowOf(name: string, work: () => Promise<unknown>): Promise<Row> {
  const { whole, longest } = await longestStall(work);
  return {
    name: `${name}: longest stall`,
    ours: ms(longest),
    floor: ms(whole),
    ratio: 'of the whole',
    aim: '≤ 100 ms',
  };
}

/** Looks at the clock whenever the loop comes round. */
async function longestStall(work: () => Promise<unknown>): Promise<{ whole: number; longest: number }> {
  let longest = 0;
  let last = performance.now();
  let running = true;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await delay(10);
  [longest, last] = [0, performance.now()];
  const start = performance.now();
  await work();
  const whole = performance.now() - start;
  await delay(1);
  running = false;
  return { whole, longest };
}
