// The one way in: every request from every surface goes through `createPipeline`, step by step.

import type {
  ChangingCommand,
  Command,
  GuideCommand,
  RecordingCommand,
  UndoingCommand,
} from '../command/command.ts';
import { isWarning } from '../command/command.ts';
import type { Pipeline } from '../command/service.ts';
import { unknownCommand } from '../command/unknown-command.ts';
import { literal, message } from '../i18n/message.ts';
import type { GroupView } from '../moderation/cases/case.ts';
import { found, type Result, refused, type Stop } from '../moderation/result.ts';
import { proofOfDoubt, questionOf, refusalOf } from '../request/doubt.ts';
import { asking, lookupFailure, type Outcome, refusal } from '../request/outcome.ts';
import type { Doubt, Request, TypedOptions } from '../request/request.ts';
import { carryOut, overQuotaOf, preview, repetitionOf } from './act/carry-out.ts';
import type { Attempt } from './act/record.ts';
import { inTheirTurn } from './act/turns.ts';
import { answer, answered, planWrites } from './answer/answer.ts';
import type { PipelineDeps } from './deps.ts';
import { locate, place } from './find/locate.ts';
import type { Located, Placed } from './find/located.ts';
import { isDryRun, readOptions, reasonOf } from './find/read-options.ts';
import { RecordAway } from './guarded-recorder.ts';
import { CONFIRM, confirmation, optionsAsked, proofOfPlan } from './plan/consent.ts';
import { planLadder } from './plan/ladder.ts';
import type { Plan } from './plan/plan.ts';
import { mayAsk, planChange, planInverse } from './plan/planning.ts';

export function createPipeline(deps: PipelineDeps): Pipeline {
  return {
    async handle(request) {
      const command = deps.registry.find(request.command);
      if (command === null) {
        return refusal(request.command, unknownCommand(request.command, deps.registry.commands));
      }
      try {
        return await run(deps, command, request);
      } catch (error) {
        // From the moment when something is sent, nothing that the record does ends a request.
        if (!(error instanceof RecordAway)) throw error;
        deps.recorder?.logger.error(
          { command: command.name, err: error.cause },
          'the record cannot be reached',
        );
        return refusal(command.name, message('refused.recordAway'));
      }
    },
  };
}

async function run(deps: PipelineDeps, command: Command, request: Request): Promise<Outcome> {
  const { doubt } = request;
  if (doubt !== undefined && request.answer !== undefined) return goOn(deps, command, request, doubt);
  // A doubt is asked about where the likeliest reading is allowed.
  const options = readOptions(command, doubt?.readings[0]?.options ?? request.options, deps.registry);
  if (!options.ok) return stopped(command, options.stop);
  if (command.kind === 'guide') {
    const reply = answered(command, command.answer(options.value, deps.registry.commands));
    return reply.ok ? reply.value : stopped(command, reply.stop);
  }
  if (request.readOnly === true && !isReading(command, options.value)) {
    return refusal(command.name, message('refused.readOnly', { command: literal(command.name) }));
  }
  const placed = await place(deps, request, options.value);
  const outcome = await runPlaced(deps, command, placed);
  const { groupId } = placed;
  const shown = outcome.ok ? outcome.value : stopped(command, outcome.stop);
  return groupId === undefined ? shown : { ...shown, group: groupId };
}

/** Asks in which way the request is meant; where nobody can be asked, the refusal names the clear words. */
const askAbout = (command: Command, located: Located, doubt: Doubt): Outcome =>
  mayAsk(located)
    ? asking(command.name, {
        question: questionOf(doubt),
        proof: proofOfDoubt(command.name, doubt),
        options: located.request.options,
        doubt,
      })
    : refusal(command.name, refusalOf(doubt));

/** Goes on in the way that was chosen. */
async function goOn(
  deps: PipelineDeps,
  command: Command,
  { doubt: _settled, answer, ...request }: Request,
  doubt: Doubt,
): Promise<Outcome> {
  const reading = doubt.readings.find(({ choice }) => choice === answer?.choice);
  if (answer?.proof !== proofOfDoubt(command.name, doubt) || reading === undefined) {
    return refusal(command.name, message('refused.changedMeanwhile'));
  }
  const { options, doubt: left } = reading;
  return run(deps, command, { ...request, options, ...(left === undefined ? {} : { doubt: left }) });
}

const isReading = (command: Command, options: TypedOptions): boolean =>
  command.kind === 'reading' || (command.kind === 'recording' && command.reads(options));

function stopped(command: Command, stop: Stop): Outcome {
  return stop.kind === 'refused'
    ? refusal(command.name, stop.message)
    : lookupFailure(command.name, stop.error);
}

