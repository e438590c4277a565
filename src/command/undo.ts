// Plans an undo: finds the case, checks the policy for what it takes back, and asks the command for the way back.
import { literal, type Message, message } from '../i18n/message.ts';
import type { CaseRepository, CaseTarget, ModerationCase } from '../moderation/case.ts';
import type { Step } from '../moderation/change.ts';
import type { MemberFacts } from '../moderation/facts.ts';
import { findMembers } from '../moderation/members.ts';
import { authorise, mayActOn } from '../moderation/policy.ts';
import { found, type Result, refused } from '../moderation/result.ts';
import type { Lookup } from '../moderation/roster.ts';
import { readSnapshot } from '../moderation/snapshot.ts';
import type { ChangingCommand, UndoFacts } from './command.ts';
import type { TargetResult } from './outcome.ts';
import type { Registry } from './registry.ts';
import type { Located, Targets, TypedOptions } from './targets.ts';

interface Parts extends Lookup {
  readonly registry: Registry;
  readonly cases: CaseRepository;
}

export interface PlannedUndo {
  readonly targets: Targets;
  readonly steps: readonly Step[];
  readonly undoes: number;
}

/** How many of the asker's latest cases are looked through where none is named. */
const lookBack = 25;

type Undoable = ChangingCommand & Required<Pick<ChangingCommand, 'undo'>>;

/** Plans the inverse of the case that the options name, or of the asker's latest that can be undone. */
export async function planUndo(parts: Parts, located: Located): Promise<Result<PlannedUndo>> {
  const chosen = await chooseCase(parts, located);
  if (!chosen.ok) return chosen;
  const { record, command } = chosen.value;
  const denied = authorise(located.asker, command.name, command.capability);
  if (denied !== null) return refused(denied);
  const done = record.targets.filter(({ outcome }) => outcome === 'done' || outcome === 'uncertain');
  const options = readAgain(command, record);
  const now = await factsNow(parts, located, command, options, done);
  if (!now.ok) return now;
  const planned = done.map((target) => planTarget(parts, located, chosen.value, options, target, now.value));
  return found({
    undoes: record.number,
    steps: planned.filter((one): one is Step => !('outcome' in one)),
    targets: {
      members: [...now.value.values()],
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

/** The case's own options; they were read once before the case was written, so they can be read again. */
export function readAgain(command: Pick<ChangingCommand, 'options'>, record: ModerationCase): TypedOptions {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(command.options)) {
    const read = option.read(record.options[name] ?? '', name);
    if (read.ok) values[name] = read.value;
  }
  return values;
}

type FactsByAccount = ReadonlyMap<string, MemberFacts>;

async function factsNow(
  lookup: Lookup,
  { group, request }: Located,
  command: Undoable,
  options: TypedOptions,
  targets: readonly CaseTarget[],
): Promise<Result<FactsByAccount>> {
  const accounts = targets.filter((one) => readSnapshot(one.before)?.kind === 'member');
  if (accounts.length === 0) return found(new Map());
  const result = await findMembers(lookup, {
    group,
    wanted: accounts.map(({ target }) => ({ text: target, exact: true })),
    reach: 'account',
    fields: command.fields?.(options) ?? [],
    signal: request.signal,
  });
  return result.ok ? found(new Map(result.value.members.map((member) => [member.account, member]))) : result;
}

function planTarget(
  { clock }: Lookup,
  { group, asker }: Located,
  { record, command }: Chosen,
  options: TypedOptions,
  { target, before }: CaseTarget,
  now: FactsByAccount,
): Step | TargetResult {
  const kept = readSnapshot(before);
  const base = {
    group,
    target,
    now: Math.floor(clock.now() / 1_000),
    since: Math.floor((record.settledAt ?? record.createdAt) / 1_000),
  };
  if (kept?.kind === 'group') return command.undo(options, { ...base, member: null, wasLocked: kept.locked });
  const member = now.get(target);
  if (kept?.kind !== 'member' || member === undefined) {
    return { target, outcome: 'refused', message: message('undo.gone', { target }) };
  }
  const denied = command.capability === null ? null : mayActOn(asker, member, command.capability);
  if (denied !== null) return { target, outcome: 'refused', message: denied };
  const facts: UndoFacts = { ...base, member: { before: kept, now: member }, wasLocked: null };
  return command.undo(options, facts);
}
