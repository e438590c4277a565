// The one way in: every request from every surface goes through `createPipeline`, step by step.

import type { ChangingCommand, Choice, Command, GuideCommand, UndoingCommand } from '../command/command.ts';
import { unknownCommand } from '../command/registry.ts';
import { message } from '../i18n/message.ts';
import { found, type Result, refused, type Stop } from '../moderation/result.ts';
import { lookupFailure, type Outcome, refusal } from '../request/outcome.ts';
import type { Request } from '../request/request.ts';
import { carryOut, preview } from './act/carry-out.ts';
import { answer, answered } from './answer/answer.ts';
import type { PipelineParts } from './deps.ts';
import { type Located, locate, type Placed, place } from './find/locate.ts';
import { isDryRun, readOptions, reasonOf } from './find/read-options.ts';
import { ask, type Consent, confirmation, fingerprint, isAskable } from './plan/consent.ts';
import { planLadder } from './plan/ladder.ts';
import { type OpenChoice, type Plan, planChange, planInverse } from './plan/planning.ts';

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
      return run(parts, command, request, nothing);
    },
  };
}

/** What the asker answered before this pass: each answer holds for what was asked about and nothing else. */
interface Answers {
  /** What was consented to, as `fingerprint` tells it. */
  readonly consent: string | null;
  readonly choice: Choice | null;
}

const nothing: Answers = { consent: null, choice: null };

async function run(
  parts: PipelineParts,
  command: Command,
  request: Request,
  given: Answers,
): Promise<Outcome> {
  const options = readOptions(command, request.options);
  if (!options.ok) return stopped(command, options.stop);
  if (command.kind === 'guide') {
    const told = answered(command, command.answer(options.value, parts.registry.commands));
    return told.ok ? told.value : stopped(command, told.stop);
  }
  const placed = await place(parts, request, options.value);
  const outcome = await runPlaced(parts, command, placed, given);
  const { groupId } = placed;
  const told = outcome.ok ? outcome.value : stopped(command, outcome.stop);
  return groupId === undefined ? told : { ...told, group: groupId };
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
  given: Answers,
): Promise<Result<Outcome>> {
  const located = await locate(parts, command, placed);
  if (!located.ok) return located;
  return command.kind === 'reading'
    ? answer(parts, command, located.value)
    : change(parts, command, located.value, given);
}

async function change(
  parts: PipelineParts,
  command: ChangingCommand | UndoingCommand,
  located: Located,
  given: Answers,
): Promise<Result<Outcome>> {
  const { request, options, settings } = located;
  if (settings.reasons.has(command.name) && reasonOf(options) === undefined) {
    return refused(message('refused.reasonNeeded', { command: command.name }));
  }
  const plan = await (command.kind === 'undoing'
    ? planInverse(parts, command, located)
    : planChange(parts, command, located, given.choice));
  if (!plan.ok) return plan;
  if (plan.value.kind === 'choice') return choose(parts, command, plan.value);
  return isDryRun(request, options)
    ? found(preview(parts, plan.value))
    : withConsent(parts, plan.value, given);
}

/** Lets the asker choose, and begins anew with what they chose: it holds where the facts are still the same. */
async function choose(
  parts: PipelineParts,
  command: Command,
  { located, request, choice }: OpenChoice,
): Promise<Result<Outcome>> {
  const consent = await ask(request, choice);
  if (!consent.ok) return consent;
  const again = askedAgain(located, consent.value);
  const options = { ...again.options, [choice.option]: consent.value.choice };
  return found(await run(parts, command, { ...again, options }, { ...nothing, choice }));
}

/**
 * Carries a plan out once the asker consented to it. After the question everything is looked up again: whoever lost
 * the right meanwhile is refused, and what was consented to must still be what would be done. Where there is nobody
 * to ask, a plan is carried out at once.
 */
async function withConsent(
  parts: PipelineParts,
  plan: Plan,
  { consent: confirmed }: Answers,
): Promise<Result<Outcome>> {
  const { request } = plan.located;
  if (confirmed !== null && confirmed !== fingerprint(plan)) {
    return refused(message('refused.changedMeanwhile'));
  }
  const question = confirmed === null ? confirmation(plan) : null;
  if (question === null || !isAskable(request)) return inTurn(parts, plan);
  const consent = await ask(request, question);
  if (!consent.ok) return consent;
  const again = askedAgain(plan.located, consent.value);
  return found(await run(parts, plan.command, again, { ...nothing, consent: fingerprint(plan) }));
}

/** Warnings of one group are carried out one after the other, so that the ladder overlooks none. */
async function inTurn(parts: PipelineParts, plan: Plan): Promise<Result<Outcome>> {
  const { command, located } = plan;
  if (command.kind !== 'changing' || command.warns !== true) return carryOut(parts, plan);
  return parts.turns.take(`warnings\n${located.group.id}`, async () => {
    const now = { ...plan, followUps: await planLadder(parts, located, plan.targets) };
    // Somebody who could have been asked gets nothing that they were not asked about.
    return isAskable(located.request) && fingerprint(now) !== fingerprint(plan)
      ? refused(message('refused.changedMeanwhile'))
      : carryOut(parts, now);
  });
}

/** The request after its question: from whoever answered, about the group that the question was about. */
const askedAgain = ({ request, group }: Located, { actor }: Consent): Request => ({
  ...request,
  actor,
  places: [],
  defaultGroup: group.id,
});
