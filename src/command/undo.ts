// Plans an undo: finds the case, checks the policy for what it takes back, and asks the command for the way back.
import { literal, type Message, message } from '../i18n/message.ts';
import { system } from '../moderation/actor.ts';
import type { CaseRepository, CaseTarget, ModerationCase } from '../moderation/case.ts';
import { chainOf, isChange, type Step } from '../moderation/change.ts';
import type { MemberFacts } from '../moderation/facts.ts';
import { authorise, mayActOn } from '../moderation/policy.ts';
import { found, type Result, refused } from '../moderation/result.ts';
import type { Lookup } from '../moderation/roster.ts';
import type { ChangingCommand } from './command.ts';
import { demandOf, type Located } from './locate.ts';
import type { TypedOptions } from './options.ts';
import type { TargetResult } from './outcome.ts';
import type { Registry } from './registry.ts';
import type { Targets } from './targets.ts';
import { membersNow, readAgain, undoFacts } from './undo-facts.ts';

interface Parts extends Lookup {
  readonly registry: Registry;
  readonly cases: CaseRepository;
}

export interface PlannedUndo {
  readonly targets: Targets;
  readonly steps: readonly Step[];
  readonly undoes: { readonly number: number; readonly command: string };
}

/** How many of the asker's latest cases are looked through where none is named. */
const lookBack = 25;

type Undoable = ChangingCommand & Required<Pick<ChangingCommand, 'undo'>>;

/** Plans the inverse of the case that the options name, or of the asker's latest that can be undone. */
export async function planUndo(parts: Parts, located: Located): Promise<Result<PlannedUndo>> {
  const chosen = await chooseCase(parts, located);
  if (!chosen.ok) return chosen;
  const { record, command } = chosen.value;
  const options = readAgain(command, record);
  const denied = authorise(located.asker, demandOf(command, options));
  if (denied !== null) return refused(denied);
  const done = record.targets.filter(({ outcome }) => outcome === 'done' || outcome === 'uncertain');
  const now = await membersNow(parts, {
    group: located.group,
    command,
    options,
    targets: done,
    signal: located.request.signal,
  });
  if (!now.ok) return now;
  const members = [...now.value.values()];
  // A case ends as a whole, so that taking it back takes the rank above everybody concerned. The program itself ends
  // a case whose time is over all the same, and leaves out whom it may not touch.
  const above = located.asker.actor === system ? null : whyNotAbove(located, command, members);
  if (above !== null) return refused(above);
  const planned = done.map((target) =>
    planTarget(parts, located, chosen.value, options, target, now.value.get(target.target)),
  );
  const steps = planned.filter((one): one is Step => !('outcome' in one));
  const role = whyNoRole(located, steps);
  if (role !== null) return refused(role);
  return found({
    undoes: { number: record.number, command: command.name },
    steps,
    targets: {
      members,
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
  { cases, registry }: Parts,
  { options, group, request }: Located,
): Promise<Result<Chosen>> {
  const undoable = (record: ModerationCase): Undoable | null => {
    const command = registry.find(record.command);
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
  if (record.state === 'applied' || record.state === 'partly') return null;
  return message('undo.state', {
    case: record.number,
    state: literal(record.state),
    by: record.undoneBy ?? 0,
  });
}

/** Why the asker may not act on one of them; `null` where they may act on all. */
export function whyNotAbove(
  { asker }: Pick<Located, 'asker'>,
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

function planTarget(
  { clock }: Lookup,
  { group, asker }: Located,
  { record, command }: Chosen,
  options: TypedOptions,
  target: CaseTarget,
  member: MemberFacts | undefined,
): Step | TargetResult {
  const facts = undoFacts(clock, group, record, target, member);
  const refuse = (why: Message): TargetResult => ({
    target: target.target,
    outcome: 'refused',
    message: why,
  });
  if (facts === null) return refuse(message('undo.gone', { target: target.target }));
  const denied = facts.member === null ? null : whyNotAbove({ asker }, command, [facts.member.now]);
  return denied === null ? command.undo(options, facts) : refuse(denied);
}
