// Answers that change nothing in Chat: a command's own, about the group and the members that it names.

import type { Answer, Command, ReadingCommand, RecordingCommand } from '../../command/command.ts';
import { message } from '../../i18n/message.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Outcome, TargetResult } from '../../request/outcome.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { reasonOf } from '../find/read-options.ts';
import { findTargets } from '../find/targets.ts';
import type { Plan } from '../plan/plan.ts';
import { createContext } from './context.ts';

/** Looks up whom a reading command names, and lets it answer. */
export async function answer(
  deps: PipelineDeps,
  command: ReadingCommand,
  located: Located,
): Promise<Result<Outcome>> {
  const { options, group } = located;
  const targets = await findTargets(deps, command, located);
  if (!targets.ok) return targets;
  const [problem] = targets.value.refused;
  if (problem !== undefined && targets.value.members.length === 0) return refused(problem.message);
  const { members } = targets.value;
  const reply = await command.answer(options, { group, members }, createContext(deps, located));
  return answered(command, reply, targets.value.refused);
}

/** The answer of a recording command, or the plan of what it would write. */
export async function planWrites(
  deps: PipelineDeps,
  command: RecordingCommand,
  located: Located,
): Promise<Result<Outcome | Plan>> {
  const { options, group, settings } = located;
  const targets = await findTargets(deps, command, located);
  if (!targets.ok) return targets;
  const [problem] = targets.value.refused;
  if (problem !== undefined) return refused(problem.message);
  const { members } = targets.value;
  const reply = await command.answer(options, { group, members }, createContext(deps, located));
  if (!reply.ok) return reply;
  if (!('writes' in reply.value)) return answered(command, found(reply.value));
  if (settings.reasons.has(command.name) && reasonOf(options) === undefined) {
    return refused(message('refused.reasonNeeded', { command: command.name }));
  }
  const steps = reply.value.writes;
  return found({ kind: 'plan', command, located, targets: targets.value, steps, lasts: null, followUps: [] });
}

/** An answer as an outcome. */
export function answered(
  command: Command,
  reply: Result<Answer>,
  problems: readonly TargetResult[] = [],
): Result<Outcome> {
  if (!reply.ok) return reply;
  const { message, lines, next, file } = reply.value;
  const results = lines.map(
    (line): TargetResult => ({ target: line.target, outcome: 'answer', message: line.message }),
  );
  return found({
    kind: 'answer',
    command: command.name,
    message,
    results: [...results, ...problems],
    requests: [],
    ...(next === undefined || next === null ? {} : { next }),
    ...(file === undefined ? {} : { file }),
  });
}
