// Calls that change groups: create, edit, hand over, disband.
import { addTip } from '../../acts/tips.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, plainCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireGroupFields, requireTexts, setFields } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';
import {
  buildGroup,
  groupsOf,
  requireCapacity,
  requireFreeId,
  requireNewGroup,
  requireOptions,
  requirePermissionGroups,
} from './new-group.ts';

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
  const fields = {
    GroupId: group.id,
    ...about,
    MemberList: memberList,
    UserDefinedDataList: body.AppDefinedData ?? [],
  };
  call.webhooks.after('Group.CallbackAfterCreateGroup', fields, call);
  return { GroupId: group.id, ...(group.supportTopic && { HugeGroupFlag: 0, Type: 'Community' }) };
}

/** What a webhook and a tip tell of; nothing tells of the other fields (page 34378). */
const announced = ['Name', 'Introduction', 'Notification', 'FaceUrl'] as const;

function modifyGroup(call: Call, body: Body<'modify_group_base_info'>, group: Group): Answer {
  const { GroupId: _id, From_Account: operator = call.operator, AppDefinedData, ...given } = body;
  requireTexts(given);
  requireGroupFields(AppDefinedData);
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
  setFields(group.fields, AppDefinedData);
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
