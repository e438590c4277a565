// Moves cases from state to state, each by one statement that compares and sets.
import { type Kysely, sql } from 'kysely';
import {
  type CaseState,
  type EndedState,
  type Settlement,
  statesBefore,
  type Transition,
} from '../../moderation/cases/case.ts';
import { weightOf } from '../../moderation/cases/quota.ts';
import type { Clock } from '../../util/clock.ts';
import { storable } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { type CaseRow, caseOf, findCase } from './rows.ts';

interface Settling {
  readonly group: string;
  readonly number: number;
  readonly state: CaseState;
  readonly targets: string;
  readonly acted: number;
  readonly now: number;
  /** When the effect began. */
  readonly since: number;
}

/** What did something has an end, if it lasts for a while; `null` for a case without one. */
const settleStanding = statement<Settling, CaseRow>(
  (db, { group, number, state, targets, acted, now, since }) => {
    const end = sql<number | null>`cast(${since} as bigint) + lasts * 1000`;
    return db
      .updateTable('moderation_case')
      .set({ state, targets, acted, settled_at: now, ends_at: end, timer_at: end })
      .where('group_id', '=', group)
      .where('number', '=', number)
      .where('state', 'in', statesBefore('applied'))
      .returningAll();
  },
);
const settleFailed = statement<Settling, CaseRow>((db, { group, number, state, targets, acted, now }) =>
  db
    .updateTable('moderation_case')
    .set({ state, targets, acted, settled_at: now })
    .where('group_id', '=', group)
    .where('number', '=', number)
    .where('state', 'in', statesBefore('failed'))
    .returningAll(),
);
const end = statement<{ group: string; number: number; state: EndedState; by: number | null }, CaseRow>(
  (db, { group, number, state, by }) =>
    db
      .updateTable('moderation_case')
      .set({ state, undone_by: by, timer_at: null })
      .where('group_id', '=', group)
      .where('number', '=', number)
      .where('state', 'in', statesBefore('undone'))
      .returningAll(),
);

export async function settleCase(
  db: Kysely<Tables>,
  clock: Clock,
  group: string,
  number: number,
  { state, targets, since, ends }: Settlement,
): Promise<Transition> {
  const now = clock.now();
  const settling = {
    group: storable(group),
    number,
    state,
    targets: JSON.stringify(targets),
    acted: weightOf(targets),
    now,
    since: since ?? now,
  };
  const run = state === 'failed' ? settleFailed : settleStanding;
  const settle = async (held: Kysely<Tables>) => transition(held, group, number, await run(held, settling));
  if (ends === undefined) return settle(db);
  return inTransaction(db, async (transaction) => {
    const settled = await settle(transaction);
    if (settled.kind === 'changed' && settled.case.undoes !== null) {
      await markCase(transaction, group, settled.case.undoes, ends, number);
    }
    return settled;
  });
}

export const markCase = async (
  db: Kysely<Tables>,
  group: string,
  number: number,
  state: EndedState,
  by: number | null,
): Promise<Transition> =>
  transition(db, group, number, await end(db, { group: storable(group), number, state, by }));

async function transition(
  db: Kysely<Tables>,
  group: string,
  number: number,
  [row]: readonly CaseRow[],
): Promise<Transition> {
  if (row !== undefined) {
    return {
      kind: 'changed',
      // Taken apart only for whoever looks at it.
      get case() {
        return caseOf(row);
      },
    };
  }
  const found = await findCase(db, group, number);
  return found === null ? { kind: 'missing' } : { kind: 'stale', case: found };
}
