// Places as a command may use them: the one where the request was made, and the asker's own group.
import type { GroupPlaces } from '../../command/context.ts';
import { literal, message } from '../../i18n/message.ts';
import { type GroupFacts, groupLabel } from '../../moderation/groups/facts.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';
import type { Place, PlaceRepository } from '../../moderation/place.ts';
import { found, type Result, refused } from '../../moderation/result.ts';

interface Asking {
  readonly actor: Actor;
  readonly places?: readonly Place[];
  /** Whether the asker may bind and unbind the places of a group. */
  mayConfigure(group: string): boolean;
}

export function placesOf(
  repository: PlaceRepository | null,
  group: GroupFacts,
  { actor, places = [], mayConfigure }: Asking,
): GroupPlaces | null {
  if (repository === null) return null;
  const by = actorOfRecord(actor);
  const placeFor = (whole: boolean): Result<Place> => {
    const place = places.find(({ channel }) => (channel === null) === whole);
    return place === undefined ? refused(message('refused.noPlace')) : found(place);
  };
  return {
    bindings: () => repository.bindings(group.id),
    log: () => repository.logOf(group.id),
    async bind(whole) {
      const place = placeFor(whole);
      if (!place.ok) return place;
      const bound = await repository.groupOf([place.value]);
      if (bound === null || bound === group.id || mayConfigure(bound))
        return found(await repository.bind(place.value, group.id, by));
      return refused(message('refused.boundElsewhere', { scope: scopeOf(whole) }));
    },
    async unbind(whole) {
      const place = placeFor(whole);
      if (!place.ok) return place;
      // Whatever else the place is bound to is no business of this group.
      const isBoundHere = (await repository.groupOf([place.value])) === group.id;
      const removed = isBoundHere ? await repository.unbind(place.value) : null;
      if (removed !== null) return found(removed);
      return refused(message('refused.notBound', { scope: scopeOf(whole), group: groupLabel(group) }));
    },
    async logHere() {
      const place = placeFor(false);
      if (!place.ok) return place;
      const { surface, guild, channel } = place.value;
      if (channel === null) return refused(message('refused.noPlace'));
      const log = { surface, guild, channel };
      await repository.setLog(group.id, log, by);
      return found(log);
    },
    stopLog: () => repository.setLog(group.id, null, by),
  };
}

const scopeOf = (whole: boolean) => literal(whole ? 'server' : 'channel');
