// What the two kinds of database have in common.
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  /** How to call it in messages; without secrets. */
  readonly shown: string;
  readonly db: Kysely<Tables>;
  /** Runs `work` in one transaction, while no other process can be in this function. */
  exclusively<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Writes a copy of the whole database to a new file. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}
