// The processes at work on a PostgreSQL database: each holds an advisory lock for as long as its session lives.
import { randomInt } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Client } from 'pg';
import type { Tables } from '../tables.ts';
import type { Workers } from '../workers.ts';

export interface SessionWorkers extends Workers {
  /** Lets go of the name. May be called again. */
  release(): Promise<void>;
}

export interface SessionParts {
  readonly db: Kysely<Tables>;
  /** A connection of its own, not yet open. */
  connection(): Client;
  /** Called when the session broke: the next case is opened in a new one, under a new name. */
  lost(error: Error): void;
}

/** Names are 48-bit numbers: nobody draws one that another has. */
const NAMES = 2 ** 48 - 1;

/** The lock of a machine that vanished without a word must not outlive it for hours: it is noticed within a minute. */
const KEEPALIVE =
  'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3';

/** The session begins with the first name that is asked for. */
export function sessionWorkers({ db, connection, lost }: SessionParts): SessionWorkers {
  const mine = new Set<string>();
  let session: Promise<{ client: Client; name: string }> | null = null;

  async function begin() {
    const client = connection();
    const name = String(randomInt(NAMES));
    client.on('error', (error) => {
      session = null;
      lost(error);
    });
    await client.connect();
    await client.query(KEEPALIVE);
    await client.query('select pg_advisory_lock($1)', [name]);
    mine.add(name);
    return { client, name };
  }

  async function current() {
    session ??= begin();
    try {
      return await session;
    } catch (error) {
      session = null;
      throw error;
    }
  }

  return {
    name: async () => (await current()).name,
    async isGone(name) {
      // A name that was lost with its session: the case may still be under way here.
      if (mine.has(name)) return false;
      const { rows } = await sql<{
        free: boolean;
      }>`select pg_try_advisory_xact_lock(${name}::bigint) as free`.execute(db);
      return rows[0]?.free === true;
    },
    async release() {
      const last = session;
      session = null;
      // A session that could not begin holds nothing.
      await last?.then(
        ({ client }) => client.end(),
        () => undefined,
      );
    },
  };
}
