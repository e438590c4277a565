// The one way in: every request from every surface goes through `createPipeline`, step by step.

import type { ChangingCommand, Command, GuideCommand, UndoingCommand } from '../command/command.ts';
import { unknownCommand } from '../command/registry.ts';
import { message } from '../i18n/message.ts';
import { found, type Result, refused, type Stop } from '../moderation/result.ts';
import { asking, lookupFailure, type Outcome, refusal } from '../request/outcome.ts';
import type { Request } from '../request/request.ts';
import { carryOut, preview } from './act/carry-out.ts';
import { answer, answered } from './answer/answer.ts';
import type { PipelineParts } from './deps.ts';
import { locate, place } from './find/locate.ts';
import type { Located, Placed } from './find/located.ts';
import { isDryRun, readOptions, reasonOf } from './find/read-options.ts';
import { CONFIRM, confirmation, proofOfPlan } from './plan/consent.ts';
import { planLadder } from './plan/ladder.ts';
import type { Plan } from './plan/plan.ts';
import { planChange, planInverse } from './plan/planning.ts';

export interface Pipeline {
  /** Takes a request through all steps. Never throws for anything a person or Chat did. */
  handle(request: Request): Promise<Outcome>;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  return {
    async handle(request) {
      const command = parts.registry.find(request.command);
      if (command === null) {
        return refusal(request.command, unknownCommand(request.command, parts.registry.commands));
      }
      return run(parts, command, request);
    },
  };
}

async function run(parts: PipelineParts, command: Command, request: Request): Promise<Outcome> {
  const options = readOptions(command, request.options);
  if (!options.ok) return stopped(command, options.stop);
  if (command.kind === 'guide') {
    const reply = answered(command, command.answer(options.value, parts.registry.commands));
    return reply.ok ? reply.value : stopped(command, reply.stop);
  }
  const placed = await place(parts, request, options.value);
  const outcome = await runPlaced(parts, command, placed);
  const { groupId } = placed;
  const shown = outcome.ok ? outcome.value : stopped(command, outcome.stop);
  return groupId === undefined ? shown : { ...shown, group: groupId };
}

function stopped(command: Command, stop: Stop): Outcome {
  return stop.kind === 'refused'
    ? refusal(command.name, stop.message)
    : lookupFailure(command.name, stop.error);
}

async function runPlaced(
  parts: PipelineParts,
  command: Exclude<Command, GuideCommand>,
  placed: Placed,
): Promise<Result<Outcome>> {
  const located = await locate(parts, command, placed);
  if (!located.ok) return located;
  return command.kind === 'reading'
    ? answer(parts, command, located.value)
    : change(parts, command, located.value);
}

async function change(
  parts: PipelineParts,
  command: ChangingCommand | UndoingCommand,
  located: Located,
): Promise<Result<Outcome>> {
  const { options, settings } = located;
  if (settings.reasons.has(command.name) && reasonOf(options) === undefined) {
    return refused(message('refused.reasonNeeded', { command: command.name }));
  }
  const plan = await (command.kind === 'undoing'
    ? planInverse(parts, command, located)
    : planChange(parts, command, located));
  if (!plan.ok) return plan;
  if (plan.value.kind === 'choice') return found(asking(command.name, plan.value.asks));
  // What was chosen on the way belongs to the request from here on.
  const { request } = plan.value.located;
  return isDryRun(request, options) ? found(preview(parts, plan.value)) : withConsent(parts, plan.value);
}

/**
 * Carries a plan out once the asker consented to it. An answer is a request of its own, so everything was looked up
 * again: whoever lost the right meanwhile is refused, and what was consented to must still be what would be done.
 * Where there is nobody to ask, a plan is carried out at once.
 */
async function withConsent(parts: PipelineParts, plan: Plan): Promise<Result<Outcome>> {
  const { questions, answer, options } = plan.located.request;
  const proof = proofOfPlan(plan);
  if (answer !== undefined) {
    return answer.proof === proof && answer.choice === CONFIRM
      ? inTurn(parts, plan)
      : refused(message('refused.changedMeanwhile'));
  }
  const question = questions === 'ask' ? confirmation(plan) : null;
  return question === null
    ? inTurn(parts, plan)
    : found(asking(plan.command.name, { question, proof, options }));
}

/** Warnings of one group are carried out one after the other, so that the ladder overlooks none. */
async function inTurn(parts: PipelineParts, plan: Plan): Promise<Result<Outcome>> {
  const { command, located } = plan;
  if (command.kind !== 'changing' || command.warns !== true) return carryOut(parts, plan);
  return parts.turns.take(`warnings\n${located.group.id}`, async () => {
    const now = { ...plan, followUps: await planLadder(parts, located, plan.targets) };
    // Somebody who could have been asked gets nothing that they were not asked about.
    return located.request.questions === 'ask' && proofOfPlan(now) !== proofOfPlan(plan)
      ? refused(message('refused.changedMeanwhile'))
      : carryOut(parts, now);
  });
}
