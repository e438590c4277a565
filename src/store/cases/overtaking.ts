// Opens a case only where nothing was done to its targets since somebody looked: of all processes, one at a time reads
// the facts about a target, decides and acts.
import { type Kysely, sql } from 'kysely';
import type { CaseDraft, GroupView } from '../../moderation/cases/case.ts';
import { indexable, storable } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';

const lastNumber = statement<{ group: string }, { last: number }>((db, { group }) =>
  db.selectFrom('case_counter').select('last').where('group_id', '=', group),
);
const pendingNumbers = statement<{ group: string }, { number: number }>((db, { group }) =>
  db
    .selectFrom('moderation_case')
    .select('number')
    // Written out, because an index with a condition is only used for the same condition.
    .where(sql<boolean>`state = 'pending'`)
    .where('group_id', '=', group),
);

/** What was done in a group up to now. To be called before facts are read. */
export async function viewOf(db: Kysely<Tables>, group: string): Promise<GroupView> {
  const id = { group: storable(group) };
  // In this order: what is opened in between has a higher number.
  const [counter] = await lastNumber(db, id);
  const pending = await pendingNumbers(db, id);
  return { last: counter?.last ?? 0, pending: pending.map(({ number }) => number) };
}

/** The case that overtook a draft. */
export interface Overtaking {
  readonly number: number;
  readonly isPending: boolean;
  /** Who is at work on it. */
  readonly worker: string | null;
}

export const isOvertaking = (answer: unknown): answer is Overtaking =>
  typeof answer === 'object' && answer !== null && 'isPending' in answer;

/** The same for a draft that is not opened. */
export async function overtakingNow(
  db: Kysely<Tables>,
  draft: Pick<CaseDraft, 'group' | 'targets'>,
  view: GroupView,
  ignored: ReadonlySet<number>,
): Promise<Overtaking | null> {
  const [counter] = await lastNumber(db, { group: storable(draft.group) });
  return overtakingCase(db, draft, view, (counter?.last ?? 0) + 1, ignored);
}

/**
 * The newest case about a target of the draft that was under way at the view, or came after it; `null` where there is
 * none.
 * @param number of the draft's own case, whose transaction this runs in
 */
export async function overtakingCase(
  db: Kysely<Tables>,
  { group, targets }: Pick<CaseDraft, 'group' | 'targets'>,
  { last, pending }: GroupView,
  number: number,
  ignored: ReadonlySet<number>,
): Promise<Overtaking | null> {
  const earlier = pending.filter((one) => !ignored.has(one));
  // The usual case: nobody did anything in the group meanwhile.
  if (number === last + 1 && earlier.length === 0) return null;
  const names = [...new Set(targets.map(({ target }) => indexable(target)))];
  const rows = await db
    .selectFrom('case_target as t')
    .innerJoin('moderation_case as c', 'c.id', 't.case_id')
    .select(['c.number', 'c.state', 'c.worker'])
    .where('t.group_id', '=', storable(group))
    .where('t.target', 'in', names)
    .where((eb) =>
      eb.or([eb('c.number', '>', last), ...(earlier.length === 0 ? [] : [eb('c.number', 'in', earlier)])]),
    )
    .orderBy('c.number', 'desc')
    .execute();
  const row = rows.find((one) => one.number !== number && !ignored.has(one.number));
  return row === undefined
    ? null
    : { number: row.number, isPending: row.state === 'pending', worker: row.worker };
}
