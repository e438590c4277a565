// Counts how many members somebody's latest cases concern, for the limit on what one person may do.
import type { Kysely } from 'kysely';
import type { CaseFilter } from '../../moderation/cases/case.ts';
import { storable } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

interface Sum {
  /** `null` without a case. */
  readonly sum: number | null;
}

// The indexes of both hold what is summed, so that no case itself is read.
const sumOfIdentity = statement<{ surface: string; id: string; since: number }, Sum>(
  (db, { surface, id, since }) =>
    db
      .selectFrom('moderation_case')
      .select((eb) => eb.fn.sum<number | null>('acted').as('sum'))
      .where('surface', '=', surface)
      .where('actor_id', '=', id)
      .where('created_at', '>=', since),
);
const sumOfAccount = statement<{ account: string; since: number }, Sum>((db, { account, since }) =>
  db
    .selectFrom('moderation_case')
    .select((eb) => eb.fn.sum<number | null>('acted').as('sum'))
    .where('account', '=', account)
    .where('created_at', '>=', since),
);

export async function countTargets(
  db: Kysely<Tables>,
  actor: NonNullable<CaseFilter['actor']>,
  since: number,
): Promise<number> {
  const [row] = await ('account' in actor
    ? sumOfAccount(db, { account: storable(actor.account), since })
    : sumOfIdentity(db, { surface: storable(actor.surface), id: storable(actor.id), since }));
  // PostgreSQL gives the sum of 8-byte integers as text.
  return Number(row?.sum ?? 0);
}
