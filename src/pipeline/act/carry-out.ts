// Steps 5 to 8 of the pipeline: record, apply, record, and tell whom it concerns.

import { isRestored } from '../../command/command.ts';
import { message } from '../../i18n/message.ts';
import type { Write } from '../../moderation/cases/change.ts';
import { overQuota } from '../../moderation/cases/quota.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';
import { found, type Result, type Stop } from '../../moderation/result.ts';
import { failureOf, type Outcome, summarise, type TargetResult } from '../../request/outcome.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { reasonOf } from '../find/read-options.ts';
import type { FollowUp, Plan } from '../plan/plan.ts';
import { applySteps, previewSteps } from './apply.ts';
import { draftOf, type Recorded, recorded } from './record.ts';
import { applyWrite } from './write.ts';

/** Shows what would be done, and sends nothing. */
export function preview(
  { chat }: PipelineDeps,
  { command, located, targets, steps, followUps }: Plan,
): Outcome {
  const { results, requests } = previewSteps(chat, [...steps, ...followUps.flatMap((one) => one.steps)]);
  return summarise(command.name, [...results, ...targets.refused], requests, reasonOf(located.options));
}

/** Carries a plan out. */
export async function carryOut(deps: PipelineDeps, plan: Plan): Promise<Result<Outcome>> {
  const { command, located, targets } = plan;
  const applied = await applyRecorded(deps, plan);
  if (!applied.ok) return applied;
  const { results, requests, case: number, repeated = false } = applied.value;
  if (!repeated) tellMembers(deps, plan, results);
  const outcome = summarise(
    command.name,
    [...results, ...targets.refused],
    requests,
    reasonOf(located.options),
  );
  const after = repeated ? [] : await followUp(deps, plan.followUps, results);
  return found({
    ...withFollowUps(outcome, after),
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
  return {
    ...outcome,
    kind: outcome.kind === 'done' && !allDone ? 'partly' : outcome.kind,
    results: [...outcome.results, ...results],
    requests: [...outcome.requests, ...after.flatMap((one) => one.requests)],
  };
}

async function applyRecorded(deps: PipelineDeps, plan: Plan): Promise<Result<Recorded>> {
  const { command, located, targets, steps, undoes, lasts } = plan;
  const { recorder, clock } = deps;
  const draft = {
    ...draftOf(command.name, located, targets, steps),
    undoes: undoes?.number ?? null,
    lasts,
  };
  return recorded(recorder, deps.mutex, draft, {
    apply: () => applySteps({ ...deps, write: writerOf(deps, located) }, steps, located.request.signal),
    allow: async (members) => {
      if (recorder === null) return null;
      const why = await overQuota({ cases: recorder.cases, clock }, located.asker, located.settings, members);
      if (why !== null) {
        const { surface, id } = located.request.actor;
        recorder.logger.warn({ surface, actor: id, group: located.group.id, members }, 'a quota is used up');
      }
      return why;
    },
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

/** What was not done is told to nobody; the answer does not wait for it. */
function tellMembers(
  { notifier, registry }: PipelineDeps,
  plan: Plan,
  results: readonly TargetResult[],
): void {
  const { command, located, targets, undoes } = plan;
  const original = registry.find(undoes?.command ?? command.name);
  if (original?.kind !== 'changing' || original.tells !== true) return;
  const { group, settings, options } = located;
  notifier?.notify({
    command,
    group,
    results,
    known: targets.members,
    reason: reasonOf(options),
    settings,
    ...(undoes === undefined ? {} : { undone: undoes.command }),
  });
}

type Followed = Pick<Outcome, 'results' | 'requests'>;

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
