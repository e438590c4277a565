// PostgreSQL: for several processes that share the work.
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Client, Pool, types } from 'pg';
import type { PostgresAddress } from '../address.ts';
import type { Access, Database } from '../database.ts';
import { explain, StoreError } from '../error.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { sessionWorkers } from './workers.ts';

/** Key of the advisory lock under which migrations run; any number that nobody else uses. */
const MIGRATION_LOCK = 7_263_541_905_221;
const CONNECT_TIMEOUT = 10_000;
const CONNECTIONS = 10;
const INT8 = 20;

/** Opens a pool of connections. @throws StoreError when the database does not keep its text in UTF-8 */
export async function openPostgres(
  address: PostgresAddress,
  access: Access,
  logger: { warn(fields: object, message: string): void },
): Promise<Database> {
  const pool = createPool(address);
  // Without a listener, a connection that breaks while idle would end the process. The pool replaces it.
  const broke = (error: Error) =>
    logger.warn({ problem: address.hide(explain(error)) }, 'a database connection broke');
  pool.on('error', broke);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const connection = () => new Client(connectionOf(address));
  const workers = sessionWorkers({ db, connection, lost: broke });
  const database: Database = {
    dialect: 'postgres',
    shown: address.shown,
    db,
    workers,
    ownsSchema: access !== 'read',
    // PostgreSQL is shared by its nature.
    share: () => undefined,
    exclusively: (work) =>
      inTransaction(db, async (transaction) => {
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
        return work(transaction);
      }),
    // It gathers the commits of its sessions by itself.
    relaxed: (work) => work(db),
    backup: () => Promise.reject(noBackup(address)),
    async close() {
      await workers.release();
      await db.destroy();
    },
  };
  try {
    await requireUtf8(database);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return database;
}

const connectionOf = ({ url }: PostgresAddress) => ({
  connectionString: url,
  application_name: 'chat-marshal',
  connectionTimeoutMillis: CONNECT_TIMEOUT,
});

const createPool = (address: PostgresAddress) =>
  new Pool({
    ...connectionOf(address),
    max: CONNECTIONS,
    // Numbers and times stay far below 2^53; the driver would make strings of 8-byte integers.
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === INT8 ? Number : types.getTypeParser(type, format),
    },
  });

async function requireUtf8({ db, shown }: Database): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw new StoreError(
    `The database ${shown} keeps text as ${encoding}. Right would be one made with encoding UTF8.`,
  );
}

const noBackup = ({ shown }: PostgresAddress) =>
  new StoreError(`The database ${shown} is backed up by PostgreSQL's own pg_dump, not by this program.`);
