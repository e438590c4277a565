// /members: who is in the group, all of them or one role.
import {
  choice,
  endOf,
  found,
  groupLabel,
  labelOf,
  literal,
  message,
  reading,
} from '../src/command/index.ts';

const roles = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const;

export const members = reading({
  name: 'members',
  capability: 'lookup',
  options: { role: choice(['owner', 'admin', 'member'], false) },
  calls: [{ endpoint: 'get_group_member_info' }],
  async answer({ role }, { group }, reader) {
    const roster = await reader.members(role === undefined ? undefined : roles[role]);
    if (!roster.ok) return roster;
    const { members, total, complete } = roster.value;
    const lines = members.map((member) => ({
      target: member.account,
      message: message(member.mutedUntil > 0 ? 'members.mutedLine' : 'members.line', {
        member: labelOf(member),
        role: literal(member.role ?? 'Member'),
        until: endOf(member.mutedUntil),
      }),
    }));
    const head = complete ? 'members.head' : 'members.headCut';
    return found({
      message: message(head, { group: groupLabel(group), shown: members.length, total }),
      lines,
    });
  },
});
