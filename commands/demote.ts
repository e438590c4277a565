// /demote: makes admins ordinary members again.
import { changing, members } from '../src/command/index.ts';
import { setRole, undoRole } from './shared/role.ts';

export const demote = changing({
  name: 'demote',
  capability: 'role',
  options: { member: members() },
  tells: true,
  calls: [{ endpoint: 'modify_group_member_info', field: 'Role' }],
  plan: (_options, facts) => setRole(facts, 'Member'),
  undo: (_options, facts) => undoRole(facts, 'Member'),
});
