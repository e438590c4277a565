// SQLite: one file, one process, nothing to install.
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { SqliteAddress } from '../address.ts';
import type { Access, Database } from '../database.ts';
import { explain, StoreError } from '../error.ts';
import { emptiedError, folderError } from '../problems.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { patiently } from './busy.ts';
import { sqliteDialect } from './dialect.ts';
import { type FileLock, lockFile, lockPathOf } from './lock.ts';
import { aloneAtWork, fileWorkers } from './workers.ts';

const MEMORY = ':memory:';
/** All pages in one step, which runs beside the event loop: a second step would begin anew after every write. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Opens the file; its folder and itself are made where missing, unless it is opened only to read.
 * @throws StoreError when another process owns it and `access` is `own`; the system's and SQLite's errors otherwise
 */
export async function openSqlite(address: SqliteAddress, access: Access): Promise<Database> {
  const { path } = address;
  const readOnly = access === 'read';
  const file = path === MEMORY ? path : prepareFile(address, readOnly);
  const lock = readOnly || file === MEMORY ? null : await lockAlone(address, file, access);
  const connection = await connect(file, readOnly, lock);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  const workers = file === MEMORY ? aloneAtWork : fileWorkers(db, file, access === 'own');
  return {
    dialect: 'sqlite',
    shown: `sqlite:${path}`,
    db,
    workers,
    ownsSchema: lock !== null || file === MEMORY,
    share: () => lock?.release(),
    exclusively: (work) => inTransaction(db, work),
    relaxed: (work) => unflushed(db, connection, work),
    backup: (to) => copy(file, to),
    async close() {
      await db.destroy();
      workers.release();
      // Kysely closes only what it has used.
      if (connection.isOpen) connection.close();
      // Held until here, so that it lives as long as anybody can use the connection.
      lock?.release();
    },
  };
}

/** The file's real path, so that two names of one file have one lock. */
function prepareFile(address: SqliteAddress, readOnly: boolean): string {
  const { path } = address;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw folderError(address);
  if (existsSync(path)) return realpathSync(path);
  if (readOnly)
    throw new StoreError(`The database sqlite:${path} is not there. Right would be the path of one.`);
  mkdirSync(dirname(path), { recursive: true });
  return join(realpathSync(dirname(path)), basename(path));
}

/**
 * Refuses a file without content beside which the lock of an earlier run lies: numbers of cases would begin again. A
 * process that makes the file right now holds the lock.
 * @throws StoreError
 */
export function refuseEmptied(address: SqliteAddress): void {
  const { path } = address;
  const lock = lockPathOf(path);
  const isEmpty = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
  if (isEmpty && existsSync(lock)) throw emptiedError(address, lock);
}

async function lockAlone(address: SqliteAddress, file: string, access: Access): Promise<FileLock | null> {
  const wasLocked = existsSync(lockPathOf(file));
  const lock = await takeLock(file, access);
  if (lock === null || !wasLocked) return lock;
  try {
    refuseEmptied({ ...address, path: file });
    return lock;
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function takeLock(file: string, access: Access): Promise<FileLock | null> {
  const lock = await lockFile(file);
  if (lock !== null || access === 'shared') return lock;
  throw new StoreError(
    `The database sqlite:${file} is in use by another process. Stop that one first, or give each its own file; ` +
      'processes that share the work need PostgreSQL.',
  );
}

async function connect(file: string, readOnly: boolean, lock: FileLock | null): Promise<DatabaseSync> {
  // Whoever waits for a lock inside of SQLite holds up the whole process.
  const connection = new DatabaseSync(file, { open: false, readOnly, timeout: 0 });
  try {
    connection.open();
    await patiently(async () => {
      if (!readOnly) connection.exec('pragma journal_mode = wal');
      connection.exec('pragma synchronous = full; pragma foreign_keys = on');
    });
    return connection;
  } catch (error) {
    if (connection.isOpen) connection.close();
    lock?.release();
    throw error;
  }
}

/** In WAL mode, `normal` leaves the flush to the next transaction that is flushed, or to the next checkpoint. */
const unflushed = <Result>(
  db: Kysely<Tables>,
  connection: DatabaseSync,
  work: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> =>
  // Nobody else has the connection meanwhile.
  db.connection().execute(async (held) => {
    connection.exec('pragma synchronous = normal');
    try {
      return await work(held);
    } finally {
      connection.exec('pragma synchronous = full');
    }
  });

async function copy(file: string, to: string): Promise<void> {
  try {
    if (file === MEMORY) throw new Error('a database in memory has no file');
    mkdirSync(dirname(to), { recursive: true });
    await copyBeside(file, to);
  } catch (error) {
    throw new StoreError(
      `The backup ${to} cannot be written: ${explain(error)}. ` +
        'Right would be a new name in a folder that this user may write.',
      { cause: error },
    );
  }
}

/** Copies into a file beside the wanted one first, so that no half copy ever bears its name. */
async function copyBeside(file: string, to: string): Promise<void> {
  const part = `${to}.${randomUUID()}.part`;
  try {
    await copyPages(file, part);
    // Unlike a renaming, a link never replaces a file that is there.
    linkSync(part, to);
  } finally {
    rmSync(part, { force: true });
  }
}

/** Reads through a connection of its own: node:sqlite fails when the copied one is used at the same time. */
async function copyPages(file: string, to: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    await patiently(() => backup(source, to, { rate: ALL_PAGES }));
  } finally {
    source.close();
  }
}
