// Opens cases: gives each the next number of its group, and one idempotency key one case.
import type { Kysely } from 'kysely';
import type { CaseDraft, GroupView, ModerationCase, OpenedCase } from '../../moderation/cases/case.ts';
import type { CaseActor } from '../../moderation/people/actor.ts';
import type { Clock } from '../../util/clock.ts';
import { storable, storableOrNull } from '../schema/text.ts';
import { statement } from '../statement.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { type Overtaking, overtakingCase } from './overtaking.ts';
import { type CaseRow, type CaseValues, caseColumns, caseOf, insertTargets, rowOf } from './rows.ts';

const LONGEST_KEY = 255;

/** What stops a draft from being opened. */
export interface Guard {
  readonly view: GroupView;
  readonly ignored: ReadonlySet<number>;
}

/** Ends a transaction that must not be kept. */
class StoppedBy extends Error {
  readonly by: Overtaking;

  constructor(by: Overtaking) {
    super('overtaken');
    this.by = by;
  }
}

/** As `openCase`, or the case that stopped it. */
export async function openGuarded(
  db: Kysely<Tables>,
  clock: Clock,
  worker: string,
  draft: CaseDraft,
  guard: Guard,
): Promise<OpenedCase | Overtaking> {
  try {
    return await openCase(db, clock, worker, draft, guard);
  } catch (error) {
    if (error instanceof StoppedBy) return error.by;
    throw error;
  }
}

/** @param worker who is at work on it from now on */
export async function openCase(
  db: Kysely<Tables>,
  clock: Clock,
  worker: string,
  draft: CaseDraft,
  guard?: Guard,
): Promise<OpenedCase> {
  if (draft.key !== null && draft.key.length > LONGEST_KEY) {
    throw new RangeError(`An idempotency key has at most ${LONGEST_KEY} characters.`);
  }
  const earlier = await findByKey(db, draft);
  if (earlier !== null) return { case: earlier, repeated: true };
  try {
    const opened = await inTransaction(db, (transaction) => insert(transaction, clock, worker, draft, guard));
    return { case: opened, repeated: false };
  } catch (error) {
    if (error instanceof StoppedBy) throw error;
    // Two drafts with one key at the same moment: the unique index stopped this one.
    const winner = await findByKey(db, draft).catch(() => null);
    if (winner === null) throw error;
    return { case: winner, repeated: true };
  }
}

interface KeyOfCase {
  readonly group: string;
  readonly surface: string;
  readonly actor: string;
  readonly key: string;
}

const caseByKey = statement<KeyOfCase, CaseRow>((db, { group, surface, actor, key }) =>
  db
    .selectFrom('moderation_case')
    .selectAll()
    .where('group_id', '=', group)
    .where('surface', '=', surface)
    .where('actor_id', '=', actor)
    .where('idempotency_key', '=', key),
);

export async function findByKey(
  db: Kysely<Tables>,
  {
    group,
    actor,
    key,
  }: {
    readonly group: string;
    readonly actor: Pick<CaseActor, 'surface' | 'id'>;
    readonly key: string | null;
  },
): Promise<ModerationCase | null> {
  if (key === null) return null;
  const [row] = await caseByKey(db, {
    group: storable(group),
    surface: storable(actor.surface),
    actor: storable(actor.id),
    key: storable(key),
  });
  return row === undefined ? null : caseOf(row);
}

const insertCase = statement<CaseValues & { worker: string }, { id: number }>((db, values) =>
  db
    .insertInto('moderation_case')
    .values({ ...caseColumns(values), worker: values.worker })
    .returning('id'),
);

async function insert(
  db: Kysely<Tables>,
  clock: Clock,
  worker: string,
  draft: CaseDraft,
  guard: Guard | undefined,
): Promise<ModerationCase> {
  const kept = asKept(draft);
  const number = await nextNumber(db, kept.group);
  // Behind the counter, which nobody else in the group passes before this transaction has ended.
  const by = guard && (await overtakingCase(db, kept, guard.view, number, guard.ignored));
  if (by != null) throw new StoppedBy(by);
  const opened: ModerationCase = {
    ...kept,
    number,
    state: 'pending',
    // Read behind the counter, so that times have the order of the numbers.
    createdAt: clock.now(),
    settledAt: null,
    undoneBy: null,
    endsAt: null,
    timerAt: null,
  };
  const [row] = await insertCase(db, { ...rowOf(opened, kept.reason), worker });
  if (row === undefined) throw new Error('the database gave the new case no key');
  await insertTargets(db, row.id, opened);
  return opened;
}

/** The draft with its texts as the database keeps them. */
function asKept(draft: CaseDraft): CaseDraft {
  const { group, command, actor, reason, key } = draft;
  return {
    ...draft,
    group: storable(group),
    command: storable(command),
    actor: {
      surface: storable(actor.surface),
      id: storable(actor.id),
      name: storable(actor.name),
      account: storableOrNull(actor.account),
    },
    reason: storableOrNull(reason),
    key: storableOrNull(key),
  };
}

const countUp = statement<{ group: string }, { last: number }>((db, { group }) =>
  db
    .insertInto('case_counter')
    .values({ group_id: group, last: 1 })
    .onConflict((conflict) =>
      conflict.column('group_id').doUpdateSet((eb) => ({ last: eb('case_counter.last', '+', 1) })),
    )
    .returning('last'),
);

/** Counts up; the counter's row stays locked until the transaction ends, so that no number is lost or given twice. */
async function nextNumber(db: Kysely<Tables>, group: string): Promise<number> {
  const [row] = await countUp(db, { group });
  if (row === undefined) throw new Error('the database counted no case');
  return row.last;
}
