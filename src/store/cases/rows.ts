// Between cases and the rows that keep them.
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { actorSchema, changesSchema, optionsSchema, targetsSchema } from '../schema/json-columns.ts';
import { indexable, storable, storableOrNull } from '../schema/text.ts';
import type { CaseTable, Tables } from '../tables.ts';

export type CaseRow = Selectable<CaseTable>;

/** Rows that one INSERT carries: PostgreSQL and SQLite both take fewer than 33,000 values. */
const ROWS_AT_ONCE = 1_000;

export function caseOf(row: CaseRow): ModerationCase {
  return {
    group: row.group_id,
    number: row.number,
    command: row.command,
    options: optionsSchema.parse(JSON.parse(row.options)),
    actor: { surface: row.surface, id: row.actor_id, name: row.actor_name, account: row.account },
    reason: row.reason,
    targets: targetsSchema.parse(JSON.parse(row.targets)),
    changes: changesSchema.parse(JSON.parse(row.changes)),
    undoes: row.undoes,
    key: row.idempotency_key,
    lasts: row.lasts,
    state: row.state,
    createdAt: row.created_at,
    settledAt: row.settled_at,
    undoneBy: row.undone_by,
    endsAt: row.ends_at,
    timerAt: row.timer_at,
  };
}

export function rowOf(one: ModerationCase, firstReason: string | null): Insertable<CaseTable> {
  return {
    group_id: storable(one.group),
    number: one.number,
    command: storable(one.command),
    options: JSON.stringify(one.options),
    surface: storable(one.actor.surface),
    actor_id: storable(one.actor.id),
    actor_name: storable(one.actor.name),
    account: storableOrNull(one.actor.account),
    reason: storableOrNull(one.reason),
    first_reason: storableOrNull(firstReason),
    targets: JSON.stringify(one.targets),
    changes: JSON.stringify(one.changes),
    state: one.state,
    created_at: one.createdAt,
    settled_at: one.settledAt,
    undoes: one.undoes,
    undone_by: one.undoneBy,
    idempotency_key: storableOrNull(one.key),
    lasts: one.lasts,
    ends_at: one.endsAt,
    timer_at: one.timerAt,
  };
}

export const authorOf = (text: string) => actorSchema.parse(JSON.parse(text));

/** Makes the case findable by each of its targets. */
export async function insertTargets(db: Kysely<Tables>, id: number, one: ModerationCase): Promise<void> {
  const targets = [...new Set(one.targets.map(({ target }) => indexable(target)))];
  const rows = targets.map((target) => ({
    target,
    group_id: storable(one.group),
    created_at: one.createdAt,
    case_id: id,
  }));
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('case_target')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute();
  }
}

/** The row of a case. */
export const findRow = (db: Kysely<Tables>, group: string, number: number): Promise<CaseRow | undefined> =>
  db
    .selectFrom('moderation_case')
    .selectAll()
    .where('group_id', '=', storable(group))
    .where('number', '=', number)
    .executeTakeFirst();

export async function findCase(
  db: Kysely<Tables>,
  group: string,
  number: number,
): Promise<ModerationCase | null> {
  const row = await findRow(db, group, number);
  return row === undefined ? null : caseOf(row);
}
