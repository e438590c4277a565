// Calls that change groups: create, edit, hand over, disband.
import type { GroupType } from '../../../../chat/protocol/schemas.ts';
import { addTip } from '../../acts/tips.ts';
import type { Body } from '../../rules/body.ts';
import {
  type Answer,
  type Call,
  groupCall,
  isGroupId,
  plainCall,
  requireAccounts,
} from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireMemberFields, requireTexts, setMemberFields } from '../../rules/limits.ts';
import { type Group, maxMembersOf } from '../../world/group.ts';
import type { World } from '../../world/world.ts';

async function createGroup(call: Call, body: Body<'create_group'>): Promise<Answer> {
  const owner = body.Owner_Account ?? '';
  const members = body.MemberList ?? [];
  const accounts = members.map((item) => item.Member_Account);
  requireNewGroup(call, body);
  requireAccounts(call, owner === '' ? accounts : [owner, ...accounts]);
  const about = { Operator_Account: call.operator, Owner_Account: owner, Type: body.Type, Name: body.Name };
  const memberList = accounts.map((account) => ({ Member_Account: account }));
  await call.webhooks.before(
    'Group.CallbackBeforeCreateGroup',
    { ...about, CreateGroupNum: groupsOf(call.world, owner), MemberList: memberList },
    call,
  );
  // The webhook took its time: somebody else may have taken the ID.
  requireFreeId(call, body);
  const group = buildGroup(call.world, body);
  const fields = { GroupId: group.id, ...about, MemberList: memberList, UserDefinedDataList: [] };
  call.webhooks.after('Group.CallbackAfterCreateGroup', fields, call);
  return { GroupId: group.id, ...(group.supportTopic && { HugeGroupFlag: 0, Type: 'Community' }) };
}

/** How many groups an account owns already. */
const groupsOf = ({ groups }: World, owner: string): number =>
  owner === '' ? 0 : [...groups.values()].filter((group) => group.owner === owner).length;

function buildGroup(world: World, body: Body<'create_group'>): Group {
  const group = world.addGroup({
    id: body.GroupId ?? world.newGroupId(body.Type),
    type: body.Type,
    name: body.Name,
    owner: body.Owner_Account ?? '',
    supportTopic: body.Type === 'Community' && body.SupportTopic === 1,
    profile: profileOf(body),
  });
  for (const item of body.MemberList ?? []) {
    const member = group.join(item.Member_Account, world.now(), item.Role);
    if (member !== undefined) setMemberFields(member.fields, item.AppMemberDefinedData);
  }
  return group;
}

/** Where `ApplyJoinOption` means something; elsewhere it is passed over (page 34895). */
const takesApplications: readonly GroupType[] = ['Public', 'ChatRoom'];

function profileOf(body: Body<'create_group'>) {
  return {
    ...(body.Introduction !== undefined && { Introduction: body.Introduction }),
    ...(body.Notification !== undefined && { Notification: body.Notification }),
    ...(body.FaceUrl !== undefined && { FaceUrl: body.FaceUrl }),
    ...(body.MaxMemberCount !== undefined && { MaxMemberNum: body.MaxMemberCount }),
    ...(body.ApplyJoinOption !== undefined &&
      takesApplications.includes(body.Type) && { ApplyJoinOption: body.ApplyJoinOption }),
    ...(body.EnablePermission !== undefined && { EnablePermission: body.EnablePermission }),
  };
}

function requireNewGroup(call: Call, body: Body<'create_group'>): void {
  requireTexts(body);
  requireFreeId(call, body);
  const members = body.MemberList ?? [];
  if (body.Type === 'AVChatRoom' && members.length > 0)
    throw new Failure(10007, 'a live room has no members');
  if (body.Type === 'Private' && members.some((item) => item.Role === 'Admin')) {
    throw new Failure(10007, 'a Work group has no admins');
  }
  requirePermissionGroups(body, body.Type === 'Community' && body.SupportTopic === 1);
  const max = body.MaxMemberCount ?? maxMembersOf(body.Type);
  requireCapacity(body.Type, max, 10038);
  if (max > 0 && members.length + 1 > max) throw new Failure(10014);
  for (const item of members) requireMemberFields(call.world, item.AppMemberDefinedData);
}

