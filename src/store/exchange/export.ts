// Exports cases as JSON Lines, a page at a time, so that neither memory nor other work depends on their number.
import { setImmediate as others } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { notesOf, reasonsOf } from '../cases/remarks.ts';
import type { CaseRow } from '../cases/rows.ts';
import { requireLimit } from '../schema/limit.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { type CaseRecord, FORMAT } from './record.ts';

const PAGE = 500;
/** Cases of a group's export that are read before everybody else has a turn: about 10 ms. */
const SLICE = 200;
const LARGEST_GROUP_EXPORT = 10_000;

/** Lines without their ends. A case that is opened meanwhile may be among them. */
export async function* exportCases(db: Kysely<Tables>): AsyncGenerator<string> {
  let last = 0;
  for (;;) {
    const page = await readPage(db, last);
    yield* page.lines;
    if (page.last === null) return;
    last = page.last;
  }
}

async function readPage(db: Kysely<Tables>, after: number) {
  const rows = await db
    .selectFrom('moderation_case')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return {
    lines: await linesOf(db, rows),
    last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null),
  };
}

/**
 * The newest cases of a group, in the order in which they were opened.
 * @param most in cases, and in bytes of the lines with their ends
 */
export async function exportGroup(
  db: Kysely<Tables>,
  group: string,
  most: { readonly cases: number; readonly bytes: number },
): Promise<readonly string[]> {
  requireLimit(most.cases, LARGEST_GROUP_EXPORT, 'An export');
  const newestFirst: string[] = [];
  let left = most.bytes;
  let after: CaseRow | undefined;
  do {
    const limit = Math.min(SLICE, most.cases - newestFirst.length);
    const rows = await sliceOf(db, group, after, limit);
    for (const line of await linesOf(db, rows)) {
      left -= Buffer.byteLength(line) + 1;
      if (left < 0) return newestFirst.reverse();
      newestFirst.push(line);
    }
    after = rows.length < limit ? undefined : rows.at(-1);
    await others();
  } while (after !== undefined && newestFirst.length < most.cases);
  return newestFirst.reverse();
}

const sliceOf = (
  db: Kysely<Tables>,
  group: string,
  after: CaseRow | undefined,
  limit: number,
): Promise<CaseRow[]> =>
  db
    .selectFrom('moderation_case')
    .selectAll()
    .where('group_id', '=', storable(group))
    .where((eb) =>
      eb.and(
        after === undefined
          ? []
          : [eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.created_at, after.id))],
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

async function linesOf(db: Kysely<Tables>, rows: readonly CaseRow[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [notes, reasons] = await Promise.all([notesOf(db, ids), reasonsOf(db, ids)]);
  return rows.map((row) =>
    lineOf({
      ...fieldsOf(row),
      reasonChanges: JSON.stringify(reasons.get(row.id) ?? []),
      notes: JSON.stringify(notes.get(row.id) ?? []),
    }),
  );
}

/** The fields of an exported case, each as JSON. What the columns hold as JSON is not read and written anew. */
const fieldsOf = (row: CaseRow): Omit<Record<keyof CaseRecord, string>, 'reasonChanges' | 'notes'> => ({
  format: String(FORMAT),
  group: JSON.stringify(row.group_id),
  number: JSON.stringify(row.number),
  command: JSON.stringify(row.command),
  options: row.options,
  actor: JSON.stringify({
    surface: row.surface,
    id: row.actor_id,
    name: row.actor_name,
    account: row.account,
  }),
  reason: JSON.stringify(row.reason),
  targets: row.targets,
  changes: row.changes,
  undoes: JSON.stringify(row.undoes),
  key: JSON.stringify(row.idempotency_key),
  lasts: JSON.stringify(row.lasts),
  state: JSON.stringify(row.state),
  createdAt: JSON.stringify(row.created_at),
  settledAt: JSON.stringify(row.settled_at),
  undoneBy: JSON.stringify(row.undone_by),
  endsAt: JSON.stringify(row.ends_at),
  timerAt: JSON.stringify(row.timer_at),
  firstReason: JSON.stringify(row.first_reason),
});

/**
 * All but printable ASCII: readers end lines at some of it, terminals obey some, and a shell that puts the output into
 * a file in another encoding, as PowerShell does, would lose some.
 */
const UNSAFE = /[^\x20-\x7e]/g;

/** A case as JSON that is one line wherever it is read or shown. */
const lineOf = (fields: Record<keyof CaseRecord, string>): string =>
  `{${Object.entries(fields)
    .map(([name, value]) => `"${name}":${value}`)
    .join(',')}}`.replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
