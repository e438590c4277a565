// Opening, closing and copying: what is refused, in which words, and that no password is among them.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StoreError } from '../../src/store/error.ts';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { openStore } from '../../src/store/store.ts';
import { draft } from './cases/drafts.ts';
import { logger, postgres, reopen, sqlite, temporaryFolder, tickingClock } from './databases.ts';

const parts = { clock: tickingClock(), logger };

/** What `openStore` rejects with. */
async function problemOf(url: string, readOnly = false): Promise<StoreError> {
  const outcome = await openStore(url, { ...parts, readOnly }).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof StoreError)) throw new Error(`no StoreError for ${url}: ${String(outcome)}`);
  return outcome;
}

describe('a SQLite file', () => {
  it('writes ahead, syncs every commit, and keeps references whole', async () => {
    const path = join(temporaryFolder(), 'x.db');
    const database = await openSqlite({ kind: 'sqlite', path }, 'own');
    onTestFinished(() => database.close());
    const { rows } = await sql`select journal_mode, synchronous, foreign_keys
      from pragma_journal_mode, pragma_synchronous, pragma_foreign_keys`.execute(database.db);
    expect(rows).toEqual([{ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 }]);
  });

  it('is made with its folder; its lock beside it stays empty', async () => {
    const path = join(temporaryFolder(), 'a', 'b', 'x.db');
    const store = await reopen(`sqlite:${path}`);
    await store.cases.open(draft());
    expect(existsSync(path)).toBe(true);
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(statSync(`${path}.lock`).size).toBe(0);
  });

  it('that is something else is refused and left alone', async () => {
    const path = join(temporaryFolder(), 'x.db');
    writeFileSync(path, 'this is a letter, and long enough to have a header of one hundred bytes'.repeat(9));
    const before = readFileSync(path);
    expect((await problemOf(`sqlite:${path}`)).message).toMatch(
      /x\.db cannot be opened: .*not a database.*Right/,
    );
    expect(readFileSync(path)).toEqual(before);
    const again = await problemOf(`sqlite:${path}`);
    expect(again.message).not.toMatch(/in use/);
  });

  it('in a place that is a folder, or under a file, is refused', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'folder'));
    for (const place of ['folder', 'file/x.db']) {
      expect((await problemOf(`sqlite:${join(folder, place)}`)).message).toMatch(
        /cannot be opened: .*Right would/,
      );
    }
  });

  it('that is not there is not made for a reader', async () => {
    const folder = temporaryFolder();
    const problem = await problemOf(`sqlite:${join(folder, 'x.db')}`, true);
    expect(problem.message).toMatch(/x\.db is not there\. Right would be/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of an older version is refused to a reader, who changes nothing', async () => {
    const path = join(temporaryFolder(), 'x.db');
    const database = await openSqlite({ kind: 'sqlite', path }, 'own');
    await database.close();
    const problem = await problemOf(`sqlite:${path}`, true);
    expect(problem.message).toMatch(/has schema version 0, and this program reads version 5\. Right would/);
  });

  it('that another program has locked is waited for, while everything else goes on', async () => {
    const path = join(temporaryFolder(), 'x.db');
    const store = await reopen(`sqlite:${path}`);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    let written = false;
    const opened = store.cases.open(draft()).then(() => {
      written = true;
    });
    // A statement that waited inside of SQLite would let nothing happen here until it failed.
    await delay(50);
    expect(written).toBe(false);
    other.exec('rollback');
    await opened;
    expect(await store.cases.find('@TGS#1', 1)).not.toBeNull();
  });

  it('works in memory', async () => {
    const [first, second] = [await reopen('sqlite::memory:'), await reopen('sqlite::memory:')];
    await first.cases.open(draft());
    expect(await second.cases.find('@TGS#1', 1)).toBeNull();
  });

  it('can be closed twice', async () => {
    const store = await reopen(await sqlite.fresh());
    await store.close();
    await store.close();
    await expect(store.cases.pending()).rejects.toThrow();
  });
});

