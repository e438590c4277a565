// Imports exported cases: all of them in one transaction, or none and the faults by line.
import type { Kysely } from 'kysely';
import { insertNote, insertReason } from '../cases/remarks.ts';
import { findRow, insertTargets, rowOf } from '../cases/rows.ts';
import { storable } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { type CaseRecord, implausible, type Plausible, readRecord } from './record.ts';

export interface ImportFault {
  /** Counted from 1. */
  readonly line: number;
  readonly problem: string;
}

export type ImportResult =
  | { readonly ok: true; readonly imported: number }
  /** Nothing was imported. At most 100 faults: after these, reading stopped. */
  | { readonly ok: false; readonly faults: readonly ImportFault[] };

const MOST_FAULTS = 100;

/** Empty lines are passed over. Everything else that uses the database waits until the end. */
export async function importCases(
  db: Kysely<Tables>,
  lines: Iterable<string> | AsyncIterable<string>,
  plausible?: Plausible,
): Promise<ImportResult> {
  return inTransaction(
    db,
    (transaction) => importLines(transaction, lines, plausible),
    ({ ok }) => ok,
  );
}

async function importLines(
  db: Kysely<Tables>,
  lines: Iterable<string> | AsyncIterable<string>,
  plausible: Plausible | undefined,
): Promise<ImportResult> {
  const faults: ImportFault[] = [];
  let line = 0;
  let imported = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const problem = await importLine(db, text, plausible);
    if (problem === null) imported += 1;
    else faults.push({ line, problem });
    if (faults.length === MOST_FAULTS) break;
  }
  return faults.length === 0 ? { ok: true, imported } : { ok: false, faults };
}

/** @returns what is wrong with the line, or `null` */
async function importLine(
  db: Kysely<Tables>,
  text: string,
  plausible: Plausible | undefined,
): Promise<string | null> {
  const read = readRecord(text);
  if (!read.ok) return read.problem;
  const { record } = read;
  const problem = plausible === undefined ? null : implausible(record, plausible);
  if (problem !== null) return problem;
  // First the counter, like everybody who opens a case: who holds it decides about numbers of the group.
  await reserve(db, record);
  const row = await db
    .insertInto('moderation_case')
    // What was done elsewhere is no news in a log here.
    .values({ ...rowOf(record, record.firstReason), logged: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return conflictOf(db, record);
  await insertTargets(db, row.id, record);
  for (const change of record.reasonChanges) await insertReason(db, row.id, change);
  for (const note of record.notes) await insertNote(db, row.id, note);
  return null;
}

async function conflictOf(db: Kysely<Tables>, { group, number, key }: CaseRecord): Promise<string> {
  const taken = await findRow(db, group, number);
  return taken === undefined
    ? `the key ${JSON.stringify(key)} of this actor in group ${group} belongs to another case`
    : `case ${number} of group ${group} is already there`;
}

/** Sees to it that the number is never given again. */
async function reserve(db: Kysely<Tables>, { group, number }: CaseRecord): Promise<void> {
  await db
    .insertInto('case_counter')
    .values({ group_id: storable(group), last: number })
    .onConflict((conflict) =>
      conflict.column('group_id').doUpdateSet((eb) => ({
        last: eb
          .case()
          .when('excluded.last', '>', eb.ref('case_counter.last'))
          .then(eb.ref('excluded.last'))
          .else(eb.ref('case_counter.last'))
          .end(),
      })),
    )
    .execute();
}
