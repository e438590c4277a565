// Plans an undo: finds the case, checks the policy for what it takes back, and asks the command for the way back.

import type { ChangingCommand, RecordingCommand } from '../../command/command.ts';
import type { Registry } from '../../command/registry.ts';
import { demandOf } from '../../command/requirements.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import {
  type CaseRepository,
  type CaseTarget,
  isStanding,
  type ModerationCase,
  mayHaveHappened,
} from '../../moderation/cases/case.ts';
import { chainOf, isChange, type Step } from '../../moderation/cases/change.ts';
import { readSnapshot } from '../../moderation/cases/snapshot.ts';
import { inverseOf, type RecordWrite } from '../../moderation/cases/write.ts';
import type { MemberFacts } from '../../moderation/groups/facts.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { system } from '../../moderation/people/actor.ts';
import { type AuthorisedActor, authorise, mayActOn } from '../../moderation/people/policy.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { CurrentSettings } from '../../moderation/settings.ts';
import { failureOf, type TargetResult } from '../../request/outcome.ts';
import type { TypedOptions } from '../../request/request.ts';
import type { Located, Targets } from '../find/located.ts';
import { type FactsByAccount, membersNow, readAgain, undoFacts } from './undo-facts.ts';
import { whyNotBack } from './writes.ts';

interface UndoDeps extends Lookup {
  readonly registry: Registry;
  readonly settings: CurrentSettings;
  readonly cases: CaseRepository;
}

export interface PlannedUndo {
  readonly targets: Targets;
  readonly steps: readonly Step[];
  readonly undoes: { readonly number: number; readonly command: string };
}

/** How many of the asker's latest cases are looked through where none is named. */
const lookBack = 25;

type Undoable = (ChangingCommand & Required<Pick<ChangingCommand, 'undo'>>) | RecordingCommand;

/** Plans the inverse of the case that the options name, or of the asker's latest that can be undone. */
export async function planUndo(deps: UndoDeps, located: Located): Promise<Result<PlannedUndo>> {
  const chosen = await chooseCase(deps, located);
  if (!chosen.ok) return chosen;
  const { record, command } = chosen.value;
  const effect = await effectNow(deps, located, command, record);
  if (!effect.ok) return effect;
  const { options, targets, members } = effect.value;
  const planned = await Promise.all(
    targets.map((target) =>
      planTarget(deps, located, chosen.value, options, target, members.get(target.target)),
    ),
  );
  const steps = planned.filter((one): one is Step => !('outcome' in one));
  const role = whyNoRole(located, steps);
  if (role !== null) return refused(role);
  return found({
    undoes: { number: record.number, command: command.name },
    steps,
    targets: {
      members: [...members.values()],
      messages: [],
      refused: planned.filter((one): one is TargetResult => 'outcome' in one),
    },
  });
}

interface Chosen {
  readonly record: ModerationCase;
  readonly command: Undoable;
}

async function chooseCase(
  { cases, registry }: UndoDeps,
  { options, group, request }: Located,
): Promise<Result<Chosen>> {
  const undoable = (record: ModerationCase): Undoable | null => {
    const command = registry.find(record.command);
    if (command?.kind === 'recording') return command;
    return command?.kind === 'changing' && command.undo !== undefined
      ? { ...command, undo: command.undo }
      : null;
  };
  if (typeof options.case === 'number') {
    const record = await cases.find(group.id, options.case);
    if (record === null) return refused(message('refused.unknownCase', { case: options.case }));
    const ended = whyNot(record);
    if (ended !== null) return refused(ended);
    const command = undoable(record);
    if (command !== null) return found({ record, command });
    return refused(message('undo.impossible', { case: record.number, command: literal(record.command) }));
  }
  const { surface, id } = request.actor;
  const { cases: latest } = await cases.list(
    { group: group.id, actor: { surface, id } },
    { limit: lookBack },
  );
  for (const record of latest) {
    const command = undoable(record);
    if (command !== null && whyNot(record) === null) return found({ record, command });
  }
  return refused(message('undo.nothing'));
}

