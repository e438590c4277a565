// Exports all cases as JSON Lines, a page at a time, so that memory does not grow with their number.
import type { Kysely } from 'kysely';
import { recordOf } from './case-record.ts';
import { notesOf, reasonsOf } from './case-remarks.ts';
import { caseOf } from './case-rows.ts';
import type { Tables } from './tables.ts';

const PAGE = 500;

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
  const ids = rows.map(({ id }) => id);
  const [notes, reasons] =
    ids.length === 0 ? [new Map(), new Map()] : await Promise.all([notesOf(db, ids), reasonsOf(db, ids)]);
  const lines = rows.map((row) =>
    JSON.stringify(
      recordOf(caseOf(row), row.first_reason, reasons.get(row.id) ?? [], notes.get(row.id) ?? []),
    ),
  );
  return { lines, last: rows.length < PAGE ? null : (ids.at(-1) ?? null) };
}
