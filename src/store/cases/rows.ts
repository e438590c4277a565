// Between cases and the rows that keep them.
import type { Kysely, Selectable } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { weightOf } from '../../moderation/cases/quota.ts';
import { actorSchema, changesSchema, optionsSchema, targetsSchema } from '../schema/json-columns.ts';
import { indexable, storable, storableOrNull } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { CaseTable, CaseTargetTable, Tables } from '../tables.ts';

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

/** The columns that are written when a case is. */
export type CaseValues = Omit<CaseRow, 'id' | 'logged' | 'worker'>;

export function rowOf(one: ModerationCase, firstReason: string | null): CaseValues {
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
    acted: weightOf(one.targets),
  };
}

/** The same columns one by one: of a statement's places, none is there before it is named. */
export const caseColumns = (row: CaseValues): CaseValues => ({
  group_id: row.group_id,
  number: row.number,
  command: row.command,
  options: row.options,
  surface: row.surface,
  actor_id: row.actor_id,
  actor_name: row.actor_name,
  account: row.account,
  reason: row.reason,
  first_reason: row.first_reason,
  targets: row.targets,
  changes: row.changes,
  state: row.state,
  created_at: row.created_at,
  settled_at: row.settled_at,
  undoes: row.undoes,
  undone_by: row.undone_by,
  idempotency_key: row.idempotency_key,
  lasts: row.lasts,
  ends_at: row.ends_at,
  timer_at: row.timer_at,
  acted: row.acted,
});

export const authorOf = (text: string) => actorSchema.parse(JSON.parse(text));

/** The common case: one target. */
const insertTarget = statement<CaseTargetTable, unknown>((db, { target, group_id, created_at, case_id }) =>
  db.insertInto('case_target').values({ target, group_id, created_at, case_id }),
);

/** Makes the case findable by each of its targets. */
export async function insertTargets(db: Kysely<Tables>, id: number, one: ModerationCase): Promise<void> {
  const targets = [...new Set(one.targets.map(({ target }) => indexable(target)))];
  const rows = targets.map((target) => ({
    target,
    group_id: storable(one.group),
    created_at: one.createdAt,
    case_id: id,
  }));
  const [only, ...more] = rows;
  if (only !== undefined && more.length === 0) {
    await insertTarget(db, only);
    return;
  }
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('case_target')
      .values(rows.slice(start, start + ROWS_AT_ONCE))
      .execute();
  }
}

const caseByNumber = statement<{ group: string; number: number }, CaseRow>((db, { group, number }) =>
  db.selectFrom('moderation_case').selectAll().where('group_id', '=', group).where('number', '=', number),
);

/** The row of a case. */
export async function findRow(
  db: Kysely<Tables>,
  group: string,
  number: number,
): Promise<CaseRow | undefined> {
  const [row] = await caseByNumber(db, { group: storable(group), number });
  return row;
}

export async function findCase(
  db: Kysely<Tables>,
  group: string,
  number: number,
): Promise<ModerationCase | null> {
  const row = await findRow(db, group, number);
  return row === undefined ? null : caseOf(row);
}
