// Moves cases from state to state, each by one statement that compares and sets.
import { type Kysely, type RawBuilder, sql, type Updateable } from 'kysely';
import {
  type CaseState,
  type EndedState,
  type Settlement,
  statesBefore,
  type Transition,
} from '../../moderation/cases/case.ts';
import type { Clock } from '../../util/clock.ts';
import { storable } from '../schema/text.ts';
import type { CaseTable, Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { caseOf, findCase } from './rows.ts';

type Times = 'ends_at' | 'timer_at';

interface Move extends Omit<Updateable<CaseTable>, Times> {
  readonly state: CaseState;
  readonly ends_at?: RawBuilder<number | null>;
  readonly timer_at?: RawBuilder<number | null> | null;
}

export async function settleCase(
  db: Kysely<Tables>,
  clock: Clock,
  group: string,
  number: number,
  { state, targets, since, ends }: Settlement,
): Promise<Transition> {
  const now = clock.now();
  const move: Move = {
    state,
    targets: JSON.stringify(targets),
    settled_at: now,
    ...(state === 'failed' ? {} : { ends_at: endAfter(since ?? now), timer_at: endAfter(since ?? now) }),
  };
  if (ends === undefined) return moveCase(db, group, number, move);
  return inTransaction(db, async (transaction) => {
    const settled = await moveCase(transaction, group, number, move);
    if (settled.kind === 'changed' && settled.case.undoes !== null) {
      await markCase(transaction, group, settled.case.undoes, ends, number);
    }
    return settled;
  });
}

/** `null` for a case without an end. */
const endAfter = (since: number) => sql<number | null>`${since} + lasts * 1000`;

export const markCase = (
  db: Kysely<Tables>,
  group: string,
  number: number,
  state: EndedState,
  by: number | null,
): Promise<Transition> => moveCase(db, group, number, { state, undone_by: by, timer_at: null });

async function moveCase(db: Kysely<Tables>, group: string, number: number, move: Move): Promise<Transition> {
  const row = await db
    .updateTable('moderation_case')
    .set(move)
    .where('group_id', '=', storable(group))
    .where('number', '=', number)
    .where('state', 'in', statesBefore(move.state))
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { kind: 'changed', case: caseOf(row) };
  const found = await findCase(db, group, number);
  return found === null ? { kind: 'missing' } : { kind: 'stale', case: found };
}
