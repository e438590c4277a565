// Lists cases, newest first, page by page: each page starts where the one before ended (keyset paging).
import { setImmediate as others } from 'node:timers/promises';
import {
  type Expression,
  type ExpressionBuilder,
  expressionBuilder,
  type Kysely,
  type SqlBool,
  sql,
} from 'kysely';
import type { CaseFilter, CasePage } from '../../moderation/cases/case.ts';
import { LARGEST_PAGE, requireLimit } from '../schema/limit.ts';
import { indexable, storable } from '../schema/text.ts';
import type { CaseTable, CaseTargetTable, Tables } from '../tables.ts';
import { type CaseRow, caseOf } from './rows.ts';

/** Where a page ended: the time and key of its last case. */
interface Cursor {
  readonly at: number;
  readonly id: number;
}

/** Cases that are looked through before everybody else has a turn: about 10 ms. */
const SLICE = 5_000;

/**
 * One page. An index holds the cases of most filters in the order of the pages; where a filter says more, the cases of
 * the index are looked through slice by slice.
 * @param slice how many cases are looked through before everybody else has a turn
 */
export async function listCases(
  db: Kysely<Tables>,
  filter: CaseFilter,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
  slice = SLICE,
): Promise<CasePage> {
  requireLimit(limit, LARGEST_PAGE, 'A page');
  const walk = walkOf(db, filter);
  const rows: CaseRow[] = [];
  let after = before === undefined ? null : readCursor(before);
  for (;;) {
    const end = walk.checks ? await walk.endOfSlice(after, slice) : null;
    rows.push(...(await walk.rows(after, end, limit + 1 - rows.length)));
    if (end === null || rows.length > limit) break;
    after = end;
    await others();
  }
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    cases: page.map(caseOf),
    next: rows.length > limit && last !== undefined ? `${last.created_at}.${last.id}` : null,
  };
}

function readCursor(text: string): Cursor {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  if (at === undefined || id === undefined) throw new RangeError('The cursor is none that a page gave.');
  return { at: Number(at), id: Number(id) };
}

/** A way through the cases along one index. */
interface Walk {
  /** Whether the filter says more than the index knows. */
  readonly checks: boolean;
  /** The last case of the slice that begins after a case; `null`: the rest is less than a slice. */
  endOfSlice(after: Cursor | null, slice: number): Promise<Cursor | null>;
  /** The matching cases after one case, up to and with another. */
  rows(after: Cursor | null, end: Cursor | null, limit: number): Promise<CaseRow[]>;
}

const walkOf = (db: Kysely<Tables>, filter: CaseFilter): Walk =>
  filter.target === undefined ? byCase(db, filter) : byTarget(db, filter, filter.target);

type Columns = { readonly c: CaseTable };
type Conditions = readonly Expression<SqlBool>[];

function byCase(db: Kysely<Tables>, filter: CaseFilter): Walk {
  const { walked, checked } = conditions(filter);
  const inOrder = (after: Cursor | null, more: Conditions) =>
    db
      .selectFrom('moderation_case as c')
      .where((eb) =>
        eb.and([
          ...walked,
          ...more,
          ...(after === null
            ? []
            : [eb(eb.refTuple('c.created_at', 'c.id'), '<', eb.tuple(after.at, after.id))]),
        ]),
      )
      .orderBy('c.created_at', 'desc')
      .orderBy('c.id', 'desc');
  return {
    checks: checked.length > 0,
    endOfSlice: async (after, slice) =>
      (await inOrder(after, [])
        .select(['c.created_at as at', 'c.id as id'])
        .limit(1)
        .offset(slice - 1)
        .executeTakeFirst()) ?? null,
    rows: (after, end, limit) =>
      inOrder(after, [...checked, ...notBeyond(end)])
        .selectAll('c')
        .limit(limit)
        .execute(),
  };
}

