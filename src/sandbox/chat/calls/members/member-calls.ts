// Calls that change members: profile, mute, joining and leaving.

import { admitMembers, exitMembers } from '../../acts/membership.ts';
import { addTip } from '../../acts/tips.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireMemberFields, requireTexts, setFields } from '../../rules/limits.ts';
import type { Group, Member } from '../../world/group.ts';
import type { Topic } from '../../world/topic.ts';

function modifyMember(call: Call, body: Body<'modify_group_member_info'>, group: Group): Answer {
  const member = group.members.get(body.Member_Account);
  if (member === undefined) throw new Failure(10004, 'Member_Account is not a member of the group');
  if (body.Role !== undefined && member.role === 'Owner')
    throw new Failure(10007, 'the owner keeps his role');
  requireTexts({ NameCard: body.NameCard });
  requireMemberFields(call.world, body.AppMemberDefinedData);

  const changed = changedFields(body, member);
  if (body.MuteTime !== undefined) muteMembers(call, group, [member.account], body.MuteTime);
  if (changed.Role !== undefined) addTip(call, group, 'AdminChanged', [member.account]);
  member.role = body.Role ?? member.role;
  member.nameCard = body.NameCard ?? member.nameCard;
  member.msgFlag = body.MsgFlag ?? member.msgFlag;
  setFields(member.fields, body.AppMemberDefinedData);
  if (Object.keys(changed).length > 0) {
    const fields = { ...groupFields(call, group), Modified_Account: member.account, ...changed };
    call.webhooks.after('Group.CallbackAfterMemberFieldChanged', fields, call);
  }
  return {};
}

/** The fields that a webhook tells of, as far as they really change (page 60393). */
function changedFields(body: Body<'modify_group_member_info'>, member: Member) {
  return {
    ...(body.Role !== undefined && body.Role !== member.role && { Role: body.Role }),
    ...(body.NameCard !== undefined && body.NameCard !== member.nameCard && { NameCard: body.NameCard }),
  };
}

const groupFields = (call: Call, group: Group) => ({
  GroupId: group.id,
  Type: group.type,
  Operator_Account: call.operator,
});

function muteMembers(call: Call, group: Group, accounts: readonly string[], seconds: number): void {
  for (const account of accounts) group.mute(account, seconds, call.world.now());
  addTip(call, group, 'Muted', accounts);
}

function forbidSendMsg(
  call: Call,
  body: Body<'forbid_send_msg'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  requireAccounts(call, body.Members_Account);
  if (topic === undefined) muteMembers(call, group, body.Members_Account, body.MuteTime);
  else for (const account of body.Members_Account) topic.mute(account, body.MuteTime, call.world.now());
  return {};
}

async function addMembers(call: Call, body: Body<'add_group_member'>, group: Group): Promise<Answer> {
  const accounts = body.MemberList.map((item) => item.Member_Account);
  const results = await admitMembers(call, group, accounts, body.Silence === 1);
  return {
    MemberList: accounts.map((account) => ({ Member_Account: account, Result: results.get(account) })),
  };
}

function deleteMembers(call: Call, body: Body<'delete_group_member'>, group: Group): Answer {
  const leaving = body.MemberToDel_Account.filter((account) => group.has(account));
  if (leaving.includes(group.owner)) throw new Failure(10007, 'the owner cannot be removed');
  exitMembers(call, group, leaving, 'Kicked', body.Silence === 1);
  return {};
}

function importMembers(call: Call, body: Body<'import_group_member'>, group: Group): Answer {
  const now = call.world.now();
  const importOne = (item: (typeof body.MemberList)[number]): 0 | 1 | 2 => {
    const joinTime = item.JoinTime ?? now;
    if (!call.world.accounts.has(item.Member_Account) || group.isFull()) return 0;
    if (group.members.has(item.Member_Account)) return 2;
    if (joinTime < group.createTime || joinTime > now) return 0;
    const member = group.join(item.Member_Account, joinTime, item.Role);
    if (member !== undefined) member.readSeq = Math.max(0, group.nextMsgSeq - 1 - (item.UnreadMsgNum ?? 0));
    return 1;
  };
  if (group.type === 'Private' && body.MemberList.some((item) => item.Role === 'Admin')) {
    throw new Failure(10007, 'a Work group has no admins');
  }
  const list = body.MemberList.map((item) => ({
    Member_Account: item.Member_Account,
    Result: importOne(item),
  }));
  return { MemberList: list };
}

export const memberRoutes = {
  modify_group_member_info: groupCall('modify_group_member_info', modifyMember),
  forbid_send_msg: groupCall('forbid_send_msg', forbidSendMsg),
  add_group_member: groupCall('add_group_member', addMembers),
  delete_group_member: groupCall('delete_group_member', deleteMembers),
  import_group_member: groupCall('import_group_member', importMembers),
};
