// What a command that changes nothing in Chat may use: one group to look at, and the program's own books.

import type { MemberReference } from '../../command/option.ts';
import { standingWarnings, sumOf } from '../../moderation/cases/warnings.ts';
import { generalAsker } from '../../moderation/people/authorised-actor.ts';
import { authorise } from '../../moderation/people/policy.ts';
import type { Result } from '../../moderation/result.ts';
import type { GroupSettings } from '../../moderation/settings.ts';
import type { PipelineParts } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { casesOf, type GroupCases } from './cases.ts';
import { type Explanation, explain, type WhyQuestion } from './explain.ts';
import { type GroupLinks, linksOf } from './links.ts';
import { createReader, type GroupReader } from './lists.ts';
import { type DoneBy, doneBy } from './moderator.ts';
import { type GroupPlaces, placesOf } from './places.ts';
import { type GroupTimers, timersOf } from './timers.ts';

/** Each of the books is `null` where nothing is recorded. */
export interface Desk extends GroupReader {
  readonly settings: GroupSettings;
  readonly cases: GroupCases | null;
  readonly links: GroupLinks | null;
  readonly places: GroupPlaces | null;
  readonly timers: GroupTimers | null;
  /** The sum of a member's warning points that still count. */
  pointsOf(account: string): Promise<number>;
  /** Whose cases are meant where somebody names a moderator. */
  doneBy(reference: MemberReference): Promise<Result<DoneBy>>;
  /** Explains a decision of the policy. */
  why(question: WhyQuestion): Promise<Result<Explanation>>;
}

/** The desk of one request: what it writes is written in the asker's name, and about the request's group. */
export function createDesk(parts: PipelineParts, located: Located): Desk {
  const { group, request, settings } = located;
  const { recorder, clock } = parts;
  const everywhere = generalAsker(parts, request.actor, parts.settings().group(''));
  const mayConfigure = (other: string) => {
    const asker = generalAsker(parts, request.actor, parts.settings().group(other));
    return authorise(asker, { name: 'group', capability: null, besides: 'configure' }) === null;
  };
  return {
    ...createReader(parts, group, request.signal),
    settings,
    cases: casesOf(recorder?.cases ?? null, group, request.actor),
    links: linksOf(recorder?.links ?? null, everywhere),
    places: placesOf(recorder?.places ?? null, group, { ...request, mayConfigure }),
    timers: timersOf(parts, located),
    async pointsOf(account) {
      if (recorder === null) return 0;
      const query = { group: group.id, account, now: clock.now() };
      return sumOf(await standingWarnings(recorder.cases, query, settings));
    },
    doneBy: (reference) => doneBy(parts, located, reference),
    why: (question) => explain(parts, located, question),
  };
}
