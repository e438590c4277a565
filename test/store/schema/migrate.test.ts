// Migrations: from nothing, from an older version, never backwards, and by one process at a time.
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import { migrate, requireCurrent } from '../../../src/store/schema/migrate.ts';
import { cases } from '../../../src/store/schema/migrations/0001-cases.ts';
import { migrations } from '../../../src/store/schema/migrations/index.ts';
import type { Migration } from '../../../src/store/schema/migrations/migration.ts';
import { openStore } from '../../../src/store/store.ts';
import { doneTarget, draft } from '../cases/drafts.ts';
import { databases, logger, openDatabase, reopen, tickingClock } from '../databases.ts';

const clock = tickingClock();

const addition = (version: number, ...statements: string[]): Migration => ({
  version,
  name: `addition ${version}`,
  statements: () => statements,
});

const versions = async ({ db }: Database) =>
  (await db.selectFrom('schema_migration').select('version').orderBy('version').execute()).map(
    ({ version }) => version,
  );

/** A settled case with a target and a note, and a pending one. */
async function writeFirstVersion({ db }: Database): Promise<void> {
  const actor = JSON.stringify({ surface: 'terminal', id: 'root', name: 'root', account: null });
  for (const statement of [
    sql`insert into case_counter (group_id, last) values ('g', 2)`,
    sql`insert into moderation_case
      (group_id, number, command, options, surface, actor_id, actor_name, reason, first_reason, targets, changes,
        state, created_at, settled_at)
      values ('g', 1, 'kick', '{}', 'terminal', 'root', 'root', 'loud', 'loud', '[]', '[]', 'applied', 5, 6),
        ('g', 2, 'mute', '{}', 'terminal', 'root', 'root', null, null, '[]', '[]', 'pending', 7, null)`,
    sql`insert into case_target (target, group_id, created_at, case_id)
      select 'bob', group_id, created_at, id from moderation_case where number = 1`,
    sql`insert into case_note (case_id, author, at, text)
      select id, ${actor}, 8, 'again' from moderation_case where number = 1`,
  ]) {
    await statement.execute(db);
  }
}

/** A store of today on a database that version 1 made and wrote. */
async function reopenFirstVersion(url: string) {
  const older = await openDatabase(url);
  await migrate(older, clock, [cases]);
  await writeFirstVersion(older);
  await older.close();
  return reopen(url);
}

it('counts the versions from 1 without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
});

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('brings an empty database to the newest version, once', async () => {
      const empty = await openDatabase(await database.fresh());
      expect(await migrate(empty, clock)).toEqual(migrations.map(({ name }) => name));
      expect(await migrate(empty, clock)).toEqual([]);
      await requireCurrent(empty);
    });

    it('keeps the cases of version 1, without timers and as told in the log', async () => {
      const store = await reopenFirstVersion(await database.fresh());
      expect(await store.cases.find('g', 1)).toEqual({
        ...draft({ group: 'g', command: 'kick', options: {}, reason: 'loud', targets: [], changes: [] }),
        actor: { surface: 'terminal', id: 'root', name: 'root', account: null },
        number: 1,
        state: 'applied',
        createdAt: 5,
        settledAt: 6,
        undoneBy: null,
        endsAt: null,
        timerAt: null,
      });
      expect((await store.cases.list({ target: 'bob' }, { limit: 9 })).cases).toHaveLength(1);
      expect((await store.cases.notes('g', 1)).map(({ text }) => text)).toEqual(['again']);
      expect((await store.cases.pending()).map(({ number }) => number)).toEqual([2]);
      expect(await store.cases.unlogged(9)).toEqual([]);
      expect(await store.cases.nextTimer()).toBeNull();
    });

    it('goes on with the cases of version 1', async () => {
      const store = await reopenFirstVersion(await database.fresh());
      const settlement = { state: 'applied', targets: [doneTarget('bob')] } as const;
      expect(await store.cases.settle('g', 2, settlement)).toMatchObject({ kind: 'changed' });
      expect(await store.cases.mark('g', 1, 'undone', 2)).toMatchObject({ kind: 'changed' });
      await store.cases.open(draft({ group: 'g', lasts: 60 }));
      await store.cases.settle('g', 3, settlement);
      expect((await store.cases.unlogged(9)).map(({ number }) => number)).toEqual([3]);
      expect((await store.cases.timers('g', ['mute'], 9)).map(({ number }) => number)).toEqual([3]);
    });

    it('counts whom older cases concern', async () => {
      const url = await database.fresh();
      const older = await openDatabase(url);
      await migrate(older, clock, migrations.slice(0, 3));
      await writeFirstVersion(older);
      const before = { kind: 'member' };
      const about = [
        { ...doneTarget('bob'), before },
        { ...doneTarget('x\0'), before, outcome: 'uncertain' },
        { ...doneTarget('carol'), before, outcome: 'refused' },
        doneTarget('7'),
      ];
      await sql`update moderation_case set targets = ${JSON.stringify(about)} where number = 1`.execute(
        older.db,
      );
      await older.close();
      const store = await reopen(url);
      expect(await store.cases.countTargets({ surface: 'terminal', id: 'root' }, 0)).toBe(2);
    });

    it('applies only what an older database lacks', async () => {
      const older = await openDatabase(await database.fresh());
      await migrate(older, clock, [cases]);
      const newer = [cases, addition(2, 'create table second (id bigint)'), addition(3, 'drop table second')];
      expect(await migrate(older, clock, newer)).toEqual(['addition 2', 'addition 3']);
      expect(await versions(older)).toEqual([1, 2, 3]);
    });

    it('leaves everything as it was when a migration fails', async () => {
      const older = await openDatabase(await database.fresh());
      await migrate(older, clock, [cases]);
      const faulty = [cases, addition(2, 'create table second (id bigint)'), addition(3, 'create nonsense')];
      await expect(migrate(older, clock, faulty)).rejects.toThrow(/nonsense/);
      expect(await versions(older)).toEqual([1]);
      expect(await migrate(older, clock, faulty.slice(0, 2))).toEqual(['addition 2']);
    });

    it('refuses a database that is newer than the program', async () => {
      const url = await database.fresh();
      const newer = await openDatabase(url);
      await migrate(newer, clock, [...migrations, addition(99)]);
      await newer.close();
      await expect(openStore(url, { clock, logger })).rejects.toMatchObject({
        name: 'StoreError',
        message: expect.stringMatching(
          /has schema version 99, and this program knows versions up to 5\. .*newer/,
        ),
      });
    });

    it('tells a reader that an older database must be brought up to date first', async () => {
      const empty = await openDatabase(await database.fresh());
      await expect(requireCurrent(empty)).rejects.toThrow(
        /has schema version 0, and this program reads version/,
      );
    });

    it('is run once when two run at the same time', async () => {
      const url = await database.fresh();
      const first = await openDatabase(url);
      const second = first.dialect === 'sqlite' ? first : await openDatabase(url);
      const applied = await Promise.all([first, second, first, second].map((one) => migrate(one, clock)));
      expect(applied.flat()).toEqual(migrations.map(({ name }) => name));
    });

    it('keeps cases of an older schema writable after a second start', async () => {
      const url = await database.fresh();
      const first = await reopen(url);
      await first.cases.open(draft());
      await first.close();
      const second = await reopen(url);
      expect((await second.cases.open(draft())).case.number).toBe(2);
    });
  });
}
