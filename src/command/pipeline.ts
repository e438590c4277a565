// The one way in: every request from every surface goes through `createPipeline`, step by step.
import type { Chat } from '../chat/chat.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import { findAsker, grantedAsker } from '../moderation/asker.ts';
import { type GroupFacts, groupLabel } from '../moderation/facts.ts';
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
import { type Registry, unknownCommand } from './registry.ts';
import type { Request } from './request.ts';
import { findTargets, type Located, type TypedOptions } from './targets.ts';

/** The effects that the pipeline is handed. */
export interface PipelineParts {
  readonly chat: Chat;
  readonly groups: Groups;
  readonly registry: Registry;
  readonly clock: Clock;
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
  return command.kind === 'changing' ? change(parts, command, located) : answer(parts, command, located);
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

async function change(
  parts: PipelineParts,
  command: ChangingCommand,
  located: Located,
): Promise<Result<Outcome>> {
  const { request, options, group } = located;
  const targets = await findTargets(parts, command, located);
  if (!targets.ok) return targets;
  const reason = typeof options.reason === 'string' && options.reason !== '' ? options.reason : undefined;
  const { members, messages } = targets.value;
  const nobodyLeft = targets.value.refused.length > 0 && members.length + messages.length === 0;
  const steps = nobodyLeft
    ? []
    : command.plan(options, { group, members, messages, reason, now: Math.floor(parts.clock.now() / 1_000) });
  const dryRun = request.dryRun === true || options['dry-run'] === true;
  const { results, requests } = dryRun
    ? previewSteps(parts.chat, steps)
    : await applySteps(parts, steps, request.signal);
  return found(summarise(command.name, [...results, ...targets.value.refused], requests, reason));
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
  const reader = createReader(parts, group, request.signal);
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
