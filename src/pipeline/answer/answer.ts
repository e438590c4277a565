// Answers that change nothing in Chat: a command's own, about the group and the members that it names.

import type { Answer, Command, ReadingCommand } from '../../command/command.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Outcome, TargetResult } from '../../request/outcome.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { findTargets } from '../find/targets.ts';
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
