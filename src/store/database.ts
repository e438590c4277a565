// What the two kinds of database have in common.
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';
import type { Workers } from './workers.ts';

/**
 * How a database is opened. `own`: alone, where the database is made for one process. `shared`: beside the process
 * that owns it. `read`: beside it, and changing nothing.
 */
export type Access = 'own' | 'shared' | 'read';

export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** How to call it in messages; without secrets. */
  readonly shown: string;
  readonly db: Kysely<Tables>;
  /** Whether the schema may be changed: nobody else relies on its version, and it is not opened only to read. */
  readonly ownsSchema: boolean;
  readonly workers: Workers;
  /** Runs `work` in one transaction, while no other process can be in this function. */
  exclusively<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` whose writes survive the end of the process, but not that of the machine in the moment after: they are
   * flushed with what is written next.
   */
  relaxed<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Lets other processes open the database from now on. */
  share(): void;
  /** Writes a copy of the whole database to a new file. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
