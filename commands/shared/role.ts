// Promoting and demoting are one call with two values.
import { type Facts, labelOf, literal, message, type Step, type UndoFacts } from '../../src/command/index.ts';
import { changeMember } from './profile.ts';
import { forMember, movedOn, undone } from './undo.ts';

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

/** The way back, as long as the role is still the one that was set. */
export const undoRole = (facts: UndoFacts, set: 'Admin' | 'Member'): Step =>
  forMember(facts, (undo) => {
    const { current, group } = undo;
    if (current.role !== set)
      return movedOn(undo, message('whois.role', { role: literal(current.role ?? 'NotMember') }));
    const command = set === 'Admin' ? 'promote' : 'demote';
    return changeMember(
      group,
      current,
      { Role: set === 'Admin' ? 'Member' : 'Admin' },
      undone(undo, command),
    );
  });
