// What a command that changes nothing in Chat may use: one group to look at, and the program's own books.

import type { CommandContext } from '../../command/context.ts';
import { standingWarnings, sumOf } from '../../moderation/cases/warnings.ts';
import { generalActor } from '../../moderation/people/authorised-actor.ts';
import { authorise } from '../../moderation/people/policy.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { warningsOf } from '../plan/warnings.ts';
import { casesOf } from './cases.ts';
import { explain } from './explain.ts';
import { linksOf } from './links.ts';
import { createReader } from './lists.ts';
import { doneBy } from './moderator.ts';
import { placesOf } from './places.ts';
import { timersOf } from './timers.ts';

/** The desk of one request: what it writes is written in the asker's name, and about the request's group. */
export function createContext(deps: PipelineDeps, located: Located): CommandContext {
  const { group, request, settings } = located;
  const { recorder, clock } = deps;
  const everywhere = generalActor(deps, request.actor, deps.settings().group(''));
  const mayConfigure = (other: string) => {
    const asker = generalActor(deps, request.actor, deps.settings().group(other));
    return authorise(asker, { name: 'group', capability: null, besides: 'configure' }) === null;
  };
  return {
    ...createReader(deps, group, request.signal),
    settings,
    cases: casesOf(recorder?.cases ?? null, group, request.actor),
    links: linksOf(recorder?.links ?? null, everywhere),
    places: placesOf(recorder?.places ?? null, group, { ...request, mayConfigure }),
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
