// Counts how many members somebody's latest cases concern, for the limit on what one person may do.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { CaseFilter, CaseOutcome } from '../../moderation/cases/case.ts';
import { targetsSchema } from '../schema/json-columns.ts';
import type { Tables } from '../tables.ts';
import { conditions } from './list.ts';

const aboutMember = z.object({ kind: z.literal('member') });

/** What may still happen, or may have happened, counts. */
const counted: readonly CaseOutcome[] = ['done', 'uncertain', 'pending'];

export async function countTargets(
  db: Kysely<Tables>,
  actor: NonNullable<CaseFilter['actor']>,
  since: number,
): Promise<number> {
  const rows = await db
    .selectFrom('moderation_case as c')
    .select('c.targets')
    .where((eb) => eb.and([...conditions({ actor, since })]))
    .execute();
  return rows.reduce((sum, { targets }) => sum + membersIn(targets), 0);
}

const membersIn = (targets: string): number =>
  targetsSchema
    .parse(JSON.parse(targets))
    .filter(({ before, outcome }) => counted.includes(outcome) && aboutMember.safeParse(before).success)
    .length;
