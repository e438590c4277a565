// Settles the cases that a stopped program left pending: what became of them is read from Chat, nothing is sent.

import type { ChangingCommand, UndoFacts } from '../../command/command.ts';
import type { CaseOutcome, CaseRepository, CaseTarget, ModerationCase } from '../../moderation/cases/case.ts';
import { isEntry, isRefusal, type Step } from '../../moderation/cases/change.ts';
import { readSnapshot } from '../../moderation/cases/snapshot.ts';
import type { GroupFacts } from '../../moderation/groups/facts.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { findMessages } from '../../moderation/groups/messages.ts';
import { found, type Result } from '../../moderation/result.ts';
import { settlementOf } from '../act/record.ts';
import { currentOf } from '../act/write.ts';
import type { PipelineDeps, Recorder } from '../deps.ts';
import { isAsBefore, membersNow, readAgain, undoFacts } from '../plan/undo-facts.ts';
import { isDisturbed } from './other-cases.ts';

type ReconcileDeps = Lookup & Pick<PipelineDeps, 'groups' | 'registry' | 'recorder'>;

type Outcome = Exclude<CaseOutcome, 'pending'>;

/**
 * Reads Chat about every pending case and settles it. A case whose facts cannot be read now stays pending.
 * @param signal ends it early; what was not settled stays pending
 * @returns how many were settled, and how many stay pending
 */
export async function reconcile(
  deps: ReconcileDeps,
  signal?: AbortSignal,
): Promise<{ settled: number; pending: number }> {
  const { recorder } = deps;
  if (recorder === null) return { settled: 0, pending: 0 };
  const { cases, logger } = recorder;
  let settled = 0;
  const pending = await cases.abandoned();
  for (const record of pending) {
    const targets = await settledTargets(deps, cases, record, signal);
    if (targets === null) {
      logger.error({ group: record.group, case: record.number }, 'a pending case cannot be settled yet');
      continue;
    }
    await settle(recorder, record, targets);
    settled += 1;
  }
  return { settled, pending: pending.length - settled };
}

async function settle(
  recorder: Recorder,
  record: ModerationCase,
  targets: readonly CaseTarget[],
): Promise<void> {
  const settled = await recorder.cases.settle(record.group, record.number, {
    ...settlementOf(record, targets),
    // Chat was asked right after the case was written.
    since: record.createdAt,
  });
  if (settled.kind !== 'missing') recorder.settled?.(settled.case);
}

/** `null`: Chat could not be read. */
async function settledTargets(
  deps: ReconcileDeps,
  cases: CaseRepository,
  record: ModerationCase,
  signal: AbortSignal | undefined,
): Promise<readonly CaseTarget[] | null> {
  const group = await deps.groups.find(record.group, { fresh: true, signal });
  if (!group.ok) {
    // A group that is gone cannot tell any more what became of the case.
    return group.stop.kind === 'refused' ? withOutcome(record, () => 'uncertain') : null;
  }
  const written = await writtenTargets(deps, record);
  if (written !== null) return written;
  const original = record.undoes === null ? record : await cases.find(record.group, record.undoes);
  const command = deps.registry.find(original?.command ?? '');
  if (original === null || command?.kind !== 'changing') return withOutcome(record, () => 'uncertain');
  const judged = await judge(deps, { record, original, command, group: group.value, signal });
  if (!judged.ok) return null;
  const disturbed = await disturbedTargets(cases, record);
  return withOutcome(record, (target) =>
    disturbed.has(target) ? 'uncertain' : (judged.value.get(target) ?? 'uncertain'),
  );
}

