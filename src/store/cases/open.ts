// Opens cases: gives each the next number of its group, and one idempotency key one case.
import type { Kysely } from 'kysely';
import type { CaseDraft, ModerationCase, OpenedCase } from '../../moderation/cases/case.ts';
import type { Clock } from '../../util/clock.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { caseOf, insertTargets, rowOf } from './rows.ts';

const LONGEST_KEY = 255;

/** @param worker who is at work on it from now on */
export async function openCase(
  db: Kysely<Tables>,
  clock: Clock,
  worker: string,
  draft: CaseDraft,
): Promise<OpenedCase> {
  if (draft.key !== null && draft.key.length > LONGEST_KEY) {
    throw new RangeError(`An idempotency key has at most ${LONGEST_KEY} characters.`);
  }
  const earlier = await findByKey(db, draft);
  if (earlier !== null) return { case: earlier, repeated: true };
  try {
    const opened = await inTransaction(db, (transaction) => insert(transaction, clock, worker, draft));
    return { case: opened, repeated: false };
  } catch (error) {
    // Two drafts with one key at the same moment: the unique index stopped this one.
    const winner = await findByKey(db, draft).catch(() => null);
    if (winner === null) throw error;
    return { case: winner, repeated: true };
  }
}

async function findByKey(
  db: Kysely<Tables>,
  { group, actor, key }: CaseDraft,
): Promise<ModerationCase | null> {
  if (key === null) return null;
  const row = await db
    .selectFrom('moderation_case')
    .selectAll()
    .where('group_id', '=', storable(group))
    .where('surface', '=', storable(actor.surface))
    .where('actor_id', '=', storable(actor.id))
    .where('idempotency_key', '=', storable(key))
    .executeTakeFirst();
  return row === undefined ? null : caseOf(row);
}

async function insert(
  db: Kysely<Tables>,
  clock: Clock,
  worker: string,
  draft: CaseDraft,
): Promise<ModerationCase> {
  const number = await nextNumber(db, draft.group);
  const opened: ModerationCase = {
    ...draft,
    number,
    state: 'pending',
    // Read behind the counter, so that times have the order of the numbers.
    createdAt: clock.now(),
    settledAt: null,
    undoneBy: null,
    endsAt: null,
    timerAt: null,
  };
  const row = await db
    .insertInto('moderation_case')
    .values({ ...rowOf(opened, draft.reason), worker })
    .returningAll()
    .executeTakeFirstOrThrow();
  await insertTargets(db, row.id, opened);
  return caseOf(row);
}

/** Counts up; the counter's row stays locked until the transaction ends, so that no number is lost or given twice. */
async function nextNumber(db: Kysely<Tables>, group: string): Promise<number> {
  const { last } = await db
    .insertInto('case_counter')
    .values({ group_id: storable(group), last: 1 })
    .onConflict((conflict) =>
      conflict.column('group_id').doUpdateSet((eb) => ({ last: eb('case_counter.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}
