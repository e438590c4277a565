// A page costs the same in every table: each way to list walks an index in its order, and sorts nothing.
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import type { CaseFilter, CaseRepository } from '../../../src/moderation/cases/case.ts';
import { listCases } from '../../../src/store/cases/list.ts';
import { createCases } from '../../../src/store/cases/repository.ts';
import { createLinks } from '../../../src/store/links.ts';
import { createPlaces } from '../../../src/store/places.ts';
import { migrations } from '../../../src/store/schema/migrations/index.ts';
import { aloneAtWork } from '../../../src/store/sqlite/workers.ts';
import type { Tables } from '../../../src/store/tables.ts';
import { tickingClock } from '../databases.ts';

/** A database that writes down the statements that are sent to it. */
function watched() {
  const connection = new DatabaseSync(':memory:');
  for (const { statements } of migrations) {
    for (const statement of statements('sqlite')) connection.exec(statement);
  }
  const sent: string[] = [];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => connection.close(),
        prepare(text) {
          sent.push(text);
          const none = { reader: true, all: () => [], iterate: () => [].values() };
          return { ...none, run: () => ({ changes: 0, lastInsertRowid: 0 }) };
        },
      },
    }),
  });
  onTestFinished(() => db.destroy());
  const plan = () =>
    connection
      .prepare(`explain query plan ${sent.at(-1) ?? ''}`)
      .all()
      .map(({ detail }) => String(detail));
  return { db, plan };
}

it.each<[CaseFilter, string]>([
  [{}, 'case_newest'],
  [{ group: 'a' }, 'case_of_group'],
  [{ group: 'a', command: 'mute' }, 'case_of_command'],
  [{ group: 'a', state: 'failed' }, 'case_of_state'],
  [{ actor: { surface: 'discord', id: '1' } }, 'case_of_actor'],
  [{ actor: { account: 'alice' } }, 'case_of_account'],
  [{ group: 'a', actor: { surface: 'discord', id: '1' } }, 'case_of_group_actor'],
  [{ group: 'a', actor: { account: 'alice' } }, 'case_of_group_account'],
  [{ group: 'a', target: 'bob' }, 'sqlite_autoindex_case_target_1'],
  [{ command: 'mute' }, 'case_of_command_anywhere'],
  [{ group: 'a', command: 'mute', state: 'failed' }, 'case_of_command'],
  [{ group: 'a', actor: { account: 'x' }, command: 'mute' }, 'case_of_group_account'],
  [{ actor: { surface: 'x', id: '1' }, command: 'mute', state: 'failed' }, 'case_of_actor'],
  [{ group: 'a', target: 'bob', command: 'mute' }, 'sqlite_autoindex_case_target_1'],
  [{ since: 5 }, 'case_newest'],
  [{ group: 'a', since: 5, until: 9 }, 'case_of_group'],
])('%j walks %s', async (filter, index) => {
  const { db, plan } = watched();
  for (const before of [undefined, '5.5']) {
    await listCases(db, filter, { limit: 10, before });
    const steps = plan();
    expect(steps[0]).toContain(index);
    expect(steps.join()).not.toMatch(/TEMP B-TREE/);
    if (before !== undefined) expect(steps[0]).toContain('created_at');
  }
});

it("finds one member's cases in all groups by the member, and sorts only these", async () => {
  const { db, plan } = watched();
  await listCases(db, { target: 'bob' }, { limit: 10 });
  expect(plan()[0]).toContain('sqlite_autoindex_case_target_1 (target=?)');
});

it('finds pending cases without a look at the settled ones', async () => {
  const { db, plan } = watched();
  await createCases({ db, workers: aloneAtWork, relaxed: (work) => work(db) }, tickingClock()).pending();
  expect(plan()).toEqual([expect.stringContaining('case_pending')]);
});

it.each<[string, string, (cases: CaseRepository) => Promise<unknown>]>([
  ['what is due', 'case_timer', (cases) => cases.due(5, 10)],
  ['the next timer', 'case_timer', (cases) => cases.nextTimer()],
  ['the timers of a group', 'case_timer_of_group', (cases) => cases.timers('a', ['promote', 'nick'], 10)],
  ['what is not logged yet', 'case_unlogged', (cases) => cases.unlogged(10)],
  ['the latest of a group', 'case_of_group', (cases) => cases.export('a', { cases: 10, bytes: 99 })],
  ['what an identity did', 'case_of_actor', (cases) => cases.countTargets({ surface: 'x', id: '1' }, 5)],
  ['what was done with an account', 'case_of_account', (cases) => cases.countTargets({ account: 'x' }, 5)],
])('finds %s by %s alone', async (_what, index, look) => {
  const { db, plan } = watched();
  await look(createCases({ db, workers: aloneAtWork, relaxed: (work) => work(db) }, tickingClock()));
  expect(plan()).toEqual([expect.stringMatching(new RegExp(`INDEX ${index}\\b`))]);
});

it('looks up links and places by their unique indexes, and sorts nothing', async () => {
  const { db, plan } = watched();
  const [links, places] = [createLinks(db, tickingClock()), createPlaces(db, tickingClock())];
  const place = { surface: 'discord', guild: '1', channel: '10' };
  const plans = [];
  for (const look of [
    () => links.ofUser('discord', '1'),
    () => links.ofAccount('discord', 'x'),
    () => links.list(10),
    () => places.groupOf([place, { ...place, channel: null }]),
    () => places.bindings('a'),
    () => places.logOf('a'),
  ]) {
    await look();
    plans.push(plan().join());
  }
  expect(plans).toEqual(
    [
      'link_of_user',
      'link_of_account',
      'link_newest',
      'binding_of_place',
      'binding_of_group',
      'sqlite_autoindex_log_channel_1',
    ].map((index) => expect.stringContaining(`INDEX ${index}`)),
  );
  expect(plans.join()).not.toMatch(/TEMP B-TREE/);
});
