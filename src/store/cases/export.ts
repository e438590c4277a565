// Exports cases as JSON Lines; all of them a page at a time, so that memory does not grow with their number.
import type { Kysely } from 'kysely';
import { requireLimit } from '../schema/limit.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { type CaseRecord, recordOf } from './record.ts';
import { notesOf, reasonsOf } from './remarks.ts';
import { type CaseRow, caseOf } from './rows.ts';

const PAGE = 500;
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

/** The newest cases of a group, in the order in which they were opened. */
export async function exportGroup(
  db: Kysely<Tables>,
  group: string,
  limit: number,
): Promise<readonly string[]> {
  requireLimit(limit, LARGEST_GROUP_EXPORT, 'An export');
  const rows = await db
    .selectFrom('moderation_case')
    .selectAll()
    .where('group_id', '=', storable(group))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return linesOf(db, rows.toReversed());
}

async function linesOf(db: Kysely<Tables>, rows: readonly CaseRow[]): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [notes, reasons] = await Promise.all([notesOf(db, ids), reasonsOf(db, ids)]);
  return rows.map((row) =>
    lineOf(recordOf(caseOf(row), row.first_reason, reasons.get(row.id) ?? [], notes.get(row.id) ?? [])),
  );
}

/**
 * All but printable ASCII: readers end lines at some of it, terminals obey some, and a shell that puts the output into
 * a file in another encoding, as PowerShell does, would lose some.
 */
const UNSAFE = /[^\x20-\x7e]/g;

/** A case as JSON that is one line wherever it is read or shown. */
const lineOf = (record: CaseRecord): string =>
  JSON.stringify(record).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
