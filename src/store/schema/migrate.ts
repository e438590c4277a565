// Brings a database to the schema of this program: forwards only, and by one process at a time.
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../util/clock.ts';
import type { Database } from '../database.ts';
import { StoreError } from '../error.ts';
import type { Tables } from '../tables.ts';
import { migrations as all } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

const versionOf = (list: readonly Migration[]): number => list.at(-1)?.version ?? 0;

/**
 * Applies what is missing, all or nothing. @returns the names of what was applied
 * @throws StoreError when the database is newer than the program
 */
export async function migrate(
  database: Database,
  clock: Clock,
  migrations: readonly Migration[] = all,
): Promise<readonly string[]> {
  return database.exclusively(async (db) => {
    await sql`create table if not exists schema_migration (
      version bigint primary key, name text not null, applied_at bigint not null
    )`.execute(db);
    const version = await currentVersion(db);
    refuseNewer(database, version, versionOf(migrations));
    const missing = migrations.filter((migration) => migration.version > version);
    for (const migration of missing) await apply(db, database.dialect, clock, migration);
    return missing.map(({ name }) => name);
  });
}

async function apply(
  db: Kysely<Tables>,
  dialect: Database['dialect'],
  clock: Clock,
  { version, name, statements }: Migration,
): Promise<void> {
  for (const statement of statements(dialect)) await sql.raw(statement).execute(db);
  await db.insertInto('schema_migration').values({ version, name, applied_at: clock.now() }).execute();
}

/** For who may not change the schema. @throws StoreError unless the schema is the program's */
export async function requireCurrent(database: Database): Promise<void> {
  const version = await versionIn(database);
  if (version === versionOf(all)) return;
  throw new StoreError(
    `The database ${database.shown} has schema version ${version}, and this program reads version ${versionOf(all)}. ` +
      'Right would be to stop what runs on it, and to start this program once: that brings it up to date.',
  );
}

/** How the schema stands to the program's. @throws StoreError when it is newer */
export async function schemaState(database: Database): Promise<'new' | 'old' | 'current'> {
  const version = await versionIn(database);
  if (version === 0) return 'new';
  return version < versionOf(all) ? 'old' : 'current';
}

/** 0 where there is no schema. @throws StoreError when it is newer than the program */
async function versionIn(database: Database): Promise<number> {
  const tables = await database.db.introspection.getTables();
  const version = tables.some(({ name }) => name === 'schema_migration')
    ? await currentVersion(database.db)
    : 0;
  refuseNewer(database, version, versionOf(all));
  return version;
}

async function currentVersion(db: Kysely<Tables>): Promise<number> {
  const { version } = await db
    .selectFrom('schema_migration')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirstOrThrow();
  return version ?? 0;
}

function refuseNewer(database: Database, version: number, known: number): void {
  if (version <= known) return;
  throw new StoreError(
    `The database ${database.shown} has schema version ${version}, and this program knows versions up to ${known}. ` +
      'Start the newer program, or restore the backup from before it ran.',
  );
}
