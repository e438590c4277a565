// The durable timers: each stands in the row of its case, so that a case and its timer never disagree.
import { type Kysely, sql } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { storable } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { type CaseRow, caseOf } from './rows.ts';

/** Written out, because an index with a condition is only used for the same condition. */
const running = sql<boolean>`timer_at is not null and state in ('applied', 'partly')`;

/** The cases with a timer, the earliest first. */
const byTimer = (db: Kysely<Tables>) =>
  db.selectFrom('moderation_case').where(running).orderBy('timer_at').orderBy('id');

const dueAt = statement<{ at: number; limit: number }, CaseRow>((db, { at, limit }) =>
  byTimer(db).selectAll().where('timer_at', '<=', at).limit(limit),
);

export const dueCases = async (
  db: Kysely<Tables>,
  at: number,
  limit: number,
): Promise<readonly ModerationCase[]> => (await dueAt(db, { at, limit })).map(caseOf);

const earliest = statement<object, { timer_at: number | null }>((db) =>
  byTimer(db).select('timer_at').limit(1),
);

export async function nextTimer(db: Kysely<Tables>): Promise<number | null> {
  const [row] = await earliest(db, {});
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

const move = statement<{ group: string; number: number; seen: number; next: number | null }, { id: number }>(
  (db, { group, number, seen, next }) =>
    db
      .updateTable('moderation_case')
      .set({ timer_at: next })
      .where(running)
      .where('group_id', '=', group)
      .where('number', '=', number)
      .where('timer_at', '=', seen)
      .returning('id'),
);

const rearm = statement<{ group: string; number: number; next: number | null }, { id: number }>(
  (db, { group, number, next }) =>
    db
      .updateTable('moderation_case')
      .set({ timer_at: next })
      .where('state', 'in', ['applied', 'partly'])
      .where('group_id', '=', group)
      .where('number', '=', number)
      .where('timer_at', 'is', null)
      .returning('id'),
);

export async function setTimer(
  db: Kysely<Tables>,
  group: string,
  number: number,
  seen: number | null,
  next: number | null,
): Promise<boolean> {
  const about = { group: storable(group), number, next };
  const moved = await (seen === null ? rearm(db, about) : move(db, { ...about, seen }));
  return moved.length > 0;
}
