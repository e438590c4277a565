// Calls about permission groups of a Community and their members.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireTexts } from '../../rules/limits.ts';
import { pageOf } from '../../rules/paging.ts';
import type { Group } from '../../world/group.ts';
import type { PermissionGroup } from '../../world/permission-group.ts';

/** @throws Failure 10007 unless the Community was made with topics */
function requireFeature(group: Group): void {
  if (!group.supportTopic) throw new Failure(10007, 'only a Community with topics has permission groups');
}

/** @throws Failure 110006 for a permission group that is not there */
function find(group: Group, id: string): PermissionGroup {
  requireFeature(group);
  const found = group.permissionGroups.get(id);
  if (found === undefined) throw new Failure(110006);
  return found;
}

function create(call: Call, body: Body<'create_permission_group'>, group: Group): Answer {
  requireFeature(group);
  requireTexts(body);
  const id = body.PermissionGroupId ?? call.world.newPermissionGroupId();
  if (body.PermissionGroupId !== undefined && !/^@PMG#_(?!@PMG#)[\x20-\x7e]+$/.test(id)) {
    throw new Failure(10004, 'PermissionGroupId is @PMG#_ and a name');
  }
  if (group.permissionGroups.has(id)) throw new Failure(10021, 'PermissionGroupId is already used');
  call.world.addPermissionGroup(group.id, {
    ...{ id, name: body.PermissionGroupName, permission: body.Permission },
    customString: body.CustomString,
  });
  return { PermissionGroupId: id };
}

function destroy(_call: Call, body: Body<'destroy_permission_group'>, group: Group): Answer {
  requireFeature(group);
  const results = body.PermissionGroupIdList.map((id) => ({
    PermissionGroupId: id,
    ...(group.permissionGroups.delete(id) ? done : failed(110008)),
  }));
  return { PermissionGroupResultList: results };
}

const done = { ErrorCode: 0, ErrorInfo: '' };
const failed = (code: number) => ({ ErrorCode: code, ErrorInfo: new Failure(code).message });

function modify(_call: Call, body: Body<'modify_permission_group'>, group: Group): Answer {
  const found = find(group, body.PermissionGroupId);
  requireTexts(body);
  found.name = body.PermissionGroupName ?? found.name;
  found.permission = body.Permission ?? found.permission;
  found.customString = body.CustomString ?? found.customString;
  return {};
}

const PAGE = 20;

function list(_call: Call, body: Body<'get_permission_group'>, group: Group): Answer {
  requireFeature(group);
  const ids = body.PermissionGroupIdList ?? [...group.permissionGroups.keys()];
  const { items, next } = pageOf(ids, body.Limit ?? PAGE, body.Next);
  return { PermissionGroupInfoList: items.map((id) => detailsOf(group, id)), Next: next };
}

function detailsOf(group: Group, id: string): Answer {
  const found = group.permissionGroups.get(id);
  if (found === undefined) return { PermissionGroupId: id, ...failed(110006) };
  return {
    PermissionGroupId: id,
    PermissionGroupName: found.name,
    Permission: found.permission,
    CustomString: found.customString,
    MemberNum: found.members.size,
    CreateTime: found.createTime,
    ...done,
  };
}

/** Sets the mask of topics, which must be attached already (`set`) or not yet (`add`). */
function setTopics(group: Group, body: Body<'set_topic_permission_group'>, mustBeThere: boolean): Answer {
  const { topics } = find(group, body.PermissionGroupId);
  const setOne = ({ TopicId: id, Permission }: (typeof body.TopicPermissionList)[number]): number => {
    if (!group.topics.has(id)) return 110013;
    if (topics.has(id) !== mustBeThere) return mustBeThere ? 110011 : 110010;
    topics.set(id, Permission);
    return 0;
  };
  const results = body.TopicPermissionList.map((item) => resultOf(item.TopicId, setOne(item)));
  return { TopicPermissionResultList: results };
}

const resultOf = (TopicId: string, code: number) => ({ TopicId, ...(code === 0 ? done : failed(code)) });

function detachTopics(_call: Call, body: Body<'delete_topic_permission_group'>, group: Group): Answer {
  const { topics } = find(group, body.PermissionGroupId);
  const results = body.TopicIdList.map((id) => resultOf(id, topics.delete(id) ? 0 : 110011));
  return { TopicPermissionResultList: results };
}

function listTopics(_call: Call, body: Body<'get_topic_permission_group'>, group: Group): Answer {
  const { topics } = find(group, body.PermissionGroupId);
  const shown = [...topics].filter(([id]) => body.TopicIdList?.includes(id) ?? true);
  return { TopicPermissionList: shown.map(([TopicId, Permission]) => ({ TopicId, Permission })) };
}

/** `Result`: 0 no member of the Community, 1 added, 2 in it already. */
function addMembers(_call: Call, body: Body<'add_permission_group_member'>, group: Group): Answer {
  const { members } = find(group, body.PermissionGroupId);
  const addOne = (account: string): 0 | 1 | 2 => {
    if (!group.has(account)) return 0;
    if (members.has(account)) return 2;
    members.add(account);
    return 1;
  };
  return {
    MemberList: body.MemberList.map(({ Member_Account: one }) => ({
      Member_Account: one,
      Result: addOne(one),
    })),
  };
}

/** `Result`: 0 not in it, 1 removed. */
function removeMembers(_call: Call, body: Body<'delete_permission_group_member'>, group: Group): Answer {
  const { members } = find(group, body.PermissionGroupId);
  const list = body.MemberList.map(({ Member_Account: one }) => ({
    Member_Account: one,
    Result: members.delete(one) ? 1 : 0,
  }));
  return { MemberList: list };
}

const MEMBER_PAGE = 50;

function listMembers(_call: Call, body: Body<'get_permission_group_member_list'>, group: Group): Answer {
  const { members } = find(group, body.PermissionGroupId);
  const { items, next } = pageOf([...members], body.Limit ?? MEMBER_PAGE, body.Next);
  return { MemberList: items.map((account) => ({ Member_Account: account })), Next: next };
}

export const permissionRoutes = {
  create_permission_group: groupCall('create_permission_group', create),
  destroy_permission_group: groupCall('destroy_permission_group', destroy),
  modify_permission_group: groupCall('modify_permission_group', modify),
  get_permission_group: groupCall('get_permission_group', list),
  add_topic_permission_group: groupCall('add_topic_permission_group', (_call, body, group) =>
    setTopics(group, body, false),
  ),
  set_topic_permission_group: groupCall('set_topic_permission_group', (_call, body, group) =>
    setTopics(group, body, true),
  ),
  delete_topic_permission_group: groupCall('delete_topic_permission_group', detachTopics),
  get_topic_permission_group: groupCall('get_topic_permission_group', listTopics),
  add_permission_group_member: groupCall('add_permission_group_member', addMembers),
  delete_permission_group_member: groupCall('delete_permission_group_member', removeMembers),
  get_permission_group_member_list: groupCall('get_permission_group_member_list', listMembers),
};
