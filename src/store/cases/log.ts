// Which cases are still to be told in a log.
import { type Kysely, sql } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { caseOf } from './rows.ts';

/** Written out, because an index with a condition is only used for the same condition. */
const untold = sql<boolean>`logged = 0 and state <> 'pending'`;

export async function unloggedCases(db: Kysely<Tables>, limit: number): Promise<readonly ModerationCase[]> {
  const rows = await db
    .selectFrom('moderation_case')
    .selectAll()
    .where(untold)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(caseOf);
}

export async function markLogged(db: Kysely<Tables>, group: string, number: number): Promise<boolean> {
  const row = await db
    .updateTable('moderation_case')
    .set({ logged: 1 })
    .where(untold)
    .where('group_id', '=', storable(group))
    .where('number', '=', number)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
