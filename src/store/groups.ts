// The groups that the record names: in cases, for places of a surface, and for logs.
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Each once, in no order; the tables that are read have a row a group, or a few. */
export async function groupsOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('case_counter')
    .select('group_id')
    .union(db.selectFrom('place_binding').select('group_id'))
    .union(db.selectFrom('log_channel').select('group_id'))
    .execute();
  return rows.map((row) => row.group_id);
}
