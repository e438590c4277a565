// What people add to a case later: notes, links, and better reasons. Nothing here is overwritten; a note can be removed.
import type { Kysely, Selectable } from 'kysely';
import type { CaseNote, CaseReason } from '../../moderation/cases/case.ts';
import type { Clock } from '../../util/clock.ts';
import { storable, storableOrNull } from '../schema/text.ts';
import type { Tables } from '../tables.ts';
import { inTransaction } from '../transaction.ts';
import { authorOf, findRow } from './rows.ts';

export async function addNote(
  db: Kysely<Tables>,
  clock: Clock,
  group: string,
  number: number,
  note: Omit<CaseNote, 'at'>,
): Promise<CaseNote | null> {
  const row = await findRow(db, group, number);
  if (row === undefined) return null;
  return insertNote(db, row.id, { ...note, at: clock.now() });
}

/** @returns whether there was such a note */
export async function removeNote(
  db: Kysely<Tables>,
  group: string,
  number: number,
  { author, text, at }: CaseNote,
): Promise<boolean> {
  const row = await findRow(db, group, number);
  if (row === undefined) return false;
  const note = await db
    .selectFrom('case_note')
    .select('id')
    .where('case_id', '=', row.id)
    .where('author', '=', JSON.stringify(author))
    .where('text', '=', storable(text))
    .where('at', '=', at)
    .orderBy('id')
    .executeTakeFirst();
  if (note === undefined) return false;
  await db.deleteFrom('case_note').where('id', '=', note.id).execute();
  return true;
}

export async function listNotes(
  db: Kysely<Tables>,
  group: string,
  number: number,
): Promise<readonly CaseNote[]> {
  const row = await findRow(db, group, number);
  if (row === undefined) return [];
  return (await notesOf(db, [row.id])).get(row.id) ?? [];
}

export async function changeReason(
  db: Kysely<Tables>,
  clock: Clock,
  group: string,
  number: number,
  change: Omit<CaseReason, 'at'>,
): Promise<CaseReason | null> {
  return inTransaction(db, async (transaction) => {
    const row = await transaction
      .updateTable('moderation_case')
      .set({ reason: storableOrNull(change.reason) })
      .where('group_id', '=', storable(group))
      .where('number', '=', number)
      .returning('id')
      .executeTakeFirst();
    if (row === undefined) return null;
    return insertReason(transaction, row.id, { ...change, at: clock.now() });
  });
}

export async function listReasons(
  db: Kysely<Tables>,
  group: string,
  number: number,
): Promise<readonly CaseReason[]> {
  const row = await findRow(db, group, number);
  if (row === undefined) return [];
  const author = { surface: row.surface, id: row.actor_id, name: row.actor_name, account: row.account };
  const first = { author, reason: row.first_reason, at: row.created_at };
  return [first, ...((await reasonsOf(db, [row.id])).get(row.id) ?? [])];
}

/** @returns the note as it is kept */
export async function insertNote(
  db: Kysely<Tables>,
  id: number,
  { author, text, url, at }: CaseNote,
): Promise<CaseNote> {
  const row = await db
    .insertInto('case_note')
    .values({
      case_id: id,
      author: JSON.stringify(author),
      text: storable(text),
      url: storableOrNull(url),
      at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return noteOf(row);
}

/** @returns the reason as it is kept */
export async function insertReason(
  db: Kysely<Tables>,
  id: number,
  { author, reason, at }: CaseReason,
): Promise<CaseReason> {
  const row = await db
    .insertInto('case_reason')
    .values({ case_id: id, author: JSON.stringify(author), reason: storableOrNull(reason), at })
    .returningAll()
    .executeTakeFirstOrThrow();
  return reasonOf(row);
}

const noteOf = ({ author, text, url, at }: Selectable<Tables['case_note']>): CaseNote => ({
  author: authorOf(author),
  text,
  url,
  at,
});

const reasonOf = ({ author, reason, at }: Selectable<Tables['case_reason']>): CaseReason => ({
  author: authorOf(author),
  reason,
  at,
});

/** Notes by the key of their case, oldest first. */
export async function notesOf(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, CaseNote[]>> {
  const rows = await db
    .selectFrom('case_note')
    .selectAll()
    .where('case_id', 'in', ids)
    .orderBy('id')
    .execute();
  return byCase(rows, noteOf);
}

/** Changes of the reason by the key of their case, oldest first. */
export async function reasonsOf(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, CaseReason[]>> {
  const rows = await db
    .selectFrom('case_reason')
    .selectAll()
    .where('case_id', 'in', ids)
    .orderBy('id')
    .execute();
  return byCase(rows, reasonOf);
}

function byCase<Row extends { readonly case_id: number }, Item>(
  rows: readonly Row[],
  itemOf: (row: Row) => Item,
): ReadonlyMap<number, Item[]> {
  const grouped = Map.groupBy(rows, (row) => row.case_id);
  return new Map([...grouped].map(([id, list]) => [id, list.map(itemOf)]));
}
