// Steps 3 and 4 of the pipeline: the facts that the command names, and what would be done about them.

import {
  type ChangingCommand,
  type Choice,
  type Facts,
  isRestored,
  type UndoingCommand,
} from '../../command/command.ts';
import { message } from '../../i18n/message.ts';
import type { Step } from '../../moderation/cases/change.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { PipelineParts } from '../deps.ts';
import type { Located } from '../find/locate.ts';
import { isDryRun, type TypedOptions } from '../find/read-options.ts';
import { factsOf, findTargets, type Targets } from '../find/targets.ts';
import { type Askable, isAskable } from './consent.ts';
import { type FollowUp, planLadder } from './ladder.ts';
import { planUndo } from './undo.ts';

/** What a request would do. */
export interface Plan {
  readonly kind: 'plan';
  readonly command: ChangingCommand | UndoingCommand;
  readonly located: Located;
  readonly targets: Targets;
  readonly steps: readonly Step[];
  /** How long the effect is to last, in seconds; `null` without an end of its own. */
  readonly lasts: number | null;
  /** What comes after it: the ladder of warnings. */
  readonly followUps: readonly FollowUp[];
  /** Number of the case that this undoes, and the command of that case. */
  readonly undoes?: { readonly number: number; readonly command: string };
}

/** Something that only the asker can decide comes before the plan. */
export interface OpenChoice {
  readonly kind: 'choice';
  readonly located: Located;
  readonly request: Askable;
  readonly choice: Choice;
}

/**
 * Plans a change; nothing is sent.
 * @param answered the choice that the options hold the answer to
 */
export async function planChange(
  parts: PipelineParts,
  command: ChangingCommand,
  located: Located,
  answered: Choice | null = null,
): Promise<Result<Plan | OpenChoice>> {
  const { options } = located;
  if (command.warns === true && parts.recorder === null) return refused(message('refused.recordOff'));
  const targets = await findTargets(parts, command, located);
  if (!targets.ok) return targets;
  const { members, messages } = targets.value;
  const facts = factsOf(parts, located, targets.value);
  const nobodyLeft = targets.value.refused.length > 0 && members.length + messages.length === 0;
  const base = { kind: 'plan', command, located, targets: targets.value } as const;
  if (nobodyLeft) return found({ ...base, steps: [], lasts: null, followUps: [] });
  if (answered !== null && aboutNow(command, answered, options, facts) !== answered.about) {
    return refused(message('refused.changedMeanwhile'));
  }
  const { request } = located;
  if (isAskable(request) && !isDryRun(request, options)) {
    const choice = command.choice?.(options, facts) ?? null;
    if (choice !== null) return found({ kind: 'choice', located, request, choice });
  }
  const lasts = command.lasts?.(options, facts) ?? null;
  // What nobody remembers, nobody takes back.
  if (isRestored(command) && lasts !== null && parts.recorder === null) {
    return refused(message('refused.recordOff'));
  }
  return found({
    ...base,
    steps: command.plan(options, facts),
    lasts,
    followUps: command.warns === true ? await planLadder(parts, located, targets.value) : [],
  });
}

/** What the same question would be about by now; `undefined` where there is none any more. */
function aboutNow(
  command: ChangingCommand,
  { option }: Choice,
  options: TypedOptions,
  facts: Facts,
): string | undefined {
  return command.choice?.({ ...options, [option]: undefined }, facts)?.about;
}

/** Plans the inverse of a case. */
export async function planInverse(
  parts: PipelineParts,
  command: UndoingCommand,
  located: Located,
): Promise<Result<Plan>> {
  if (parts.recorder === null) return refused(message('refused.recordOff'));
  const planned = await planUndo({ ...parts, cases: parts.recorder.cases }, located);
  if (!planned.ok) return planned;
  return found({ kind: 'plan', command, located, ...planned.value, lasts: null, followUps: [] });
}