function notBeyond(end: Cursor | null): Conditions {
  const eb = expressionBuilder<Columns, 'c'>();
  return end === null ? [] : [eb(eb.refTuple('c.created_at', 'c.id'), '>=', eb.tuple(end.at, end.id))];
}

type TargetColumns = { readonly t: CaseTargetTable };

function byTarget(db: Kysely<Tables>, { group, since, until, ...rest }: CaseFilter, target: string): Walk {
  const { walked, checked } = conditions(rest);
  const all = [...walked, ...checked];
  const eb = expressionBuilder<TargetColumns, 't'>();
  const ofTarget = (after: Cursor | null): Conditions => [
    eb('t.target', '=', indexable(target)),
    ...(group === undefined ? [] : [eb('t.group_id', '=', storable(group))]),
    ...(since === undefined ? [] : [eb('t.created_at', '>=', since)]),
    ...(until === undefined ? [] : [eb('t.created_at', '<', until)]),
    ...(after === null
      ? []
      : [eb(eb.refTuple('t.created_at', 't.case_id'), '<', eb.tuple(after.at, after.id))]),
  ];
  return {
    checks: all.length > 0,
    endOfSlice: async (after, slice) =>
      (await db
        .selectFrom('case_target as t')
        .select(['t.created_at as at', 't.case_id as id'])
        .where(({ and }) => and([...ofTarget(after)]))
        .orderBy('t.created_at', 'desc')
        .orderBy('t.case_id', 'desc')
        .limit(1)
        .offset(slice - 1)
        .executeTakeFirst()) ?? null,
    rows: (after, end, limit) =>
      db
        .selectFrom('case_target as t')
        // SQLite never reorders a cross join: it starts from the few cases of the target.
        .crossJoin('moderation_case as c')
        .selectAll('c')
        .whereRef('c.id', '=', 't.case_id')
        .where(({ and, refTuple, tuple, eb: both }) =>
          and([
            ...ofTarget(after),
            ...all,
            ...(end === null
              ? []
              : [both(refTuple('t.created_at', 't.case_id'), '>=', tuple(end.at, end.id))]),
          ]),
        )
        .orderBy('t.created_at', 'desc')
        .orderBy('t.case_id', 'desc')
        .limit(limit)
        .execute(),
  };
}

/** What the filter says, but for the target: by what an index finds, and what is then looked at case by case. */
function conditions({ group, actor, command, state, since, until }: CaseFilter): {
  readonly walked: Conditions;
  readonly checked: Conditions;
} {
  const eb = expressionBuilder<Columns, 'c'>();
  const found = byActor(eb, actor);
  // There is one index for each of these, and none for two at once; none for a state of all groups.
  const walksCommand = actor === undefined && command !== undefined;
  const walksState = actor === undefined && command === undefined && group !== undefined;
  return {
    walked: [
      ...(group === undefined ? [] : [eb('c.group_id', '=', storable(group))]),
      ...found,
      ...(walksCommand ? [eb('c.command', '=', storable(command))] : []),
      ...(walksState && state !== undefined ? [eb('c.state', '=', state)] : []),
      ...(since === undefined ? [] : [eb('c.created_at', '>=', since)]),
      ...(until === undefined ? [] : [eb('c.created_at', '<', until)]),
    ],
    checked: [
      ...(walksCommand || command === undefined ? [] : [eb(unindexed('command'), '=', storable(command))]),
      ...(walksState || state === undefined ? [] : [eb(unindexed('state'), '=', state)]),
    ],
  };
}

/** The column as an expression, for which no index is looked up: the walk goes along another one. */
const unindexed = (column: 'command' | 'state') => sql<string>`${sql.ref(`c.${column}`)} || ''`;

function byActor(eb: ExpressionBuilder<Columns, 'c'>, actor: CaseFilter['actor']): Conditions {
  if (actor === undefined) return [];
  if ('account' in actor) return [eb('c.account', '=', storable(actor.account))];
  return [eb('c.surface', '=', storable(actor.surface)), eb('c.actor_id', '=', storable(actor.id))];
}
