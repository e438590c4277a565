// Lists cases, newest first, page by page: each page starts where the one before ended (keyset paging).
import {
  type Expression,
  type ExpressionBuilder,
  expressionBuilder,
  type Kysely,
  type SqlBool,
} from 'kysely';
import type { CaseFilter, CasePage } from '../../moderation/cases/case.ts';
import { LARGEST_PAGE, requireLimit } from '../schema/limit.ts';
import { indexable, storable } from '../schema/text.ts';
import type { CaseTable, Tables } from '../tables.ts';
import { type CaseRow, caseOf } from './rows.ts';

/** Where a page ended: the time and key of its last case. */
interface Cursor {
  readonly at: number;
  readonly id: number;
}

export async function listCases(
  db: Kysely<Tables>,
  filter: CaseFilter,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<CasePage> {
  requireLimit(limit, LARGEST_PAGE, 'A page');
  const after = before === undefined ? null : readCursor(before);
  const rows =
    filter.target === undefined
      ? await byCase(db, filter, after, limit + 1)
      : await byTarget(db, filter, filter.target, after, limit + 1);
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

type Columns = { readonly c: CaseTable };

function byCase(
  db: Kysely<Tables>,
  filter: CaseFilter,
  after: Cursor | null,
  limit: number,
): Promise<CaseRow[]> {
  return db
    .selectFrom('moderation_case as c')
    .selectAll('c')
    .where((eb) =>
      eb.and([
        ...conditions(filter),
        ...(after === null
          ? []
          : [eb(eb.refTuple('c.created_at', 'c.id'), '<', eb.tuple(after.at, after.id))]),
      ]),
    )
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit)
    .execute();
}

function byTarget(
  db: Kysely<Tables>,
  filter: CaseFilter,
  target: string,
  after: Cursor | null,
  limit: number,
): Promise<CaseRow[]> {
  return (
    db
      .selectFrom('case_target as t')
      // SQLite never reorders a cross join: it starts from the few cases of the target.
      .crossJoin('moderation_case as c')
      .selectAll('c')
      .whereRef('c.id', '=', 't.case_id')
      .where('t.target', '=', indexable(target))
      .where((eb) =>
        eb.and([
          ...conditions(filter),
          ...(filter.group === undefined ? [] : [eb('t.group_id', '=', storable(filter.group))]),
          ...(after === null
            ? []
            : [eb(eb.refTuple('t.created_at', 't.case_id'), '<', eb.tuple(after.at, after.id))]),
        ]),
      )
      .orderBy('t.created_at', 'desc')
      .orderBy('t.case_id', 'desc')
      .limit(limit)
      .execute()
  );
}

/** Everything but the target, which is looked up in a table of its own. */
export function conditions(filter: CaseFilter): readonly Expression<SqlBool>[] {
  const eb = expressionBuilder<Columns, 'c'>();
  const { group, command, state, since, until } = filter;
  return [
    ...(group === undefined ? [] : [eb('c.group_id', '=', storable(group))]),
    ...(command === undefined ? [] : [eb('c.command', '=', storable(command))]),
    ...(state === undefined ? [] : [eb('c.state', '=', state)]),
    ...(since === undefined ? [] : [eb('c.created_at', '>=', since)]),
    ...(until === undefined ? [] : [eb('c.created_at', '<', until)]),
    ...byActor(eb, filter.actor),
  ];
}

function byActor(
  eb: ExpressionBuilder<Columns, 'c'>,
  actor: CaseFilter['actor'],
): readonly Expression<SqlBool>[] {
  if (actor === undefined) return [];
  if ('account' in actor) return [eb('c.account', '=', storable(actor.account))];
  return [eb('c.surface', '=', storable(actor.surface)), eb('c.actor_id', '=', storable(actor.id))];
}
