// /group: what kind of group this is, who owns it, and whether it is locked.
import { found, groupLabel, literal, message, reading } from '../src/command/index.ts';

export const group = reading({
  name: 'group',
  capability: 'lookup',
  options: {},
  freshGroup: true,
  calls: [{ endpoint: 'get_group_info' }],
  async answer(_options, { group }) {
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
    return found({ message: message('group.head', { group: groupLabel(group) }), lines });
  },
});
