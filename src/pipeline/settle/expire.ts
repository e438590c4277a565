// Ends a case whose time is over: the program takes the effect back, unless somebody has changed it since.

import { type ChangingCommand, isRestored, type UndoingCommand } from '../../command/command.ts';
import { message } from '../../i18n/message.ts';
import { wordsOf } from '../../i18n/plain-words.ts';
import {
  isStanding,
  type ModerationCase,
  mayHaveHappened,
  type Overtaken,
} from '../../moderation/cases/case.ts';
import { activeTargets, isRefusal, type Step } from '../../moderation/cases/change.ts';
import { actorOfRecord, system } from '../../moderation/people/actor.ts';
import { systemActor } from '../../moderation/people/authorised-actor.ts';
import { carryOut } from '../act/carry-out.ts';
import { isOvertaken } from '../act/record.ts';
import type { PipelineDeps, Recorder } from '../deps.ts';
import type { Located } from '../find/located.ts';
import type { Plan } from '../plan/plan.ts';
import { planInverse } from '../plan/planning.ts';
import { laterCases } from './other-cases.ts';

/** `over`: the case has ended. `later`: Chat could not be asked or did not do it; to be tried again. */
export type Expired = 'over' | 'later';

/** Ends one case. Repeating it does no harm: a case that has ended is left alone. */
export async function expire(deps: PipelineDeps, record: ModerationCase): Promise<Expired> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const ended = await tryToEnd(deps, record);
    if (typeof ended === 'string') return ended;
  }
  return 'later';
}

/** How often somebody else's command about the same targets may come before it. */
const MOST_TRIES = 5;

async function tryToEnd(deps: PipelineDeps, record: ModerationCase): Promise<Expired | Overtaken> {
  const { recorder, registry } = deps;
  const command = registry.find(record.command);
  if (recorder === null) return 'later';
  if (command === null || !isRestored(command)) return end(recorder, record);
  const view = await recorder.cases.view(record.group);
  const group = await deps.groups.find(record.group, { fresh: true, signal: undefined });
  if (!group.ok) return group.stop.kind === 'refused' ? end(recorder, record) : 'later';
  const since = await whatFollowed(deps, recorder, record, command);
  if (since.underWay) return 'later';
  const plan = await planEnd(deps, record, { group: group.value, view }, since.overtaken);
  if (plan === 'ended') return 'over';
  if (plan === 'unreadable') return 'later';
  if (plan.steps.every(isRefusal)) {
    // What looks changed by somebody may be what somebody is just undoing: their case says what became of this one.
    const overtaken = await recorder.cases.overtaken(record, view);
    if (overtaken !== null) return overtaken;
    // What an earlier attempt may have done, it did.
    return end(recorder, record, since.attempt === null ? { why: movedOnIn(plan) } : { by: since.attempt });
  }
  const outcome = await carryOut(deps, plan);
  if (isOvertaken(outcome)) return outcome;
  if (!outcome.ok) return 'later';
  const allDone = outcome.value.results.every((one) => one.outcome === 'done' || one.outcome === 'refused');
  return allDone ? 'over' : 'later';
}

/** The case is over without anything being sent now: by an earlier case, or for a reason that is noted in it. */
async function end(
  { cases, settled }: Recorder,
  { group, number }: ModerationCase,
  { by = null, why = null }: { readonly by?: number | null; readonly why?: string | null } = {},
): Promise<Expired> {
  const ended = await cases.mark(group, number, 'expired', by);
  if (ended.kind === 'changed' && why !== null) {
    await cases.addNote(group, number, { author: actorOfRecord(system), text: why, url: null });
  }
  if (ended.kind !== 'missing') settled?.(ended.case);
  return 'over';
}

const movedOnIn = ({ located }: Plan): string => wordsOf(message('timers.movedOn'), located.settings);

/** The inverse of the case in the program's own name, without those whom a later case is about. */
async function planEnd(
  deps: PipelineDeps,
  record: ModerationCase,
  { group, view }: Required<Pick<Located, 'group' | 'view'>>,
  overtaken: ReadonlyMap<string, number>,
): Promise<Plan | 'ended' | 'unreadable'> {
  const command = undoingIn(deps);
  if (command === null) return 'unreadable';
  const options = { case: String(record.number) };
  const located: Located = {
    request: { actor: system, command: command.name, options, questions: 'confirmed' },
    options: { case: record.number },
    asker: systemActor(deps.chat),
    group,
    view,
    settings: deps.settings().group(group.id),
  };
  const plan = await planInverse(deps, command, located);
  // The only refusal of a plan in the program's own name: the case has ended already.
  if (!plan.ok) return plan.stop.kind === 'refused' ? 'ended' : 'unreadable';
  return { ...plan.value, steps: plan.value.steps.map((step) => unlessOvertaken(step, overtaken)) };
}

/** A way back concerns one target. */
function unlessOvertaken(step: Step, overtaken: ReadonlyMap<string, number>): Step {
  const [target = ''] = activeTargets([step]);
  const by = overtaken.get(target);
  return by === undefined ? step : { target, refused: message('undo.overtaken', { target, case: by }) };
}

function undoingIn({ registry }: PipelineDeps): UndoingCommand | null {
  return registry.commands.find((command) => command.kind === 'undoing') ?? null;
}

/** What later cases did to the targets of a case. */
interface Followed {
  /** Something is being done to one of them right now: its outcome decides. */
  readonly underWay: boolean;
  /** Targets for which a later case with the same capability stands, or that an attempt restored; with its number. */
  readonly overtaken: ReadonlyMap<string, number>;
  /** The last attempt to take the case back that may have done something. */
  readonly attempt: number | null;
}

async function whatFollowed(
  { registry }: PipelineDeps,
  { cases }: Recorder,
  record: ModerationCase,
  { capability }: ChangingCommand,
): Promise<Followed> {
  let underWay = false;
  let attempt: number | null = null;
  const overtaken = new Map<string, number>();
  for (const { target } of record.targets) {
    const about = (one: ModerationCase) => one.targets.find((other) => other.target === target)?.outcome;
    const later = await laterCases(cases, record, target);
    const attempts = later.filter((one) => one.undoes === record.number);
    underWay ||= later.some((one) => about(one) === 'pending');
    attempt ??= attempts.find((one) => mayHaveHappened(about(one) ?? 'refused'))?.number ?? null;
    const by = later.find(
      (one) =>
        about(one) === 'done' &&
        (attempts.includes(one) ||
          (isStanding(one) && registry.find(one.command)?.capability === capability)),
    );
    if (by !== undefined) overtaken.set(target, by.number);
  }
  return { underWay, overtaken, attempt };
}
