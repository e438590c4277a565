// Looks whether a database can be used, and changes nothing.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type Address, readAddress, type SqliteAddress } from './address.ts';
import type { Database } from './database.ts';
import { StoreError } from './error.ts';
import { openPostgres } from './postgres/database.ts';
import { damagedError, folderError, storeError } from './problems.ts';
import { schemaState } from './schema/migrate.ts';
import { openSqlite, refuseEmptied } from './sqlite/database.ts';

/** `new`: it is made, or made ready, at the first start. `old`: it is brought up to date at the next start. */
export interface Examined {
  readonly state: 'new' | 'old' | 'current';
  /** How the database is called in messages; without secrets. */
  readonly shown: string;
  /** Cases in it. */
  readonly cases: number;
}

/** @throws StoreError that says what is wrong and what would be right; never a password */
export async function examineStore(url: string, logger: Logger): Promise<Examined> {
  const address = readAddress(url);
  try {
    return await (address.kind === 'sqlite' ? examineFile(address) : examineServer(address, logger));
  } catch (error) {
    throw storeError(address, error);
  }
}

async function examineFile(address: SqliteAddress): Promise<Examined> {
  const { path } = address;
  const shown = `sqlite:${path}`;
  if (path === ':memory:') return { state: 'new', shown, cases: 0 };
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) throw folderError(address);
  refuseEmptied(address);
  // SQLite writes files beside the database, too.
  const folder = nearestFolder(path);
  if (!statSync(folder).isDirectory()) {
    throw new StoreError(
      `The database ${shown} cannot be made: ${folder} is no folder. Right would be one.`,
      {
        problem: 'readOnly',
      },
    );
  }
  accessSync(folder, constants.W_OK);
  if (stat === undefined) return { state: 'new', shown, cases: 0 };
  accessSync(path, constants.W_OK);
  const database = await openSqlite(address, 'read');
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(database.db);
    const [found] = rows;
    if (found !== undefined && found.quick_check !== 'ok') throw damagedError(address, found.quick_check);
    return await examineTables(database);
  } finally {
    await database.close();
  }
}

function nearestFolder(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : nearestFolder(folder);
}

async function examineServer(
  address: Extract<Address, { kind: 'postgres' }>,
  logger: Logger,
): Promise<Examined> {
  const database = await openPostgres(address, 'read', logger);
  try {
    const { rows } = await sql<{ isReadOnly: boolean }>`
      select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "isReadOnly"
    `.execute(database.db);
    if (rows[0]?.isReadOnly === true) {
      throw new StoreError(
        `The database ${address.shown} takes no writes. Right would be the server that does, not a copy of it.`,
        { problem: 'readOnly' },
      );
    }
    return await examineTables(database);
  } finally {
    await database.close();
  }
}

async function examineTables(database: Database): Promise<Examined> {
  const { db, shown } = database;
  const state = await schemaState(database);
  if (state === 'new') return { state, shown, cases: 0 };
  const { cases } = await db
    .selectFrom('moderation_case')
    .select((eb) => eb.fn.countAll<number>().as('cases'))
    .executeTakeFirstOrThrow();
  return { state, shown, cases: Number(cases) };
}
