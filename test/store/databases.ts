// The databases that the store's tests run on: each test gets an empty one of its own.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { readAddress } from '../../src/store/address.ts';
import type { Database } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres/database.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export const logger = pino({ level: 'silent' });

/** Ticks a millisecond a look, so that no two times are equal. */
export function tickingClock(start = 1_700_000_000_000) {
  let now = start;
  return { now: () => now++ };
}

export interface TestDatabase {
  readonly name: string;
  readonly missing: boolean;
  /** URL of an empty database that is dropped when the test ends. */
  fresh(): Promise<string>;
}

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const server = process.env.TEST_DATABASE_URL ?? '';

export const sqlite: TestDatabase = {
  name: 'SQLite',
  missing: false,
  fresh: async () => `sqlite:${join(temporaryFolder(), 'store.db')}`,
};

export const postgres: TestDatabase = {
  name: server === '' ? 'PostgreSQL (skipped: TEST_DATABASE_URL is not set)' : 'PostgreSQL',
  missing: server === '',
  async fresh() {
    const schema = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(`create schema ${schema}`);
    onTestFinished(() => onServer(`drop schema ${schema} cascade`));
    const url = new URL(server);
    url.searchParams.set('options', `-c search_path=${schema} -c client_min_messages=warning`);
    return url.href;
  },
};

export const databases: readonly TestDatabase[] = [sqlite, postgres];

async function onServer(statement: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A store that is closed when the test ends, before its database is dropped. */
export async function openFresh(database: TestDatabase, clock = tickingClock()): Promise<Store> {
  return reopen(await database.fresh(), clock);
}

export async function reopen(url: string, clock = tickingClock()): Promise<Store> {
  const store = await openStore(url, { clock, logger });
  onTestFinished(() => store.close());
  return store;
}

/** The database alone, with whatever schema it has; closed when the test ends. */
export async function openDatabase(url: string): Promise<Database> {
  const address = readAddress(url);
  const database = await (address.kind === 'sqlite'
    ? openSqlite(address, 'own')
    : openPostgres(address, 'own', logger));
  onTestFinished(() => database.close());
  return database;
}
