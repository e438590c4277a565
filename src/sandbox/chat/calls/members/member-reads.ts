// Calls that read members: profiles, pages of them, and roles.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { pageOf } from '../../rules/paging.ts';
import type { Group, Member } from '../../world/group.ts';

/** What a caller wants to see of a member. */
export interface ProfileFilters {
  readonly MemberInfoFilter?: readonly string[] | undefined;
  readonly MemberRoleFilter?: readonly string[] | undefined;
  /** Custom fields are shown only where they are asked for (page 34948). */
  readonly AppDefinedDataFilter_GroupMember?: readonly string[] | undefined;
}

/** A member's profile as the wire shows it. `MuteUntil` is as stored: it may have passed. */
export function profileOf(group: Group, member: Member, filters: ProfileFilters): Answer {
  const profile = {
    Role: member.role,
    JoinTime: member.joinTime,
    MsgSeq: member.readSeq,
    MsgFlag: member.msgFlag,
    LastSendMsgTime: member.lastSendMsgTime,
    NameCard: member.nameCard,
    MuteUntil: group.mutes.get(member.account) ?? 0,
  };
  const wanted = filters.MemberInfoFilter;
  const shown = Object.entries(profile).filter(([field]) => wanted === undefined || wanted.includes(field));
  const keys = filters.AppDefinedDataFilter_GroupMember;
  return {
    Member_Account: member.account,
    ...Object.fromEntries(shown),
    ...(keys !== undefined && { AppMemberDefinedData: fieldsOf(member, keys) }),
  };
}

const fieldsOf = (member: Member, keys: readonly string[]) =>
  [...member.fields].filter(([key]) => keys.includes(key)).map(([Key, Value]) => ({ Key, Value }));

function hasRole({ MemberRoleFilter: roles }: ProfileFilters) {
  return (member: Member) => roles === undefined || roles.includes(member.role);
}

function specifiedMembers(_call: Call, body: Body<'get_specified_group_member_info'>, group: Group): Answer {
  const members = body.Member_List_Account.map((account) => group.members.get(account)).filter(
    (member) => member !== undefined,
  );
  const list = members.filter(hasRole(body)).map((member) => profileOf(group, member, body));
  return { GroupId: group.id, MemberList: list };
}

const MAX_PAGE = 6000;
const COMMUNITY_PAGE = 100;
function listMembers(_call: Call, body: Body<'get_group_member_info'>, group: Group): Answer {
  const members = [...group.members.values()].filter(hasRole(body));
  const show = (page: readonly Member[]) => page.map((member) => profileOf(group, member, body));
  if (group.type === 'Community') {
    const size = Math.min(body.Limit ?? COMMUNITY_PAGE, COMMUNITY_PAGE);
    const { items, next } = pageOf(members, size, body.Next);
    return { MemberNum: group.memberNum, MemberList: show(items), Next: next };
  }
  const start = body.Offset ?? 0;
  if (start < 0 || (body.Limit ?? 1) < 1) throw new Failure(10004, 'Limit or Offset is out of range');
  const end = start + Math.min(body.Limit ?? members.length, MAX_PAGE);
  return { MemberNum: group.memberNum, MemberList: show(members.slice(start, end)) };
}

function listRoles(_call: Call, body: Body<'get_role_in_group'>, group: Group): Answer {
  const roleOf = (account: string) => group.members.get(account)?.role ?? 'NotMember';
  const list = body.User_Account.map((account) => ({ Member_Account: account, Role: roleOf(account) }));
  return { UserIdList: list };
}

export const memberReadRoutes = {
  get_specified_group_member_info: groupCall('get_specified_group_member_info', specifiedMembers),
  get_group_member_info: groupCall('get_group_member_info', listMembers),
  get_role_in_group: groupCall('get_role_in_group', listRoles),
};
