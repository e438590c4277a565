// /promote: makes members admins of the group.
import { changing, members, untilRestored } from '../src/command/index.ts';
import { setRole, undoRole } from './shared/role.ts';

export const promote = changing({
  name: 'promote',
  capability: 'role',
  options: { member: members(), duration: untilRestored() },
  confirms: true,
  tells: true,
  restores: true,
  lasts: ({ duration }) => duration?.seconds ?? null,
  calls: [{ endpoint: 'modify_group_member_info', field: 'Role' }],
  plan: (_options, facts) => setRole(facts, 'Admin'),
  undo: (_options, facts) => undoRole(facts, 'Admin'),
});
