// Promoting and demoting are one call with two values.
import { type Facts, labelOf, message, type Step } from '../../src/command/index.ts';
import { changeMember } from './profile.ts';

/** Plans a role for every member that does not have it yet. */
export function setRole({ group, members }: Facts, role: 'Admin' | 'Member'): readonly Step[] {
  return members.map((member): Step => {
    const { account: target } = member;
    const label = { member: labelOf(member) };
    if (group.permissionGroups && role === 'Admin')
      return { target, refused: message('promote.permissionGroups', label) };
    if (member.role === role) {
      return { target, refused: message(role === 'Admin' ? 'promote.already' : 'demote.notAdmin', label) };
    }
    return changeMember(
      group,
      member,
      { Role: role },
      message(role === 'Admin' ? 'promote.done' : 'demote.done', label),
    );
  });
}