async function runPlaced(
  deps: PipelineDeps,
  command: Exclude<Command, GuideCommand>,
  placed: Placed,
): Promise<Result<Outcome>> {
  if (command.kind !== 'reading')
    return inTheirTurn(deps, placed, (view) => tryChange(deps, command, placed, view));
  const located = await locate(deps, command, placed);
  if (!located.ok) return located;
  const { doubt } = located.value.request;
  return doubt === undefined
    ? answer(deps, command, located.value)
    : found(askAbout(command, located.value, doubt));
}

async function tryChange(
  deps: PipelineDeps,
  command: ChangingCommand | UndoingCommand | RecordingCommand,
  placed: Placed,
  view: GroupView | undefined,
): Promise<Attempt<Outcome>> {
  const located = await locate(deps, command, placed);
  if (!located.ok) return located;
  const { doubt } = located.value.request;
  if (doubt !== undefined) return found(askAbout(command, located.value, doubt));
  const repetition = await repetitionOf(deps, command, located.value);
  if (repetition !== null) return repetition;
  const seen = view === undefined ? located.value : { ...located.value, view };
  return command.kind === 'recording' ? answerOrWrite(deps, command, seen) : change(deps, command, seen);
}

/** Answers, or writes what the options ask for in the bot's own records. */
async function answerOrWrite(
  deps: PipelineDeps,
  command: RecordingCommand,
  located: Located,
): Promise<Attempt<Outcome>> {
  const planned = await planWrites(deps, command, located);
  if (!planned.ok) return planned;
  return planned.value.kind === 'plan' ? carryOutPlan(deps, planned.value) : found(planned.value);
}

async function change(
  deps: PipelineDeps,
  command: ChangingCommand | UndoingCommand,
  located: Located,
): Promise<Attempt<Outcome>> {
  const { options, settings } = located;
  if (settings.reasons.has(command.name) && reasonOf(options) === undefined) {
    return refused(message('refused.reasonNeeded', { command: command.name }));
  }
  const plan = await (command.kind === 'undoing'
    ? planInverse(deps, command, located)
    : planChange(deps, command, located));
  if (!plan.ok) return plan;
  if (plan.value.kind === 'doubt') {
    const { doubt } = plan.value;
    return found(
      located.request.answer === undefined
        ? askAbout(command, located, doubt)
        : await goOn(deps, command, located.request, doubt),
    );
  }
  if (plan.value.kind === 'choice') return found(asking(command.name, plan.value.asks));
  return carryOutPlan(deps, plan.value);
}

async function carryOutPlan(deps: PipelineDeps, plan: Plan): Promise<Attempt<Outcome>> {
  // What the quota does not allow is neither asked about nor shown as if it would be done.
  const over = await overQuotaOf(deps, plan);
  if (over !== null) return refused(over);
  // What was chosen on the way belongs to the request from here on.
  const { request, options } = plan.located;
  return isDryRun(request, options) ? found(preview(deps, plan)) : withConsent(deps, plan);
}

/**
 * Carries a plan out once the asker consented to it. An answer is a request of its own, so everything was looked up
 * again: whoever lost the right meanwhile is refused, and what was consented to must still be what would be done.
 * Where there is nobody to ask, a plan is carried out at once.
 */
async function withConsent(deps: PipelineDeps, plan: Plan): Promise<Attempt<Outcome>> {
  const { questions, answer } = plan.located.request;
  const proof = proofOfPlan(plan);
  if (answer !== undefined) {
    return answer.proof === proof && answer.choice === CONFIRM
      ? inTurn(deps, plan)
      : refused(message('refused.changedMeanwhile'));
  }
  const question = questions === 'ask' ? confirmation(plan) : null;
  return question === null
    ? inTurn(deps, plan)
    : found(asking(plan.command.name, { question, proof, options: optionsAsked(plan) }));
}

/** Warnings of one group are carried out one after the other, so that the ladder overlooks none. */
async function inTurn(deps: PipelineDeps, plan: Plan): Promise<Attempt<Outcome>> {
  const { command, located } = plan;
  if (!isWarning(command)) return carryOut(deps, plan);
  return deps.mutex.run(`warnings\n${located.group.id}`, async () => {
    const now = { ...plan, followUps: await planLadder(deps, command, located, plan.targets) };
    // Somebody who could have been asked gets nothing that they were not asked about.
    return located.request.questions === 'ask' && proofOfPlan(now) !== proofOfPlan(plan)
      ? refused(message('refused.changedMeanwhile'))
      : carryOut(deps, now);
  });
}
