// The record of cases in the database.
import type { CaseRepository, Overtaken } from '../../moderation/cases/case.ts';
import type { Clock } from '../../util/clock.ts';
import type { Database } from '../database.ts';
import { exportGroup } from '../exchange/export.ts';
import { countTargets } from './count.ts';
import { listCases } from './list.ts';
import { markAllLogged, markLogged, unloggedCases } from './log.ts';
import { findByKey, openCase, openGuarded } from './open.ts';
import { isOvertaking, type Overtaking, overtakingNow, viewOf } from './overtaking.ts';
import { abandonedCases, createDropped, pendingCases } from './pending.ts';
import { addNote, changeReason, listNotes, listReasons, removeNote } from './remarks.ts';
import { findCase } from './rows.ts';
import { markCase, settleCase } from './state.ts';
import { dueCases, nextTimer, setTimer, timersOf } from './timers.ts';

/** What the record of cases is kept in. */
export type CaseDatabase = Pick<Database, 'db' | 'workers' | 'relaxed'>;

export function createCases({ db, workers, relaxed }: CaseDatabase, clock: Clock): CaseRepository {
  const dropped = createDropped();
  /** Asks again as long as what stands in the way is a case that nobody is at work on any more. */
  async function unlessLeft<Value>(
    group: string,
    ask: (ignored: ReadonlySet<number>) => Promise<Value | Overtaking>,
  ): Promise<Value | Overtaken> {
    const ignored = new Set<number>();
    for (;;) {
      const answer = await ask(ignored);
      if (!isOvertaking(answer)) return answer;
      const { number, isPending, worker } = answer;
      const isLeft = dropped.has({ group, number }) || worker === null || (await workers.isGone(worker));
      if (!isPending || !isLeft) return { overtakenBy: number };
      ignored.add(number);
    }
  }
  return {
    open: async (draft) => openCase(db, clock, await workers.name(), draft),
    withKey: (group, actor, key) => findByKey(db, { group, actor, key }),
    view: (group) => viewOf(db, group),
    openUnlessOvertaken: (draft, view) =>
      unlessLeft(draft.group, async (ignored) =>
        openGuarded(db, clock, await workers.name(), draft, { view, ignored }),
      ),
    overtaken: (draft, view) => unlessLeft(draft.group, (ignored) => overtakingNow(db, draft, view, ignored)),
    settle: (group, number, settlement) =>
      dropped.unless({ group, number }, () =>
        // What a machine loses that stops in this moment is pending again, and is settled at the next start.
        relaxed((held) => settleCase(held, clock, group, number, settlement)),
      ),
    mark: (group, number, state, by) => markCase(db, group, number, state, by),
    find: (group, number) => findCase(db, group, number),
    pending: () => pendingCases(db),
    abandoned: () => abandonedCases(db, workers, dropped),
    list: (filter, page) => listCases(db, filter, page),
    addNote: (group, number, note) => addNote(db, clock, group, number, note),
    removeNote: (group, number, note) => removeNote(db, group, number, note),
    notes: (group, number) => listNotes(db, group, number),
    changeReason: (group, number, change) => changeReason(db, clock, group, number, change),
    reasons: (group, number) => listReasons(db, group, number),
    due: (at, limit) => dueCases(db, at, limit),
    nextTimer: () => nextTimer(db),
    timers: (group, commands, limit) => timersOf(db, group, commands, limit),
    setTimer: (group, number, seen, next) => setTimer(db, group, number, seen, next),
    unlogged: (limit) => unloggedCases(db, limit),
    // What a machine loses that stops in this moment is told once more.
    markLogged: (group, number) => relaxed((held) => markLogged(held, group, number)),
    markAllLogged: (records) => relaxed((held) => markAllLogged(held, records)),
    export: (group, most) => exportGroup(db, group, most),
    countTargets: (actor, since) => countTargets(db, actor, since),
  };
}