function requireFreeId(call: Call, body: Body<'create_group'>): void {
  const id = body.GroupId;
  if (id === undefined) return;
  const marked = body.Type === 'Community' ? /^@TGS#_(?!@TGS#)./ : /^(?!@TGS#)/;
  if (!isGroupId(id) || !marked.test(id))
    throw new Failure(10004, `GroupId does not suit a ${body.Type} group`);
  const existing = call.world.groups.get(id);
  if (existing === undefined) return;
  const isOwn = existing.owner !== '' && existing.owner === body.Owner_Account;
  throw new Failure(isOwn ? 10025 : 10021);
}

/** Options that some group types do not have. */
function requireOptions(
  type: GroupType,
  body: { ApplyJoinOption?: unknown; InviteJoinOption?: unknown },
): void {
  if (type === 'Community' && body.ApplyJoinOption !== undefined) {
    throw new Failure(10007, 'a Community has no ApplyJoinOption');
  }
  if (type === 'AVChatRoom' && body.InviteJoinOption !== undefined) {
    throw new Failure(10007, 'a live room has no InviteJoinOption');
  }
}

function requirePermissionGroups(body: { EnablePermission?: unknown }, supportTopic: boolean): void {
  if (body.EnablePermission === undefined) return;
  if (!supportTopic) throw new Failure(10007, 'only a Community with topics has permission groups');
  if (body.EnablePermission !== 0 && body.EnablePermission !== 1) {
    throw new Failure(10004, 'EnablePermission is 0 or 1');
  }
}

function requireCapacity(type: GroupType, max: number, code: number): void {
  const largest = maxMembersOf(type);
  if (largest > 0 && (max < 1 || max > largest)) throw new Failure(code, `at most ${largest} members`);
}

/** What a webhook and a tip tell of; nothing tells of the other fields (page 34378). */
const announced = ['Name', 'Introduction', 'Notification', 'FaceUrl'] as const;

function modifyGroup(call: Call, body: Body<'modify_group_base_info'>, group: Group): Answer {
  const { GroupId: _id, From_Account: operator = call.operator, ...given } = body;
  requireTexts(given);
  requireOptions(group.type, given);
  requirePermissionGroups(given, group.supportTopic);
  if (given.MaxMemberNum !== undefined) {
    if (group.type === 'AVChatRoom') throw new Failure(10007, 'a live room has no MaxMemberNum');
    requireCapacity(group.type, given.MaxMemberNum, 10004);
  }
  requireAccounts(call, [operator]);

  const changed = announced.filter(
    (field) => given[field] !== undefined && given[field] !== group.profile[field],
  );
  Object.assign(group.profile, given);
  group.infoSeq += 1;
  group.lastInfoTime = call.world.now();
  if (changed.length > 0) {
    addTip({ ...call, operator }, group, 'InfoChanged');
    const values = Object.fromEntries(changed.map((field) => [field, given[field]]));
    const fields = { GroupId: group.id, Type: group.type, Operator_Account: operator, ...values };
    call.webhooks.after('Group.CallbackAfterGroupInfoChanged', fields, call);
  }
  return {};
}

function destroyGroup(call: Call, _body: Body<'destroy_group'>, group: Group): Answer {
  call.world.groups.delete(group.id);
  const fields = {
    GroupId: group.id,
    Type: group.type,
    Owner_Account: group.owner,
    Name: group.profile.Name,
    ...(group.type !== 'Community' && {
      MemberList: [...group.members.keys()].map((account) => ({ Member_Account: account })),
    }),
  };
  call.webhooks.after('Group.CallbackAfterGroupDestroyed', fields, call);
  return {};
}

function changeOwner(call: Call, body: Body<'change_group_owner'>, group: Group): Answer {
  const next = group.members.get(body.NewOwner_Account);
  if (next === undefined) throw new Failure(10004, 'NewOwner_Account is not a member of the group');
  const previous = group.members.get(group.owner);
  if (previous === next) return {};
  if (previous !== undefined) previous.role = 'Member';
  next.role = 'Owner';
  group.owner = next.account;
  addTip(call, group, 'OwnerChanged', [next.account]);
  const fields = {
    GroupId: group.id,
    Type: group.type,
    Operator_Account: call.operator,
    OldOwner_Account: previous?.account ?? '',
    NewOwner_Account: next.account,
  };
  call.webhooks.after('Group.CallbackAfterChangeGroupOwner', fields, call);
  return {};
}

export const groupRoutes = {
  create_group: plainCall('create_group', createGroup),
  modify_group_base_info: groupCall('modify_group_base_info', modifyGroup),
  destroy_group: groupCall('destroy_group', destroyGroup),
  change_group_owner: groupCall('change_group_owner', changeOwner),
};
