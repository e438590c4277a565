// Pending cases, and those among them that nobody is at work on any more.
import { type Kysely, sql } from 'kysely';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import type { Tables } from '../tables.ts';
import type { Workers } from '../workers.ts';
import { type CaseRow, caseOf } from './rows.ts';

type Named = Pick<ModerationCase, 'group' | 'number'>;

/** The cases that this process could not settle: it is at work on them no more. */
export interface Dropped {
  /** Settles a case; when that fails, the case is dropped until it succeeds. */
  unless<Value>(one: Named, settle: () => Promise<Value>): Promise<Value>;
  has(one: Named): boolean;
}

export function createDropped(): Dropped {
  const dropped = new Set<string>();
  const keyOf = ({ group, number }: Named) => `${number} ${group}`;
  return {
    async unless(one, settle) {
      try {
        const value = await settle();
        dropped.delete(keyOf(one));
        return value;
      } catch (error) {
        dropped.add(keyOf(one));
        throw error;
      }
    },
    has: (one) => dropped.has(keyOf(one)),
  };
}

export const pendingCases = async (db: Kysely<Tables>): Promise<readonly ModerationCase[]> =>
  (await pendingRows(db)).map(caseOf);

export async function abandonedCases(
  db: Kysely<Tables>,
  workers: Workers,
  dropped: Dropped,
): Promise<readonly ModerationCase[]> {
  // Whoever bore this process's name before it has left it by now.
  await workers.name();
  const rows = await pendingRows(db);
  const gone = new Set<string | null>([null]);
  for (const name of new Set(rows.map(({ worker }) => worker))) {
    if (name !== null && (await workers.isGone(name))) gone.add(name);
  }
  const all = rows.map((row) => ({ one: caseOf(row), worker: row.worker }));
  return all.filter(({ one, worker }) => gone.has(worker) || dropped.has(one)).map(({ one }) => one);
}

const pendingRows = (db: Kysely<Tables>): Promise<CaseRow[]> =>
  db
    .selectFrom('moderation_case')
    .selectAll()
    // Written out, because an index with a condition is only used for the same condition.
    .where(sql<boolean>`state = 'pending'`)
    .orderBy('id')
    .execute();
