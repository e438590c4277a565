// /group: what kind of group this is, and from where it is moderated.
import {
  type Answer,
  byName,
  choice,
  found,
  type GroupFacts,
  groupLabel,
  literal,
  message,
  optional,
  recording,
  refused,
} from '../src/command/index.ts';

export const group = recording({
  name: 'group',
  capability: 'lookup',
  options: {
    do: optional(choice(['show', 'link', 'unlink'], false)),
    scope: byName(choice(['channel', 'server'], false)),
  },
  needs: ({ do: action = 'show' }) => (action === 'show' ? null : 'configure'),
  reads: ({ do: action = 'show' }) => action === 'show',
  freshGroup: true,
  calls: [{ endpoint: 'get_group_info' }],
  async answer({ do: action = 'show', scope = 'channel' }, { group }, { places }) {
    const about = { group: groupLabel(group), scope: literal(scope) };
    if (action === 'show') {
      const bound = (await places?.bindings()) ?? [];
      const lines = bound.map(({ place }) => ({
        target: group.id,
        message: message('group.bound', {
          place: literal(place.channel ?? place.guild),
          scope: literal(place.channel === null ? 'server' : 'channel'),
        }),
      }));
      const shown = describe(group);
      return found({ ...shown, lines: [...shown.lines, ...lines] });
    }
    if (places === null) return refused(message('refused.recordOff'));
    const changed = await (action === 'link'
      ? places.bind(scope === 'server')
      : places.unbind(scope === 'server'));
    if (!changed.ok) return changed;
    const done = action === 'link' ? message('group.linked', about) : message('group.unlinked', about);
    return found({ writes: [{ target: group.id, write: changed.value, done }] });
  },
});

function describe(group: GroupFacts): Answer {
  const facts = [
    message('group.type', { type: literal(group.type) }),
    group.owner === null ? message('group.noOwner') : message('group.owner', { owner: group.owner }),
    group.memberCount === null
      ? null
      : message('group.members', { count: group.memberCount, max: group.maxMemberCount ?? 0 }),
    group.createdAt === null ? null : message('group.created', { at: { at: group.createdAt } }),
    message(group.locked ? 'group.locked' : 'group.open'),
    group.permissionGroups ? message('group.permissionGroups') : null,
    group.introduction === '' ? null : message('group.introduction', { text: group.introduction }),
  ];
  const lines = facts.filter((fact) => fact !== null).map((fact) => ({ target: group.id, message: fact }));
  return { message: message('group.head', { group: groupLabel(group) }), lines };
}
