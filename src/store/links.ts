// The links between users and accounts in the database. Its unique indexes decide who comes first.
import type { Kysely, Selectable } from 'kysely';
import type { Link, LinkAdded, LinkRepository } from '../moderation/people/link.ts';
import type { Clock } from '../util/clock.ts';
import { authorOf } from './cases/rows.ts';
import { LARGEST_PAGE, requireLimit } from './schema/limit.ts';
import { storable } from './schema/text.ts';
import { statement } from './statement.ts';
import type { LinkTable, Tables } from './tables.ts';

export function createLinks(db: Kysely<Tables>, clock: Clock): LinkRepository {
  return {
    ofUser: (surface, user) => findLink(db, surface, 'user_id', user),
    ofAccount: (surface, account) => findLink(db, surface, 'account', account),
    add: (link) => addLink(db, clock, link),
    remove: (surface, user) => removeLink(db, surface, user),
    list: (limit) => listLinks(db, limit),
  };
}

const linkOf = (row: Selectable<LinkTable>): Link => ({
  surface: row.surface,
  user: row.user_id,
  account: row.account,
  rank: row.rank,
  by: authorOf(row.author),
  at: row.at,
});

type LinkRow = Selectable<LinkTable>;

const linkBy = {
  user_id: statement<{ surface: string; value: string }, LinkRow>((db, { surface, value }) =>
    db.selectFrom('link').selectAll().where('surface', '=', surface).where('user_id', '=', value),
  ),
  account: statement<{ surface: string; value: string }, LinkRow>((db, { surface, value }) =>
    db.selectFrom('link').selectAll().where('surface', '=', surface).where('account', '=', value),
  ),
} as const;

async function findLink(
  db: Kysely<Tables>,
  surface: string,
  column: keyof typeof linkBy,
  value: string,
): Promise<Link | null> {
  const [row] = await linkBy[column](db, { surface: storable(surface), value: storable(value) });
  return row === undefined ? null : linkOf(row);
}

async function addLink(db: Kysely<Tables>, clock: Clock, link: Omit<Link, 'at'>): Promise<LinkAdded> {
  for (;;) {
    const added = await insertLink(db, { ...link, at: clock.now() });
    if (added !== null) return { kind: 'added', link: added };
    const standing =
      (await findLink(db, link.surface, 'user_id', link.user)) ??
      (await findLink(db, link.surface, 'account', link.account));
    if (standing !== null) return { kind: 'taken', link: standing };
    // The link that was in the way is gone by now.
  }
}

/** @returns the link as it is kept; `null` where another one is in the way */
async function insertLink(db: Kysely<Tables>, link: Link): Promise<Link | null> {
  const row = await db
    .insertInto('link')
    .values({
      surface: storable(link.surface),
      user_id: storable(link.user),
      account: storable(link.account),
      rank: link.rank,
      author: JSON.stringify(link.by),
      at: link.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : linkOf(row);
}

async function removeLink(db: Kysely<Tables>, surface: string, user: string): Promise<Link | null> {
  const row = await db
    .deleteFrom('link')
    .where('surface', '=', storable(surface))
    .where('user_id', '=', storable(user))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : linkOf(row);
}

async function listLinks(db: Kysely<Tables>, limit: number): Promise<readonly Link[]> {
  requireLimit(limit, LARGEST_PAGE, 'A list of links');
  const rows = await db
    .selectFrom('link')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(linkOf);
}
