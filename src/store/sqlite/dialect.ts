// Kysely's way to a SQLite connection: statements are kept prepared, and a file that another program has locked is waited
// for without holding up the event loop.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { patiently } from './busy.ts';

/** Statements that are kept prepared: preparing takes as long as running. More than the repositories have. */
const MOST_KEPT = 200;

/** The dialect of an open connection that does not wait for locks by itself (`timeout: 0`). */
export const sqliteDialect = (connection: DatabaseSync): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driverOf(connection),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/** There is one connection; kysely hands it to one user at a time. */
function driverOf(database: DatabaseSync): Driver {
  const connection = connectionOf(database);
  const run = (text: string) => () => patiently(async () => database.exec(text));
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    // A transaction that began by reading could not write any more once another program has written.
    beginTransaction: run('begin immediate'),
    commitTransaction: run('commit'),
    rollbackTransaction: run('rollback'),
    releaseConnection: async () => undefined,
    async destroy() {
      if (database.isOpen) database.close();
    },
  };
}

interface Kept {
  readonly statement: StatementSync;
  /** Whether it gives rows. */
  readonly reads: boolean;
}

function connectionOf(database: DatabaseSync): DatabaseConnection {
  const kept = new Map<string, Kept>();

  function prepare(text: string): Kept {
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const statement = database.prepare(text);
    const made = { statement, reads: statement.columns().length > 0 };
    kept.set(text, made);
    return made;
  }

  function execute<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const { statement, reads } = prepare(sql);
    // The repositories hand in only strings, numbers and null; node:sqlite itself refuses anything else.
    const values = parameters as readonly SQLInputValue[];
    // Kysely knows what the query selects; the driver does not.
    if (reads) return { rows: statement.all(...values) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  return {
    executeQuery: <Row>(query: CompiledQuery) => patiently(async () => execute<Row>(query)),
    async *streamQuery<Row>(query: CompiledQuery) {
      yield await patiently(async () => execute<Row>(query));
    },
  };
}
