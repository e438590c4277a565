// Places as a command may use them: the one where the request was made, and the asker's own group.
import type { GroupPlaces } from '../../command/context.ts';
import { literal, message } from '../../i18n/message.ts';
import { type GroupFacts, groupLabel } from '../../moderation/groups/facts.ts';
import type { Place, PlaceRepository } from '../../moderation/place.ts';
import { found, type Result, refused } from '../../moderation/result.ts';

interface Asking {
  readonly places?: readonly Place[];
  /** Whether the asker may bind and unbind the places of a group. */
  mayConfigure(group: string): boolean;
}

export function placesOf(
  repository: PlaceRepository | null,
  group: GroupFacts,
  { places = [], mayConfigure }: Asking,
): GroupPlaces | null {
  if (repository === null) return null;
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
      const from = await repository.groupOf([place.value]);
      if (from !== null && from !== group.id && !mayConfigure(from)) {
        return refused(message('refused.boundElsewhere', { scope: scopeOf(whole) }));
      }
      return found({ record: 'place', place: place.value, from, to: group.id });
    },
    async unbind(whole) {
      const place = placeFor(whole);
      if (!place.ok) return place;
      const from = await repository.groupOf([place.value]);
      // Whatever else the place is bound to is no business of this group.
      return from === group.id
        ? found({ record: 'place', place: place.value, from, to: null })
        : refused(message('refused.notBound', { scope: scopeOf(whole), group: groupLabel(group) }));
    },
    async logHere() {
      const place = placeFor(false);
      if (!place.ok) return place;
      const { surface, guild, channel } = place.value;
      if (channel === null) return refused(message('refused.noPlace'));
      const from = await repository.logOf(group.id);
      return found({ record: 'log', from, to: { surface, guild, channel } });
    },
    stopLog: async () => ({ record: 'log', from: await repository.logOf(group.id), to: null }),
  };
}

const scopeOf = (whole: boolean) => literal(whole ? 'server' : 'channel');
