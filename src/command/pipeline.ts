// The one way in: every request from every surface goes through `createPipeline`, step by step.
import type { Chat } from '../chat/chat.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import { findAsker, grantedAsker } from '../moderation/asker.ts';
import type { Step } from '../moderation/change.ts';
import { type GroupFacts, groupLabel } from '../moderation/facts.ts';
import { casesOf } from '../moderation/group-cases.ts';
import type { Clock, Groups } from '../moderation/groups.ts';
import { authorise } from '../moderation/policy.ts';
import { createReader } from '../moderation/reader.ts';
import { found, type Result, refused } from '../moderation/result.ts';
import { applySteps, previewSteps } from './apply.ts';
import {
  type ChangingCommand,
  type Command,
  groupTypesOf,
  optionsOf,
  type ReadingCommand,
  usageOf,
} from './command.ts';
import { lookupFailure, type Outcome, refusal, summarise, type TargetResult } from './outcome.ts';
import { draftOf, type Recorded, type Recorder, recorded } from './record.ts';
import { type Registry, unknownCommand } from './registry.ts';
import type { Request } from './request.ts';
import { findTargets, type Located, type Targets, type TypedOptions } from './targets.ts';
import { planUndo } from './undo.ts';

/** The effects that the pipeline is handed. */
export interface PipelineParts {
  readonly chat: Chat;
  readonly groups: Groups;
  readonly registry: Registry;
  readonly clock: Clock;
  /** `null`: nothing is recorded. */
  readonly recorder: Recorder | null;
}

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
      const outcome = await run(parts, command, request);
      return outcome.ok ? outcome.value : stopped(command, outcome.stop);
    },
  };
}

function stopped(command: Command, stop: Extract<Result<never>, { ok: false }>['stop']): Outcome {
  return stop.kind === 'refused'
    ? refusal(command.name, stop.message)
    : lookupFailure(command.name, stop.error);
}

async function run(parts: PipelineParts, command: Command, request: Request): Promise<Result<Outcome>> {
  const options = readOptions(command, request);
  if (!options.ok) return options;
  if (command.kind === 'guide')
    return answered(command, command.answer(options.value, parts.registry.commands));
  const early = authoriseEarly(parts, command, request);
  if (early !== null) return refused(early);
  const group = await findGroup(parts, command, request, options.value);
  if (!group.ok) return group;
  const asker = await findAsker(parts, request.actor, group.value, request.signal);
  if (!asker.ok) return asker;
  const denied = authorise(asker.value, command.name, command.capability);
  if (denied !== null) return refused(denied);
  if (!groupTypesOf(command).includes(group.value.type)) return refused(wrongType(command, group.value));
  const located = { request, options: options.value, asker: asker.value, group: group.value };
  if (command.kind === 'changing') return change(parts, command, located);
  return command.kind === 'undoing' ? undo(parts, command, located) : answer(parts, command, located);
}

/** Step 1: raw options to typed ones. */
function readOptions(command: Command, request: Request): Result<TypedOptions> {
  const values: Record<string, unknown> = {};
  const specs = optionsOf(command);
  const names = new Set(specs.map(([name]) => name));
  const stray = Object.keys(request.options).find((name) => !names.has(name));
  if (stray !== undefined) {
    return refused(message('refused.unknownOption', { option: stray, usage: literal(usageOf(command)) }));
  }
  for (const [name, option] of specs) {
    const raw = request.options[name];
    if (raw === undefined || (raw.trim() === '' && option.kind !== 'flag')) {
      if (!option.required) continue;
      return refused(
        message('refused.missingOption', { option: literal(name), usage: literal(usageOf(command)) }),
      );
    }
    const read = option.read(raw, name);
    if (!read.ok) return refused(read.problem);
    values[name] = read.value;
  }
  return found(values);
}

/** Rights that the surface granted are checked before Chat is asked anything. */
function authoriseEarly(parts: PipelineParts, command: Command, { actor }: Request): Message | null {
  const asker = grantedAsker(parts, actor);
  return asker === null ? null : authorise(asker, command.name, command.capability);
}

