// One member's profile in a group, one call (page 34900).
import type { BodyOf, Change, GroupFacts, MemberFacts, Message } from '../../src/command/index.ts';

type Profile = Omit<BodyOf<'modify_group_member_info'>, 'GroupId' | 'Member_Account'>;

/** The change that sets fields of a member's profile. */
export const changeMember = (
  group: GroupFacts,
  member: MemberFacts,
  fields: Profile,
  done: Message,
): Change => ({
  endpoint: 'modify_group_member_info',
  body: { GroupId: group.id, Member_Account: member.account, ...fields },
  covers: [{ target: member.account, done }],
});
