// Which cases are still to be told in a log.
import { type Kysely, sql } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { storable } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { type CaseRow, caseOf } from './rows.ts';

/** Written out, because an index with a condition is only used for the same condition. */
const untold = sql<boolean>`logged = 0 and state <> 'pending'`;

const oldestUntold = statement<{ limit: number }, CaseRow>((db, { limit }) =>
  db.selectFrom('moderation_case').selectAll().where(untold).orderBy('id').limit(limit),
);

export async function unloggedCases(db: Kysely<Tables>, limit: number): Promise<readonly ModerationCase[]> {
  return (await oldestUntold(db, { limit })).map(caseOf);
}

const mark = statement<{ group: string; number: number }, { id: number }>((db, { group, number }) =>
  db
    .updateTable('moderation_case')
    .set({ logged: 1 })
    .where(untold)
    .where('group_id', '=', group)
    .where('number', '=', number)
    .returning('id'),
);

export async function markLogged(db: Kysely<Tables>, group: string, number: number): Promise<boolean> {
  return (await mark(db, { group: storable(group), number })).length > 0;
}

/** Marks them all in one transaction. */
export const markAllLogged = (
  db: Kysely<Tables>,
  cases: readonly Pick<ModerationCase, 'group' | 'number'>[],
): Promise<void> =>
  inTransaction(db, async (transaction) => {
    for (const { group, number } of cases) await markLogged(transaction, group, number);
  });
