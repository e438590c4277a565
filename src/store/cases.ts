// The record of cases in the database.
import { type Kysely, sql } from 'kysely';
import type { CaseRepository } from '../moderation/case.ts';
import type { Clock } from '../moderation/groups.ts';
import { listCases } from './case-list.ts';
import { markLogged, unloggedCases } from './case-log.ts';
import { countTargets } from './case-quota.ts';
import { addNote, changeReason, listNotes, listReasons } from './case-remarks.ts';
import { caseOf, findCase } from './case-rows.ts';
import { markCase, settleCase } from './case-state.ts';
import { dueCases, nextTimer, setTimer, timersOf } from './case-timers.ts';
import { exportGroup } from './export.ts';
import { openCase } from './open-case.ts';
import type { Tables } from './tables.ts';

export function createCases(db: Kysely<Tables>, clock: Clock): CaseRepository {
  return {
    open: (draft) => openCase(db, clock, draft),
    settle: (group, number, settlement) => settleCase(db, clock, group, number, settlement),
    mark: (group, number, state, by) => markCase(db, group, number, state, by),
    find: (group, number) => findCase(db, group, number),
    pending: () => pendingCases(db),
    list: (filter, page) => listCases(db, filter, page),
    addNote: (group, number, note) => addNote(db, clock, group, number, note),
    notes: (group, number) => listNotes(db, group, number),
    changeReason: (group, number, change) => changeReason(db, clock, group, number, change),
    reasons: (group, number) => listReasons(db, group, number),
    due: (at, limit) => dueCases(db, at, limit),
    nextTimer: () => nextTimer(db),
    timers: (group, limit) => timersOf(db, group, limit),
    setTimer: (group, number, seen, next) => setTimer(db, group, number, seen, next),
    unlogged: (limit) => unloggedCases(db, limit),
    markLogged: (group, number) => markLogged(db, group, number),
    export: (group, limit) => exportGroup(db, group, limit),
    countTargets: (actor, since) => countTargets(db, actor, since),
  };
}

async function pendingCases(db: Kysely<Tables>) {
  const rows = await db
    .selectFrom('moderation_case')
    .selectAll()
    // Written out, because an index with a condition is only used for the same condition.
    .where(sql<boolean>`state = 'pending'`)
    .orderBy('id')
    .execute();
  return rows.map(caseOf);
}
