// Steps 5 and 7 of the pipeline: the case is written before the first call, and settled after the last.
import { literal, type Message, message } from '../../i18n/message.ts';
import {
  type CaseDraft,
  type CaseOutcome,
  type CaseTarget,
  type EndedState,
  type GroupView,
  type ModerationCase,
  type OpenedCase,
  type Overtaken,
  type Settlement,
  settledState,
} from '../../moderation/cases/case.ts';
import {
  activeTargets,
  chainOf,
  isChange,
  isRefusal,
  isWrite,
  type Step,
} from '../../moderation/cases/change.ts';
import { weightOf } from '../../moderation/cases/quota.ts';
import { snapshotsOf } from '../../moderation/cases/snapshot.ts';
import { writeAsJson, writeName } from '../../moderation/cases/write.ts';
import { actorOfRecord, system } from '../../moderation/people/actor.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { TargetResult } from '../../request/outcome.ts';
import type { JsonValue } from '../../util/json.ts';
import type { KeyedMutex } from '../../util/keyed-mutex.ts';
import type { Recorder } from '../deps.ts';
import type { Located, Targets } from '../find/located.ts';
import { reasonOf } from '../find/read-options.ts';
import { causeOf } from '../guarded-recorder.ts';
import type { Applied } from './apply.ts';

export interface Recorded extends Applied {
  /** The case's number in its group; absent where nothing is recorded. */
  readonly case?: number;
  /** The request's key was used before: this is what became of the earlier request, and nothing was sent now. */
  readonly repeated?: boolean;
}

/** What a case is made of before anything is sent. */
export function draftOf(
  command: string,
  { request, options, group }: Located,
  targets: Targets,
  steps: readonly Step[],
  before: ReadonlyMap<string, JsonValue> = new Map(),
): Omit<CaseDraft, 'undoes' | 'lasts'> {
  const changes = steps.filter(isChange);
  const writes = steps.filter(isWrite);
  const refusedNames = [...steps.filter(isRefusal), ...targets.refused].map(({ target }) => target);
  const snapshotOf = snapshotsOf({ group, members: targets.members, messages: targets.messages });
  const kept = new Map(
    writes.map(({ target, write }) => [target, { kind: 'write', write: writeAsJson(write) }]),
  );
  const entry = (target: string, outcome: CaseOutcome): CaseTarget => ({
    target,
    before: kept.get(target) ?? before.get(target) ?? snapshotOf(target),
    outcome,
    code: null,
  });
  return {
    group: group.id,
    command,
    options: request.options,
    actor: actorOfRecord(request.actor),
    reason: reasonOf(options) ?? null,
    targets: [
      ...activeTargets(steps).map((target) => entry(target, 'pending')),
      ...refusedNames.map((target) => entry(target, 'refused')),
    ],
    // A body is made of texts, numbers, lists and records of these: exactly what JSON holds.
    changes: [
      ...changes
        .flatMap(chainOf)
        .map(({ endpoint, body }) => ({ endpoint, body: JSON.parse(JSON.stringify(body)) })),
      ...writes.map(({ write }) => ({ endpoint: writeName(write), body: writeAsJson(write) })),
    ],
    key: request.key ?? null,
  };
}

/** Nothing was sent: another case did something to a target, or does, since the facts were read. */
export type Attempt<Value> = Result<Value> | Overtaken;

export const isOvertaken = (attempt: object): attempt is Overtaken => 'overtakenBy' in attempt;

export interface Recording {
  apply(): Promise<Applied>;
  /** Whether so many members may be acted on now; a refusal when not. */
  allow(members: number): Promise<Message | null>;
  /** Of the time before the facts were read. Without it, nothing can overtake the draft. */
  readonly view?: GroupView | undefined;
}

/**
 * Applies changes between writing the case and settling it. Where the case cannot be written, nothing is sent.
 * Where it cannot be settled, the changes stand and so does the answer; the case is settled at the next start.
 */
