// The durable timers: each stands in the row of its case, so that a case and its timer never disagree.
import { type Kysely, sql } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { caseOf } from './rows.ts';

/** Written out, because an index with a condition is only used for the same condition. */
const running = sql<boolean>`timer_at is not null and state in ('applied', 'partly')`;

/** The cases with a timer, the earliest first. */
const byTimer = (db: Kysely<Tables>) =>
  db.selectFrom('moderation_case').where(running).orderBy('timer_at').orderBy('id');

export async function dueCases(
  db: Kysely<Tables>,
  at: number,
  limit: number,
): Promise<readonly ModerationCase[]> {
  const rows = await byTimer(db).selectAll().where('timer_at', '<=', at).limit(limit).execute();
  return rows.map(caseOf);
}

export async function nextTimer(db: Kysely<Tables>): Promise<number | null> {
  const row = await byTimer(db).select('timer_at').limit(1).executeTakeFirst();
  return row?.timer_at ?? null;
}

export async function timersOf(
  db: Kysely<Tables>,
  group: string,
  commands: readonly string[],
  limit: number,
): Promise<readonly ModerationCase[]> {
  const rows = await byTimer(db)
    .selectAll()
    .where('group_id', '=', storable(group))
    .where('command', 'in', commands)
    .limit(limit)
    .execute();
  return rows.map(caseOf);
}

export async function setTimer(
  db: Kysely<Tables>,
  group: string,
  number: number,
  seen: number,
  next: number | null,
): Promise<boolean> {
  const row = await db
    .updateTable('moderation_case')
    .set({ timer_at: next })
    .where(running)
    .where('group_id', '=', storable(group))
    .where('number', '=', number)
    .where('timer_at', '=', seen)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
