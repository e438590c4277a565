// Steps 5 and 7 of the pipeline: the case is written before the first call, and settled after the last.
import { message } from '../i18n/message.ts';
import {
  type CaseDraft,
  type CaseOutcome,
  type CaseRepository,
  type CaseTarget,
  type EndedState,
  settledState,
} from '../moderation/case.ts';
import { type Change, chainOf, isRefusal, type Step } from '../moderation/change.ts';
import { found, type Result, refused } from '../moderation/result.ts';
import { snapshotOf } from '../moderation/snapshot.ts';
import type { Applied } from './apply.ts';
import type { TargetResult } from './outcome.ts';
import type { Located, Targets } from './targets.ts';

/** Where cases go, and who hears of it when they cannot be written. */
export interface Recorder {
  readonly cases: CaseRepository;
  readonly logger: { error(fields: object, message: string): void };
}

export interface Recorded extends Applied {
  /** The case's number in its group; absent where nothing is recorded. */
  readonly case?: number;
}

/** What a case is made of before anything is sent. */
export function draftOf(
  command: string,
  { request, options, group }: Located,
  targets: Targets,
  steps: readonly Step[],
  undoes: number | null = null,
): CaseDraft {
  const changes = steps.filter((step): step is Change => !isRefusal(step));
  const pending = changes.flatMap((change) => change.covers.map(({ target }) => target));
  const refusedNames = [...steps.filter(isRefusal), ...targets.refused].map(({ target }) => target);
  const entry = (target: string, outcome: CaseOutcome): CaseTarget => ({
    target,
    before: snapshotOf(target, { group, members: targets.members, messages: targets.messages }),
    outcome,
    code: null,
  });
  const { surface, id, name, account } = request.actor;
  return {
    group: group.id,
    command,
    options: request.options,
    actor: { surface, id, name, account: account ?? null },
    reason: typeof options.reason === 'string' && options.reason !== '' ? options.reason : null,
    targets: [
      ...pending.map((target) => entry(target, 'pending')),
      ...refusedNames.map((target) => entry(target, 'refused')),
    ],
    // A body is made of texts, numbers, lists and records of these: exactly what JSON holds.
    changes: changes
      .flatMap(chainOf)
      .map(({ endpoint, body }) => ({ endpoint, body: JSON.parse(JSON.stringify(body)) })),
    undoes,
    key: null,
    lasts: null,
  };
}

/**
 * Applies changes between writing the case and settling it. Where the case cannot be written, nothing is sent.
 * Where it cannot be settled, the changes stand and so does the answer; the case is settled at the next start.
 */
export async function recorded(
  recorder: Recorder | null,
  draft: CaseDraft,
  apply: () => Promise<Applied>,
  ends?: EndedState,
): Promise<Result<Recorded>> {
  if (recorder === null || draft.changes.length === 0) return found(await apply());
  const number = await open(recorder, draft);
  if (number === null) return refused(message('refused.notRecorded'));
  const applied = await apply();
  const targets = draft.targets.map((target) => settled(target, applied.results));
  const outcomes = targets.map(({ outcome }) => (outcome === 'pending' ? 'uncertain' : outcome));
  try {
    await recorder.cases.settle(draft.group, number, {
      state: settledState(outcomes),
      targets,
      // What Chat refused or may not have done can be undone again: the case that was to end stands until then.
      ...(ends === undefined || !undid(outcomes) ? {} : { ends }),
    });
  } catch (error) {
    recorder.logger.error({ group: draft.group, case: number, error }, 'a case could not be settled');
  }
  return found({ ...applied, case: number });
}

const undid = (outcomes: readonly CaseOutcome[]): boolean =>
  outcomes.includes('done') && outcomes.every((outcome) => outcome === 'done' || outcome === 'refused');

async function open({ cases, logger }: Recorder, draft: CaseDraft): Promise<number | null> {
  try {
    return (await cases.open(draft)).case.number;
  } catch (error) {
    logger.error({ group: draft.group, command: draft.command, error }, 'a case could not be written');
    return null;
  }
}

function settled(target: CaseTarget, results: readonly TargetResult[]): CaseTarget {
  const result = results.find((one) => one.target === target.target);
  if (result === undefined || target.outcome === 'refused') return target;
  const outcome = result.uncertain === true ? 'uncertain' : outcomes[result.outcome];
  return { ...target, outcome, code: result.code ?? null };
}

const outcomes: Readonly<Record<TargetResult['outcome'], CaseOutcome>> = {
  done: 'done',
  refused: 'refused',
  failed: 'failed',
  preview: 'pending',
  answer: 'done',
};