/** What became of writes, read from the records themselves; `null` for a case about Chat. */
async function writtenTargets(
  { recorder }: ReconcileDeps,
  record: ModerationCase,
): Promise<readonly CaseTarget[] | null> {
  const outcomes = new Map<string, Outcome>();
  for (const { target, before } of record.targets) {
    const kept = readSnapshot(before);
    if (recorder === null || kept?.kind !== 'write') return null;
    const { write } = kept;
    const now = JSON.stringify(await currentOf(recorder, record.group, write));
    const isThere = now === JSON.stringify(write.to);
    outcomes.set(target, isThere ? 'done' : now === JSON.stringify(write.from) ? 'failed' : 'uncertain');
  }
  return outcomes.size === 0 ? null : withOutcome(record, (target) => outcomes.get(target) ?? 'uncertain');
}

/** Targets whose state tells nothing: something else changed them meanwhile. What only the record says stays clear. */
async function disturbedTargets(cases: CaseRepository, record: ModerationCase): Promise<ReadonlySet<string>> {
  const disturbed = new Set<string>();
  if (record.changes.length === 0) return disturbed;
  for (const { target, outcome } of record.targets) {
    if (outcome === 'pending' && (await isDisturbed(cases, record, target))) disturbed.add(target);
  }
  return disturbed;
}

const withOutcome = (
  { targets }: ModerationCase,
  outcomeOf: (target: string) => Outcome,
): readonly CaseTarget[] =>
  targets.map((target) =>
    target.outcome === 'pending' ? { ...target, outcome: outcomeOf(target.target) } : target,
  );

interface Judging {
  readonly record: ModerationCase;
  /** The case itself, or the one that it undoes. */
  readonly original: ModerationCase;
  readonly command: ChangingCommand;
  readonly group: GroupFacts;
  readonly signal: AbortSignal | undefined;
}

type Outcomes = ReadonlyMap<string, Outcome>;

async function judge(deps: ReconcileDeps, judging: Judging): Promise<Result<Outcomes>> {
  const { command, original, group, signal } = judging;
  const options = readAgain(command, original);
  if (Object.values(command.options).some(({ subject }) => subject?.kind === 'messages'))
    return judgeMessages(deps, judging);
  if (command.undo === undefined) return found(new Map());
  const members = await membersNow(deps, {
    group,
    command,
    options,
    targets: original.targets,
    signal,
  });
  if (!members.ok) return members;
  const undo = command.undo.bind(command);
  return found(
    new Map(
      original.targets.flatMap((target): [string, Outcome][] => {
        const facts = undoFacts(deps.clock, group, original, target, members.value.get(target.target));
        return facts === null ? [] : [[target.target, outcomeFrom(undo(options, facts), facts, judging)]];
      }),
    ),
  );
}

/**
 * A command's effect is there exactly when there is a way back from it. An undo is done when everything is as before the
 * case that it undoes. Where a state is neither, or looks like both, or has ended by itself, nobody can tell.
 */
function outcomeFrom(wayBack: Step, facts: UndoFacts, { record, original }: Judging): Outcome {
  // Only the record says so, and it was not settled: nobody was told.
  if (isEntry(wayBack)) return 'failed';
  if (isRefusal(wayBack) && wayBack.refused.id === 'undo.over') return 'uncertain';
  const isThere = !isRefusal(wayBack);
  if (isThere === isAsBefore(facts)) return 'uncertain';
  return isThere === (record === original) ? 'done' : 'failed';
}

/** A message that was recalled says so itself (page 34971). */
async function judgeMessages(
  deps: ReconcileDeps,
  { record, group, signal }: Judging,
): Promise<Result<Outcomes>> {
  const seqs = record.targets.map(({ target }) => Number(target)).filter(Number.isSafeInteger);
  const result = await findMessages(deps, group, { kind: 'sequence', seqs }, signal);
  if (!result.ok) return result.stop.kind === 'refused' ? found(new Map()) : result;
  const recalled = result.value.unknown.filter(({ problem }) => problem.id === 'refused.alreadyRecalled');
  return found(
    new Map([
      ...result.value.messages.map(({ seq }): [string, Outcome] => [String(seq), 'failed']),
      ...recalled.map(({ target }): [string, Outcome] => [target, 'done']),
    ]),
  );
}
