// The record of cases in the database.
import type { Kysely } from 'kysely';
import type { CaseRepository } from '../../moderation/cases/case.ts';
import type { Clock } from '../../util/clock.ts';
import type { Tables } from '../tables.ts';
import type { Workers } from '../workers.ts';
import { countTargets } from './count.ts';
import { exportGroup } from './export.ts';
import { listCases } from './list.ts';
import { markLogged, unloggedCases } from './log.ts';
import { openCase } from './open.ts';
import { abandonedCases, createDropped, pendingCases } from './pending.ts';
import { addNote, changeReason, listNotes, listReasons } from './remarks.ts';
import { findCase } from './rows.ts';
import { markCase, settleCase } from './state.ts';
import { dueCases, nextTimer, setTimer, timersOf } from './timers.ts';

export function createCases(db: Kysely<Tables>, clock: Clock, workers: Workers): CaseRepository {
  const dropped = createDropped();
  return {
    open: async (draft) => openCase(db, clock, await workers.name(), draft),
    settle: (group, number, settlement) =>
      dropped.unless({ group, number }, () => settleCase(db, clock, group, number, settlement)),
    mark: (group, number, state, by) => markCase(db, group, number, state, by),
    find: (group, number) => findCase(db, group, number),
    pending: () => pendingCases(db),
    abandoned: () => abandonedCases(db, workers, dropped),
    list: (filter, page) => listCases(db, filter, page),
    addNote: (group, number, note) => addNote(db, clock, group, number, note),
    notes: (group, number) => listNotes(db, group, number),
    changeReason: (group, number, change) => changeReason(db, clock, group, number, change),
    reasons: (group, number) => listReasons(db, group, number),
    due: (at, limit) => dueCases(db, at, limit),
    nextTimer: () => nextTimer(db),
    timers: (group, commands, limit) => timersOf(db, group, commands, limit),
    setTimer: (group, number, seen, next) => setTimer(db, group, number, seen, next),
    unlogged: (limit) => unloggedCases(db, limit),
    markLogged: (group, number) => markLogged(db, group, number),
    export: (group, limit) => exportGroup(db, group, limit),
    countTargets: (actor, since) => countTargets(db, actor, since),
  };
}
