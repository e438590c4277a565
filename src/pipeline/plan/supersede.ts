// A command over the timed effect of the same command: the earlier time counts no more. The new effect is taken back to
// what was before both, and what is so already stays, with the new end or with none.
import type { ChangingCommand } from '../../command/command.ts';
import { isRestored } from '../../command/command.ts';
import { type Message, message } from '../../i18n/message.ts';
import type { CaseTarget, ModerationCase } from '../../moderation/cases/case.ts';
import { mayHaveHappened } from '../../moderation/cases/case.ts';
import { isRefusal, type Step, targetsOf } from '../../moderation/cases/change.ts';
import type { JsonValue } from '../../util/json.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located, Targets } from '../find/located.ts';
import { readAgain, undoFacts } from './undo-facts.ts';

/** What a plan takes the place of. */
export interface Superseded {
  /** Facts before both, by target. */
  readonly before: ReadonlyMap<string, JsonValue>;
  /** The cases whose timers end once the targets are done, with the targets that they still have. */
  readonly cases: readonly { readonly number: number; readonly targets: readonly string[] }[];
  readonly notes: readonly Message[];
}

/** Cases of one command with a running timer that are looked at. */
const MOST_TIMERS = 1_000;

interface Timed {
  readonly record: ModerationCase;
  readonly kept: CaseTarget;
}

/** The steps with those changed that would leave a timer running over an effect that is to last. */
export async function supersede(
  deps: Pick<PipelineDeps, 'recorder' | 'clock'>,
  command: ChangingCommand,
  { group }: Located,
  { members }: Targets,
  steps: readonly Step[],
): Promise<{ readonly steps: readonly Step[]; readonly supersedes?: Superseded }> {
  if (deps.recorder === null || !isRestored(command) || steps.length === 0) return { steps };
  const running = await deps.recorder.cases.timers(group.id, [command.name], MOST_TIMERS);
  if (running.length === 0) return { steps };
  const oldest = running.toSorted((a, b) => a.number - b.number);
  const byAccount = new Map(members.map((member) => [member.account, member]));
  const before = new Map<string, JsonValue>();
  const touched = new Map<number, ModerationCase>();

  const timedOf = (target: string): Timed | null => {
    for (const record of oldest) {
      const kept = record.targets.find((one) => one.target === target && mayHaveHappened(one.outcome));
      if (kept !== undefined) return { record, kept };
    }
    return null;
  };
  /** Whether the earlier effect is there still: there is a way back from it. */
  const stands = ({ record, kept }: Timed): boolean => {
    const facts = undoFacts(deps.clock, group, record, kept, byAccount.get(kept.target));
    const wayBack = facts && command.undo?.(readAgain(command, record), facts);
    return wayBack != null && !isRefusal(wayBack);
  };

  const planned = steps.map((step): Step => {
    const [target = ''] = targetsOf(step);
    const timed = timedOf(target);
    if (timed === null || !stands(timed)) return step;
    before.set(target, timed.kept.before);
    touched.set(timed.record.number, timed.record);
    return isRefusal(step)
      ? { target, entered: message('timers.kept', { already: step.refused, case: timed.record.number }) }
      : step;
  });
  if (touched.size === 0) return { steps };
  const cases = [...touched.values()].map(({ number, targets }) => ({
    number,
    targets: targets.filter(({ outcome }) => mayHaveHappened(outcome)).map(({ target }) => target),
  }));
  const notes = cases.map(({ number }) => message('timers.superseded', { case: number }));
  return { steps: planned, supersedes: { before, cases, notes } };
}
