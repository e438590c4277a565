// Steps 3 and 4 of the pipeline: the facts that the command names, and what would be done about them.

import {
  type ChangingCommand,
  type Facts,
  isRestored,
  isWarning,
  type UndoingCommand,
} from '../../command/command.ts';
import { message } from '../../i18n/message.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { isDryRun } from '../find/read-options.ts';
import { factsOf, findTargets } from '../find/targets.ts';
import { proofOfChoice } from './consent.ts';
import { planLadder } from './ladder.ts';
import type { OpenChoice, OpenDoubt, Plan } from './plan.ts';
import { supersede } from './supersede.ts';
import { planUndo } from './undo.ts';

/** Plans a change; nothing is sent. */
export async function planChange(
  deps: PipelineDeps,
  command: ChangingCommand,
  located: Located,
): Promise<Result<Plan | OpenChoice | OpenDoubt>> {
  if (isWarning(command) && deps.recorder === null) return refused(message('refused.recordOff'));
  const targets = await findTargets(deps, command, located);
  if (!targets.ok) return targets;
  const { members, messages, doubt } = targets.value;
  if (doubt !== undefined && mayAsk(located)) return found({ kind: 'doubt', doubt });
  const facts = factsOf(deps, located, targets.value);
  const nobodyLeft = targets.value.refused.length > 0 && members.length + messages.length === 0;
  const base = { kind: 'plan', command, targets: targets.value } as const;
  if (nobodyLeft) return found({ ...base, located, steps: [], lasts: null, followUps: [] });
  const chosen = choose(command, located, facts);
  if (!chosen.ok) return chosen;
  if (chosen.value.kind === 'choice') return found(chosen.value);
  const { located: decided } = chosen.value;
  const lasts = command.lasts?.(decided.options, facts) ?? null;
  // What nobody remembers, nobody takes back.
  if (isRestored(command) && lasts !== null && deps.recorder === null) {
    return refused(message('refused.recordOff'));
  }
  const steps = command.plan(decided.options, facts);
  return found({
    ...base,
    located: decided,
    ...(await supersede(deps, command, decided, targets.value, steps)),
    lasts,
    followUps: isWarning(command) ? await planLadder(deps, command, decided, targets.value) : [],
  });
}

/** Whether the asker can be asked before anything is done; a dry run does nothing. */
export const mayAsk = ({ request, options }: Located): boolean =>
  request.questions === 'ask' && !isDryRun(request, options);

interface Decided {
  readonly kind: 'decided';
  readonly located: Located;
}

/** Asks what the options leave open, or fills in what was chosen: that holds where the facts are still the same. */
function choose(
  { name, options: specs, choice }: ChangingCommand,
  located: Located,
  facts: Facts,
): Result<Decided | OpenChoice> {
  const { answer, ...request } = located.request;
  const open = mayAsk(located) ? (choice?.(located.options, facts) ?? null) : null;
  if (open === null) return found({ kind: 'decided', located });
  const proof = proofOfChoice(name, located, open);
  const { option, about: _about, ...question } = open;
  if (answer === undefined) {
    return found({ kind: 'choice', asks: { question, proof, options: request.options } });
  }
  const read = specs[option]?.read(answer.choice, option);
  if (answer.proof !== proof || read === undefined) return refused(message('refused.changedMeanwhile'));
  if (!read.ok) return refused(read.problem);
  return found({
    kind: 'decided',
    located: {
      ...located,
      request: { ...request, options: { ...request.options, [option]: answer.choice } },
      options: { ...located.options, [option]: read.value },
    },
  });
}

/** Plans the inverse of a case. */
export async function planInverse(
  deps: PipelineDeps,
  command: UndoingCommand,
  located: Located,
): Promise<Result<Plan>> {
  if (deps.recorder === null) return refused(message('refused.recordOff'));
  const planned = await planUndo({ ...deps, cases: deps.recorder.cases }, located);
  if (!planned.ok) return planned;
  return found({ kind: 'plan', command, located, ...planned.value, lasts: null, followUps: [] });
}
