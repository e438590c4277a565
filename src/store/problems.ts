// From the errors of drivers and of the system to what is wrong with a database and what would be right.
import type { Address, PostgresAddress, SqliteAddress } from './address.ts';
import { explain, StoreError, type StoreProblem } from './error.ts';

/** SQLite's result codes, without their extensions (sqlite.org/rescode.html). */
const ofSqlite: ReadonlyMap<number, StoreProblem> = new Map([
  [8, 'readOnly'],
  [11, 'damaged'],
  [13, 'full'],
  [14, 'readOnly'],
  [26, 'damaged'],
]);

/** Codes of the system and of PostgreSQL (postgresql.org/docs/current/errcodes-appendix.html). */
const byCode: ReadonlyMap<string, StoreProblem> = new Map([
  ['EACCES', 'readOnly'],
  ['EPERM', 'readOnly'],
  ['EROFS', 'readOnly'],
  ['EISDIR', 'folder'],
  ['ENOTDIR', 'readOnly'],
  ['ENOSPC', 'full'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'unreachable'],
  ['57P03', 'unreachable'],
  ['28000', 'denied'],
  ['28P01', 'denied'],
  ['3D000', 'denied'],
  ['42501', 'denied'],
  ['25006', 'readOnly'],
  ['53100', 'full'],
  ['XX001', 'damaged'],
  ['XX002', 'damaged'],
]);

/** What a driver's error says is wrong. */
export function problemOf(error: unknown): StoreProblem {
  if (!(error instanceof Error)) return 'other';
  if ('errcode' in error && typeof error.errcode === 'number') {
    return ofSqlite.get(error.errcode & 0xff) ?? 'other';
  }
  return 'code' in error ? (byCode.get(String(error.code)) ?? 'other') : 'other';
}

/** Turns whatever opening a database threw into an error that says what would be right. */
export function storeError(address: Address, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return address.kind === 'sqlite' ? sqliteError(address, error) : postgresError(address, error);
}

export const folderError = ({ path }: SqliteAddress): StoreError =>
  new StoreError(
    `The database sqlite:${path} cannot be opened: it is a folder. Right would be a file in it: sqlite:${path}/record.db.`,
    {
      problem: 'folder',
    },
  );

export const damagedError = ({ path }: SqliteAddress, why: string, options?: ErrorOptions): StoreError =>
  new StoreError(
    `The database sqlite:${path} cannot be opened: ${why}. It is damaged, or no record. Right would be the latest ` +
      'backup (`chat-marshal backup` makes one) in its place, with nothing running on it; keep the damaged file, too.',
    { ...options, problem: 'damaged' },
  );

/** @param lock the file that shows that a record was kept here */
export const emptiedError = ({ path }: SqliteAddress, lock: string): StoreError =>
  new StoreError(
    `The database sqlite:${path} is empty or gone although a record was kept here, and case numbers would begin ` +
      `again. Put the latest backup in its place, or delete ${lock}, too, to begin a new record.`,
    { problem: 'emptied' },
  );

function sqliteError(address: SqliteAddress, error: unknown): StoreError {
  const problem = problemOf(error);
  if (problem === 'damaged') return damagedError(address, explain(error), { cause: error });
  return new StoreError(
    `The database sqlite:${address.path} cannot be opened: ${explain(error)}. ` +
      (problem === 'full'
        ? 'Right would be room on its disk.'
        : 'Right would be a SQLite file, or the place for a new one, that this user may write.'),
    { cause: error, problem },
  );
}

const rightOfPostgres: Readonly<Partial<Record<StoreProblem, string>>> = {
  unreachable: 'Right would be the address and port of a running PostgreSQL.',
  denied: 'Right would be a user, password and database that this PostgreSQL knows.',
  readOnly: 'Right would be the server that takes writes, not a copy of it.',
  full: 'Right would be room on its disk.',
};

/** No cause: a log that prints it would print what was hidden. */
function postgresError({ shown, hide }: PostgresAddress, error: unknown): StoreError {
  const problem = problemOf(error);
  return new StoreError(
    `The database ${shown} cannot be opened: ${hide(explain(error))}. ` +
      (rightOfPostgres[problem] ??
        'Right would be a running PostgreSQL that accepts this user for this database.'),
    { problem },
  );
}