/** Why a case cannot be undone any more, or not yet. */
function whyNot(record: ModerationCase): Message | null {
  if (isStanding(record)) return null;
  return message('undo.state', {
    case: record.number,
    state: literal(record.state),
    by: record.undoneBy ?? 0,
  });
}

/** The part of a case that was done, or may have been. */
interface Effect {
  readonly options: TypedOptions;
  readonly targets: readonly CaseTarget[];
  /** The members among the targets as they are now. */
  readonly members: FactsByAccount;
}

/**
 * What a case did, for whoever wants to end it or to make it last. It ends or lasts as a whole: that takes the
 * capability, and the rank above everybody concerned.
 */
export async function effectNow(
  lookup: Lookup,
  { asker, group, request }: Located,
  command: ChangingCommand | RecordingCommand,
  record: ModerationCase,
): Promise<Result<Effect>> {
  const options = readAgain(command, record);
  const denied = authorise(asker, demandOf(command, options));
  if (denied !== null) return refused(denied);
  const targets = record.targets.filter(({ outcome }) => mayHaveHappened(outcome));
  const query = { group, command, options, targets, signal: request.signal };
  const members = await membersNow(lookup, query);
  if (!members.ok) return members;
  // The program itself ends a case whose time is over all the same, and leaves out whom it may not touch.
  const above = asker.actor === system ? null : whyNotAbove(asker, command, [...members.value.values()]);
  return above === null ? found({ options, targets, members: members.value }) : refused(above);
}

/** A timer that is set again takes an effect back: that takes what the effect took. */
async function whyNotWriteBack(
  deps: UndoDeps,
  located: Located,
  write: RecordWrite,
): Promise<Message | null> {
  if (write.record !== 'timer') return whyNotBack(deps, located, write);
  const timed = await deps.cases.find(located.group.id, write.case);
  const command = deps.registry.find(timed?.command ?? '');
  if (timed === null || command?.kind !== 'changing') return message('refused.noTimer', { case: write.case });
  const effect = await effectNow(deps, located, command, timed);
  if (effect.ok) return null;
  return effect.stop.kind === 'refused' ? effect.stop.message : failureOf(effect.stop.error);
}

/** Why the asker may not act on one of them; `null` where they may act on all. */
function whyNotAbove(
  asker: AuthorisedActor,
  { capability }: Pick<ChangingCommand, 'capability'>,
  members: readonly MemberFacts[],
): Message | null {
  if (capability === null) return null;
  const denials = members.map((member) => mayActOn(asker, member, capability));
  return denials.find((denied) => denied !== null) ?? null;
}

/** To bring an admin back is to make one again: whoever may only kick or ban may not. */
function whyNoRole({ asker }: Pick<Located, 'asker'>, steps: readonly Step[]): Message | null {
  const changes = steps.filter(isChange).flatMap(chainOf);
  const givesRole = changes.some(
    ({ endpoint, body }) => endpoint === 'modify_group_member_info' && body.Role === 'Admin',
  );
  return givesRole ? authorise(asker, { name: 'undo', capability: null, besides: 'role' }) : null;
}

async function planTarget(
  deps: UndoDeps,
  located: Located,
  { record, command }: Chosen,
  options: TypedOptions,
  target: CaseTarget,
  member: MemberFacts | undefined,
): Promise<Step | TargetResult> {
  const { group, asker } = located;
  const refuse = (why: Message): TargetResult => ({
    target: target.target,
    outcome: 'refused',
    message: why,
  });
  if (command.kind === 'recording') {
    const kept = readSnapshot(target.before);
    if (kept?.kind !== 'write') return refuse(message('undo.gone', { target: target.target }));
    const write = inverseOf(kept.write);
    const denied = await whyNotWriteBack(deps, located, write);
    const done = message('undo.written', { target: target.target, command: literal(command.name) });
    return denied === null ? { target: target.target, write, done } : refuse(denied);
  }
  const facts = undoFacts(deps.clock, group, record, target, member);
  if (facts === null) return refuse(message('undo.gone', { target: target.target }));
  const denied = facts.member === null ? null : whyNotAbove(asker, command, [facts.member.now]);
  return denied === null ? command.undo(options, facts) : refuse(denied);
}