export async function recorded(
  recorder: Recorder | null,
  mutex: KeyedMutex,
  draft: CaseDraft,
  { apply, allow, view }: Recording,
): Promise<Attempt<Recorded>> {
  const pending = draft.targets.filter(({ outcome }) => outcome === 'pending');
  if (recorder === null) return found(await apply());
  if (pending.length === 0) {
    // A refusal, too, may be from facts that somebody was changing.
    const by =
      view === undefined || draft.targets.length === 0 ? null : await recorder.cases.overtaken(draft, view);
    return by ?? found(await apply());
  }
  const members = weightOf(pending);
  const opened = await mutex.run(personOf(draft), () =>
    openAllowed(recorder, draft, () => allow(members), view),
  );
  if (isOvertaken(opened) || !opened.ok) return opened;
  const { case: record, repeated } = opened.value;
  if (repeated) return found({ results: resultsOf(record), requests: [], case: record.number, repeated });
  const applied = await apply();
  await settle(recorder, draft, record.number, applied.results);
  return found({ ...applied, case: record.number });
}

/** What became of the targets of a case, for whoever asks with its key again. */
export const resultsOf = ({ number, targets }: ModerationCase): readonly TargetResult[] =>
  targets.map(({ target, outcome, code }) => ({
    target,
    outcome: outcome === 'done' || outcome === 'refused' ? outcome : 'failed',
    message: message('case.repeated', { target, outcome: literal(outcome), case: number }),
    ...(code === null ? {} : { code }),
    ...(outcome === 'pending' || outcome === 'uncertain' ? { uncertain: true } : {}),
  }));

/** Two identities with one account are one person. */
const personOf = ({ actor: { surface, id, account } }: CaseDraft): string => account ?? `${surface}\n${id}`;

async function openAllowed(
  { cases, logger }: Recorder,
  draft: CaseDraft,
  allow: () => Promise<Message | null>,
  view: GroupView | undefined,
): Promise<Attempt<OpenedCase>> {
  try {
    const why = await allow();
    if (why !== null) return refused(why);
    const opened = await (view === undefined ? cases.open(draft) : cases.openUnlessOvertaken(draft, view));
    return isOvertaken(opened) ? opened : found(opened);
  } catch (error) {
    logger.error(
      { group: draft.group, command: draft.command, err: causeOf(error) },
      'a case could not be written',
    );
    return refused(message('refused.notRecorded'));
  }
}

async function settle(
  { cases, logger, settled: announce }: Recorder,
  draft: CaseDraft,
  number: number,
  results: readonly TargetResult[],
): Promise<void> {
  const byTarget = new Map(results.map((result) => [result.target, result]));
  const targets = draft.targets.map((target) => settled(target, byTarget.get(target.target)));
  try {
    const settled = await cases.settle(draft.group, number, settlementOf(draft, targets));
    if (settled.kind !== 'missing') announce?.(settled.case);
  } catch (error) {
    logger.error({ group: draft.group, case: number, err: causeOf(error) }, 'a case could not be settled');
  }
}

/** How a case is settled whose targets came out as told. */
export function settlementOf(
  { undoes, actor }: Pick<CaseDraft, 'undoes' | 'actor'>,
  targets: readonly CaseTarget[],
): Settlement {
  const outcomes = targets.map(({ outcome }) => (outcome === 'pending' ? 'uncertain' : outcome));
  return {
    state: settledState(outcomes),
    targets,
    // What Chat refused or may not have done can be undone again: the case that was to end stands until then.
    ...(undoes !== null && undid(outcomes) ? { ends: endedBy(actor) } : {}),
  };
}

/** What the program itself takes back has come to its end; what anybody else takes back is undone. */
const endedBy = ({ surface }: CaseDraft['actor']): EndedState =>
  surface === system.surface ? 'expired' : 'undone';

/** Whether an undo took back all that still stood. */
const undid = (outcomes: readonly CaseOutcome[]): boolean =>
  outcomes.includes('done') && outcomes.every((outcome) => outcome === 'done' || outcome === 'refused');

function settled(target: CaseTarget, result: TargetResult | undefined): CaseTarget {
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
