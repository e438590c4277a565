// Ends a case whose time is over: the program takes the effect back, unless somebody has changed it since.
import { message } from '../i18n/message.ts';
import { createTranslator } from '../i18n/translator.ts';
import { system } from '../moderation/actor.ts';
import { systemAsker } from '../moderation/asker.ts';
import { actorOfRecord, type CaseTarget, type ModerationCase } from '../moderation/case.ts';
import { isRefusal } from '../moderation/change.ts';
import type { GroupFacts } from '../moderation/facts.ts';
import { carryOut } from './carry-out.ts';
import type { ChangingCommand, UndoingCommand } from './command.ts';
import type { Located } from './locate.ts';
import type { PipelineParts } from './parts.ts';
import { type Plan, planInverse } from './plan.ts';

/** `over`: the case has ended. `later`: Chat could not be asked or did not do it; to be tried again. */
export type Expired = 'over' | 'later';

/** Cases after this one that are looked through for a change of the same thing. */
const LOOKED_THROUGH = 100;

/** Ends one case. Repeating it does no harm: a case that has ended is left alone. */
export async function expire(parts: PipelineParts, record: ModerationCase): Promise<Expired> {
  const { recorder, registry } = parts;
  const command = registry.find(record.command);
  if (recorder === null) return 'later';
  if (command?.kind !== 'changing' || command.restores !== true) return end(parts, record, null);
  const group = await parts.groups.find(record.group, { fresh: true, signal: undefined });
  if (!group.ok) return group.stop.kind === 'refused' ? end(parts, record, null) : 'later';
  const overtaken = await targetsOvertaken(parts, record, command);
  const plan = await planEnd(parts, record, group.value, overtaken);
  if (plan === 'ended') return 'over';
  if (plan === 'unreadable') return 'later';
  if (plan.steps.every(isRefusal)) return end(parts, record, movedOnIn(plan));
  const outcome = await carryOut(parts, plan, 'expired');
  if (!outcome.ok) return 'later';
  const allDone = outcome.value.results.every((one) => one.outcome === 'done' || one.outcome === 'refused');
  return allDone ? 'over' : 'later';
}

/** The case is over without anything being sent; why is noted in it. */
async function end(parts: PipelineParts, record: ModerationCase, why: string | null): Promise<Expired> {
  const { cases } = parts.recorder ?? {};
  await cases?.mark(record.group, record.number, 'expired', null);
  if (why !== null) {
    const author = actorOfRecord(system);
    await cases?.addNote(record.group, record.number, { author, text: why, url: null });
  }
  parts.recorder?.settled?.();
  return 'over';
}

const movedOnIn = ({ located }: Plan): string =>
  createTranslator(located.settings.language, { escape: (text) => text, time: String }).text(
    message('timers.movedOn'),
  );

/** The inverse of the case in the program's own name, without those whom a later case is about. */
async function planEnd(
  parts: PipelineParts,
  record: ModerationCase,
  group: GroupFacts,
  overtaken: ReadonlyMap<string, number>,
): Promise<Plan | 'ended' | 'unreadable'> {
  const command = undoingIn(parts);
  if (command === null) return 'unreadable';
  const options = { case: String(record.number) };
  const located: Located = {
    request: { actor: system, command: command.name, options },
    options: { case: record.number },
    asker: systemAsker(parts.chat),
    group,
    settings: parts.settings().group(group.id),
  };
  const plan = await planInverse(parts, command, located);
  // The only refusal of a plan in the program's own name: the case has ended already.
  if (!plan.ok) return plan.stop.kind === 'refused' ? 'ended' : 'unreadable';
  const steps = plan.value.steps.map((step) => {
    const targets = isRefusal(step) || !('covers' in step) ? [] : step.covers;
    const [first] = targets.filter(({ target }) => overtaken.has(target));
    if (first === undefined) return step;
    const { target } = first;
    return { target, refused: message('undo.overtaken', { target, case: overtaken.get(target) ?? 0 }) };
  });
  return { ...plan.value, steps };
}

function undoingIn({ registry }: PipelineParts): UndoingCommand | null {
  return registry.commands.find((command) => command.kind === 'undoing') ?? null;
}

/** Targets for which a later case with the same capability stands, with the number of that case. */
async function targetsOvertaken(
  parts: PipelineParts,
  record: ModerationCase,
  { capability }: ChangingCommand,
): Promise<ReadonlyMap<string, number>> {
  const overtaken = new Map<string, number>();
  for (const { target } of record.targets) {
    const later = await laterCase(parts, record, target, capability);
    if (later !== null) overtaken.set(target, later);
  }
  return overtaken;
}

async function laterCase(
  { recorder, registry }: PipelineParts,
  record: ModerationCase,
  target: CaseTarget['target'],
  capability: ChangingCommand['capability'],
): Promise<number | null> {
  const filter = { group: record.group, target, since: record.createdAt };
  const page = await recorder?.cases.list(filter, { limit: LOOKED_THROUGH });
  const later = page?.cases.find(
    (one) =>
      one.number > record.number &&
      (one.state === 'applied' || one.state === 'partly') &&
      registry.find(one.command)?.capability === capability &&
      one.targets.some((other) => other.target === target && other.outcome === 'done'),
  );
  return later?.number ?? null;
}