async function findGroup(
  { groups }: PipelineParts,
  command: Command,
  request: Request,
  options: TypedOptions,
): Promise<Result<GroupFacts>> {
  const named = options.group;
  const id = typeof named === 'string' && named !== '' ? named : request.defaultGroup;
  if (id === undefined) return refused(message('refused.noGroup'));
  return groups.find(id, { fresh: command.freshGroup ?? false, signal: request.signal });
}

function wrongType(command: Command, group: GroupFacts): Message {
  return message('refused.groupType', {
    command: literal(command.name),
    type: literal(group.type),
    group: groupLabel(group),
  });
}

interface Plan {
  readonly located: Located;
  readonly targets: Targets;
  readonly steps: readonly Step[];
  /** Number of the case that this undoes. */
  readonly undoes?: number;
}

const reasonOf = (options: TypedOptions): string | undefined =>
  typeof options.reason === 'string' && options.reason !== '' ? options.reason : undefined;

async function change(
  parts: PipelineParts,
  command: ChangingCommand,
  located: Located,
): Promise<Result<Outcome>> {
  const { options, group } = located;
  const targets = await findTargets(parts, command, located);
  if (!targets.ok) return targets;
  const reason = reasonOf(options);
  const { members, messages } = targets.value;
  const nobodyLeft = targets.value.refused.length > 0 && members.length + messages.length === 0;
  const steps = nobodyLeft
    ? []
    : command.plan(options, { group, members, messages, reason, now: Math.floor(parts.clock.now() / 1_000) });
  return carryOut(parts, command.name, { located, targets: targets.value, steps });
}

/** Steps 5 to 7: record, apply, record. A dry run stops before. */
async function carryOut(parts: PipelineParts, command: string, plan: Plan): Promise<Result<Outcome>> {
  const { located, targets, steps, undoes } = plan;
  const { request, options } = located;
  const dryRun = request.dryRun === true || options['dry-run'] === true;
  const applied: Result<Recorded> = dryRun
    ? found(previewSteps(parts.chat, steps))
    : await recorded(
        parts.recorder,
        draftOf(command, located, targets, steps, undoes ?? null),
        () => applySteps(parts, steps, request.signal),
        undoes === undefined ? undefined : 'undone',
      );
  if (!applied.ok) return applied;
  const { results, requests, case: number } = applied.value;
  const outcome = summarise(command, [...results, ...targets.refused], requests, reasonOf(options));
  return found(number === undefined ? outcome : { ...outcome, case: number });
}

/** `/undo`: the inverse of a case is planned from its facts and takes the same road. */
async function undo(parts: PipelineParts, command: Command, located: Located): Promise<Result<Outcome>> {
  if (parts.recorder === null) return refused(message('refused.recordOff'));
  const planned = await planUndo({ ...parts, cases: parts.recorder.cases }, located);
  return planned.ok ? carryOut(parts, command.name, { located, ...planned.value }) : planned;
}

async function answer(
  parts: PipelineParts,
  command: ReadingCommand,
  located: Located,
): Promise<Result<Outcome>> {
  const { request, options, group } = located;
  const targets = await findTargets(parts, command, located);
  if (!targets.ok) return targets;
  const [problem] = targets.value.refused;
  if (problem !== undefined && targets.value.members.length === 0) return refused(problem.message);
  const reader = createReader(
    parts,
    group,
    request.signal,
    casesOf(parts.recorder?.cases ?? null, group, request.actor),
  );
  const told = await command.answer(options, { group, members: targets.value.members }, reader);
  return answered(command, told, targets.value.refused);
}

function answered(
  command: Command,
  told: Awaited<ReturnType<ReadingCommand['answer']>>,
  problems: readonly TargetResult[] = [],
): Result<Outcome> {
  if (!told.ok) return told;
  const lines = told.value.lines.map(
    (line): TargetResult => ({ target: line.target, outcome: 'answer', message: line.message }),
  );
  return found({
    kind: 'answer',
    command: command.name,
    message: told.value.message,
    results: [...lines, ...problems],
    requests: [],
  });
}
