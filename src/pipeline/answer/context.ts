// What a command that answers may use: one group to look at, and the bot's own records about it.

import type { CommandContext } from '../../command/context.ts';
import { standingWarnings, sumOf } from '../../moderation/cases/warnings.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { generalActor } from '../../moderation/people/authorised-actor.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { isDryRun } from '../find/read-options.ts';
import { warningsOf } from '../plan/warnings.ts';
import { mayConfigure } from '../plan/writes.ts';
import { casesOf } from './cases.ts';
import { explain } from './explain.ts';
import { linksOf } from './links.ts';
import { createReader } from './lists.ts';
import { doneBy } from './moderator.ts';
import { placesOf } from './places.ts';
import { timersOf } from './timers.ts';

/** The context of one request: in the asker's name, and about the request's group. */
export function createContext(deps: PipelineDeps, located: Located): CommandContext {
  const { group, request, settings } = located;
  const { recorder, clock } = deps;
  const dryRun = isDryRun(request, located.options);
  const everywhere = generalActor(deps, request.actor, deps.settings().group(''));
  return {
    ...createReader(deps, group, request.signal),
    settings,
    self: ownAccount(request.actor),
    dryRun,
    cases: casesOf(recorder?.cases ?? null, located, dryRun),
    links: linksOf(recorder?.links ?? null, everywhere),
    places: placesOf(recorder?.places ?? null, group, {
      ...request,
      mayConfigure: (other) => mayConfigure(deps, located, other),
    }),
    timers: timersOf(deps, located),
    async pointsOf(account) {
      if (recorder === null) return 0;
      const query = { group: group.id, account, now: clock.now() };
      return sumOf(await standingWarnings(recorder.cases, warningsOf(deps.registry), query, settings));
    },
    doneBy: (reference) => doneBy(deps, located, reference),
    why: (question) => explain(deps, located, question),
  };
}

/** A surface's guess is nobody's own account: only a member's client, or a link, says whose it is. */
const ownAccount = ({ account, authority, linkedRank }: Actor): string | null =>
  authority.kind === 'groupRole' || linkedRank !== undefined ? (account ?? null) : null;
