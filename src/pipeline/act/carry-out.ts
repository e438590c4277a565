// Steps 5 to 8 of the pipeline: record, apply, record, and tell whom it concerns.

import { isRestored } from '../../command/command.ts';
import { type Message, message } from '../../i18n/message.ts';
import type { Write } from '../../moderation/cases/change.ts';
import { overQuota, weightOf } from '../../moderation/cases/quota.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';
import { found, type Stop } from '../../moderation/result.ts';
import { failureOf, type Outcome, summarise, type TargetResult } from '../../request/outcome.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { reasonOf } from '../find/read-options.ts';
import type { FollowUp, Plan } from '../plan/plan.ts';
import { applySteps, previewSteps } from './apply.ts';
import { type Attempt, draftOf, isOvertaken, type Recorded, recorded, resultsOf } from './record.ts';
import { untoldNotes } from './untold.ts';
import { applyWrite } from './write.ts';

/** Shows what would be done, and sends nothing. */
export function preview(
  { chat }: PipelineDeps,
  { command, located, targets, steps, followUps }: Plan,
): Outcome {
  const { results, requests } = previewSteps(chat, [...steps, ...followUps.flatMap((one) => one.steps)]);
  return summarise(command.name, [...results, ...targets.refused], requests, reasonOf(located.options));
}

/** What a request with the key of an earlier one is answered: what became of that. `null` where there was none. */
export async function repetitionOf(
  { recorder }: PipelineDeps,
  { name }: Plan['command'],
  { request, options, group }: Located,
): Promise<Attempt<Outcome> | null> {
  if (recorder === null || request.key === undefined) return null;
  const record = await recorder.cases.withKey(group.id, request.actor, request.key);
  if (record === null) return null;
  // Whoever is at work on it will have the answer.
  if (record.state === 'pending') return { overtakenBy: record.number };
  const outcome = summarise(name, resultsOf(record), [], reasonOf(options));
  return found({ ...outcome, case: record.number });
}

/** Carries a plan out. */
export async function carryOut(deps: PipelineDeps, plan: Plan): Promise<Attempt<Outcome>> {
  const { command, located, targets } = plan;
  const applied = await applyRecorded(deps, plan);
  if (isOvertaken(applied) || !applied.ok) return applied;
  const { results, requests, case: number, repeated = false } = applied.value;
  const telling = repeated ? Promise.resolve([]) : tellMembers(deps, plan, results);
  const superseded = repeated ? [] : await endSuperseded(deps, plan, results, number);
  const outcome = summarise(
    command.name,
    [...results, ...targets.refused],
    requests,
    reasonOf(located.options),
  );
  const after = repeated ? [] : await followUp(deps, plan.followUps, results);
  const notes = [...superseded, ...(await untoldNotes(deps, plan, telling, number))];
  return found({
    ...withFollowUps(notes.length === 0 ? outcome : { ...outcome, notes }, after),
    ...(number === undefined ? {} : { case: number, ...endOfEffect(deps, plan, outcome) }),
  });
}

/** When the program will take the effect back: Chat counts nothing here, so the time runs from now. */
function endOfEffect({ clock }: PipelineDeps, { command, lasts }: Plan, { kind }: Outcome) {
  const happened = kind === 'done' || kind === 'partly';
  return happened && lasts !== null && isRestored(command)
    ? { endsAt: Math.round(clock.now() / 1_000) + lasts }
    : {};
}

/** The first part speaks for itself; what followed stands under it. */
function withFollowUps(outcome: Outcome, after: readonly Followed[]): Outcome {
  if (after.length === 0) return outcome;
  const results = after.flatMap((one) => one.results);
  const allDone = results.every((result) => result.outcome === 'done');
  const notes = [...(outcome.notes ?? []), ...after.flatMap((one) => one.notes ?? [])];
  return {
    ...outcome,
    ...(notes.length === 0 ? {} : { notes }),
    kind: outcome.kind === 'done' && !allDone ? 'partly' : outcome.kind,
    results: [...outcome.results, ...results],
    requests: [...outcome.requests, ...after.flatMap((one) => one.requests)],
  };
}

async function applyRecorded(deps: PipelineDeps, plan: Plan): Promise<Attempt<Recorded>> {
  const { located, steps, undoes, lasts } = plan;
  const draft = { ...draftFor(plan), undoes: undoes?.number ?? null, lasts };
  return recorded(deps.recorder, deps.mutex, draft, {
    apply: () => applySteps({ ...deps, write: writerOf(deps, located) }, steps, located.request.signal),
    allow: (members) => whyOverQuota(deps, plan, members),
    view: located.view,
  });
}