describe('a backup', () => {
  it('is a whole database, made while cases are written', async () => {
    const url = await sqlite.fresh();
    const store = await reopen(url);
    const folder = join(temporaryFolder(), 'deep');
    for (let count = 0; count < 300; count += 1) await store.cases.open(draft());
    for (let round = 1; round <= 10; round += 1) {
      const copy = join(folder, `copy${round}.db`);
      await Promise.all([store.backup(copy), ...Array.from({ length: 50 }, () => store.cases.open(draft()))]);
      const { cases } = await (await reopen(`sqlite:${copy}`)).cases.list({}, { limit: 1_000 });
      expect(cases.length).toBeGreaterThanOrEqual(250 + 50 * round);
      expect(cases.map(({ number }) => number)).toEqual(
        Array.from({ length: cases.length }, (_, index) => cases.length - index),
      );
    }
  });

  it('never overwrites a file, and leaves no half copy', async () => {
    const store = await reopen(await sqlite.fresh());
    const folder = temporaryFolder();
    const copy = join(folder, 'copy.db');
    await store.backup(copy);
    const before = readFileSync(copy);
    await expect(store.backup(copy)).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(/copy\.db cannot be written: .*EEXIST.*Right would be a new name/),
    });
    expect(readFileSync(copy)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['copy.db']);
  });

  it('in an impossible place is refused in plain words', async () => {
    const store = await reopen(await sqlite.fresh());
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(store.backup(join(file, 'copy.db'))).rejects.toMatchObject({
      name: 'StoreError',
      message: expect.stringMatching(/copy\.db cannot be written: .*Right would be/),
    });
  });

  it('of a database in memory is refused', async () => {
    const copy = join(temporaryFolder(), 'copy.db');
    await expect((await reopen('sqlite::memory:')).backup(copy)).rejects.toThrow(/in memory has no file/);
    expect(existsSync(copy)).toBe(false);
  });

  it.skipIf(postgres.missing)('of PostgreSQL is made by pg_dump', async () => {
    const store = await reopen(await postgres.fresh());
    await expect(store.backup('x')).rejects.toThrow(/backed up by PostgreSQL's own pg_dump/);
  });
});

describe('a PostgreSQL', () => {
  it('that does not answer is named without the password', async () => {
    const port = await closedPort();
    const problem = await problemOf(`postgres://moderation:s3cret@127.0.0.1:${port}/db`);
    expect(problem.message).toMatch(
      new RegExp(
        `^The database postgres://moderation@127.0.0.1:${port}/db cannot be opened: .*ECONNREFUSED.*Right would`,
      ),
    );
    expect(`${problem.stack} ${JSON.stringify(problem)}`).not.toContain('s3cret');
    expect(problem.cause).toBeUndefined();
  });

  it.skipIf(postgres.missing)('that refuses the password does not tell it', async () => {
    const url = new URL(await postgres.fresh());
    url.password = 's3cret';
    const problem = await problemOf(url.href);
    expect(problem.message).toMatch(/cannot be opened: password authentication failed/);
    expect(`${problem.stack}`).not.toContain('s3cret');
  });

  it.skipIf(postgres.missing)('writes no password into the log', async () => {
    const lines: string[] = [];
    const url = await postgres.fresh();
    const noisy = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const store = await openStore(url, { ...parts, logger: noisy });
    onTestFinished(() => store.close());
    expect(lines.join()).toContain('migrated the database');
    expect(lines.join()).not.toContain(new URL(url).password);
  });

  it.skipIf(postgres.missing)('may break a connection without ending the process', async () => {
    const lines: string[] = [];
    const noisy = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const url = new URL(await postgres.fresh());
    url.searchParams.set('application_name', 'to-be-broken');
    const store = await openStore(url.href, { ...parts, logger: noisy });
    onTestFinished(() => store.close());
    await store.cases.open(draft());
    await breakConnections(url);
    await expect.poll(() => lines.join()).toContain('a database connection broke');
    expect((await store.cases.open(draft())).case.number).toBe(2);
    // What is in progress here stays so; to others, whoever opened the first is gone.
    expect(await store.cases.abandoned()).toEqual([]);
    const other = await openStore(url.href, parts);
    onTestFinished(() => other.close());
    expect((await other.cases.abandoned()).map(({ number }) => number)).toEqual([1]);
  });
});

/** Ends all connections of the name in the URL from the server's side. */
async function breakConnections(url: URL): Promise<void> {
  const client = new Client(url.href);
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
    [url.searchParams.get('application_name')],
  );
  await client.end();
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