/** Writes of one request, one after the other in this process. */
function writerOf({ recorder, mutex }: PipelineDeps, { group, request }: Located) {
  const by = actorOfRecord(request.actor);
  return (step: Write): Promise<TargetResult> =>
    mutex.run('records', async () =>
      recorder === null
        ? { target: step.target, outcome: 'refused', message: message('refused.recordOff') }
        : applyWrite(recorder, { group: group.id, by }, step),
    );
}

const draftFor = ({ command, located, targets, steps, supersedes }: Plan) =>
  draftOf(command.name, located, targets, steps, supersedes?.before);

/** Ends the timers that the plan took the place of. @returns what is to be said about it */
async function endSuperseded(
  { recorder }: PipelineDeps,
  { located, supersedes }: Plan,
  results: readonly TargetResult[],
  number: number | undefined,
): Promise<readonly Message[]> {
  if (recorder === null || supersedes === undefined || number === undefined) return [];
  const done = new Set(results.filter(({ outcome }) => outcome === 'done').map(({ target }) => target));
  if (done.size === 0) return [];
  for (const one of supersedes.cases) {
    // Of a case about others, too, the timer runs on for them: it leaves alone whoever a later case is about.
    if (!one.targets.every((target) => done.has(target))) continue;
    try {
      const ended = await recorder.cases.mark(located.group.id, one.number, 'expired', number);
      if (ended.kind !== 'missing') recorder.settled?.(ended.case);
    } catch (error) {
      recorder.logger.error(
        { group: located.group.id, case: one.number, err: error },
        'a timer could not be ended',
      );
    }
  }
  return supersedes.notes;
}

/** The refusal of a plan that the quota does not allow, before anybody is asked about it; `null` where it does. */
export const overQuotaOf = (deps: PipelineDeps, plan: Plan): Promise<Message | null> =>
  whyOverQuota(deps, plan, weightOf(draftFor(plan).targets));

async function whyOverQuota(
  { recorder, clock }: PipelineDeps,
  { located }: Plan,
  members: number,
): Promise<Message | null> {
  if (recorder === null) return null;
  const why = await overQuota({ cases: recorder.cases, clock }, located.asker, located.settings, members);
  if (why !== null) {
    const { surface, id } = located.request.actor;
    recorder.logger.warn({ surface, actor: id, group: located.group.id, members }, 'a quota is used up');
  }
  return why;
}

/** What was not done is told to nobody. @returns the accounts that were not reached */
async function tellMembers(
  { notifier, registry }: PipelineDeps,
  plan: Plan,
  results: readonly TargetResult[],
): Promise<readonly string[]> {
  const { command, located, targets, undoes } = plan;
  const original = registry.find(undoes?.command ?? command.name);
  if (original?.kind !== 'changing' || original.tells !== true) return [];
  const { group, settings, options } = located;
  const told = notifier?.notify({
    command,
    group,
    results,
    known: targets.members,
    reason: reasonOf(options),
    settings,
    ...(undoes === undefined ? {} : { undone: undoes.command }),
  });
  return told ?? [];
}

type Followed = Pick<Outcome, 'results' | 'requests' | 'notes'>;

/** Carries out what follows for those for whom the first part was done. */
async function followUp(
  deps: PipelineDeps,
  followUps: readonly FollowUp[],
  results: readonly TargetResult[],
): Promise<readonly Followed[]> {
  const done = new Set(results.filter(({ outcome }) => outcome === 'done').map(({ target }) => target));
  const followed: Followed[] = [];
  for (const plan of followUps) {
    if (!plan.targets.members.every(({ account }) => done.has(account))) continue;
    const outcome = await carryOut(deps, plan);
    // Its facts are those of the command that it follows: nothing overtakes it.
    if (isOvertaken(outcome)) continue;
    followed.push(outcome.ok ? outcome.value : notFollowed(plan, outcome.stop));
  }
  return followed;
}

const notFollowed = ({ targets }: FollowUp, stop: Stop): Followed => ({
  results: targets.members.map(({ account }) => ({
    target: account,
    outcome: stop.kind,
    message: stop.kind === 'refused' ? stop.message : failureOf(stop.error),
  })),
  requests: [],
});
