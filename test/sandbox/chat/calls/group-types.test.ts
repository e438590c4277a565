// Every call against every group type: what the endpoint table allows works, the rest is refused as documented.
import { describe, expect, it } from 'vitest';
import {
  allowsGroupType,
  type EndpointName,
  endpointNames,
  endpointOf,
} from '../../../../src/chat/protocol/endpoints.ts';
import { type GroupType, groupTypes } from '../../../../src/chat/protocol/schemas.ts';
import { groupOf as groups, type Harness, NOW, start } from '../harness.ts';

const helpers = { PermissionGroupId: '@PMG#_helpers' };
const importedMessage = { From_Account: 'bob', SendTime: NOW, MsgBody: [{ MsgType: 'x', MsgContent: {} }] };
/** One group of every type; the Community is the one with topics. */
const groupOf = { ...groups, Community: '@TGS#_plaza' };

/** A body that works in every group type that allows the call; GroupId is added. */
const bodies: Partial<Record<EndpointName, object>> = {
  modify_group_member_info: { Member_Account: 'bob', NameCard: 'Bobby' },
  forbid_send_msg: { Members_Account: ['bob'], MuteTime: 60 },
  delete_group_member: { MemberToDel_Account: ['bob'] },
  ban_group_member: { Members_Account: ['bob'], Duration: 60 },
  unban_group_member: { Members_Account: ['bob'] },
  modify_group_base_info: { MuteAllMember: 'On' },
  group_msg_recall: { MsgSeqList: [{ MsgSeq: 1 }] },
  delete_group_msg_by_sender: { Sender_Account: 'bob' },
  get_specified_group_member_info: { Member_List_Account: ['bob'] },
  get_group_member_info: {},
  get_role_in_group: { User_Account: ['bob'] },
  get_group_muted_account: {},
  get_group_ban_member: { Offset: 0 },
  group_msg_get_simple: { ReqMsgNumber: 5 },
  get_admin_list: {},
  destroy_group: {},
  change_group_owner: { NewOwner_Account: 'bob' },
  add_group_member: { MemberList: [{ Member_Account: 'frank' }] },
  import_group_member: { MemberList: [{ Member_Account: 'frank' }] },
  send_group_msg: { Random: 1, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } }] },
  send_group_system_notification: { Content: 'x' },
  modify_admin: { CommandType: 1, Admin_Account: ['bob'] },
  modify_group_msg: { MsgSeq: 1, CloudCustomData: 'x' },
  create_topic: { TopicName: 'New' },
  destroy_topic: { TopicIdList: ['@TGS#_plaza@TOPIC#_trade'] },
  get_topic: { From_Account: 'bob' },
  modify_topic: { TopicId: '@TGS#_plaza@TOPIC#_trade', TopicName: 'Market' },
  create_permission_group: { PermissionGroupName: 'Helpers', Permission: 0 },
  destroy_permission_group: { PermissionGroupIdList: ['@PMG#_helpers'] },
  modify_permission_group: { ...helpers, Permission: 0 },
  get_permission_group: {},
  add_topic_permission_group: { ...helpers, TopicPermissionList: [{ TopicId: 'x', Permission: 8 }] },
  set_topic_permission_group: { ...helpers, TopicPermissionList: [{ TopicId: 'x', Permission: 8 }] },
  delete_topic_permission_group: { ...helpers, TopicIdList: ['x'] },
  get_topic_permission_group: helpers,
  add_permission_group_member: { ...helpers, MemberList: [{ Member_Account: 'bob' }] },
  delete_permission_group_member: { ...helpers, MemberList: [{ Member_Account: 'bob' }] },
  get_permission_group_member_list: helpers,
  get_group_attr: {},
  set_group_attr: { GroupAttr: [{ key: 'k', value: 'v' }] },
  modify_group_attr: { GroupAttr: [{ key: 'k', value: 'v' }] },
  delete_group_attr: { GroupAttr: [{ key: 'theme' }] },
  clear_group_attr: {},
  update_group_counter: { GroupCounter: [{ Key: 'likes', Value: 1 }] },
  get_group_counter: {},
  delete_group_counter: { GroupCounterKeys: ['likes'] },
  get_online_member_num: {},
  import_group_msg: { MsgList: [importedMessage] },
};

/** What the bodies name: a permission group of the plaza, an attribute of every group. */
function prepare({ service }: Harness): void {
  const { world } = service;
  world.addPermissionGroup('@TGS#_plaza', { id: '@PMG#_helpers', name: 'Helpers', permission: 0 });
  world.addMessage('@TGS#_plaza', { from: 'bob', text: 'hi' });
  for (const group of world.groups.values()) group.attributes.set('theme', 'dark');
}

/** Calls that act on one existing group. */
const grouped = endpointNames.filter((name) => name in bodies);

/** What the pages name for a group type that is not allowed, where it is not 10007. */
function refusalOf(name: EndpointName): number {
  if (name === 'delete_group_member') return 10004;
  return name === 'delete_group_msg_by_sender' ? 0 : 10007;
}

describe('calls', () => {
  it('are all covered', () => {
    const others = endpointNames.filter((name) => !grouped.includes(name));
    const withGroup = others.filter((name) => 'GroupId' in requiredKeys(name));
    expect(withGroup).toEqual(['create_group', 'import_group']);
  });

  it.each(grouped.flatMap((name) => groupTypes.map((type) => [name, type] as const)))(
    '%s in a group of type %s',
    async (name, type) => {
      const harness = await start();
      prepare(harness);
      const reply = await harness.call(name, { GroupId: groupOf[type], ...bodies[name] });
      expect(reply.ErrorCode).toBe(allowsGroupType(name, type) ? 0 : refusalOf(name));
    },
  );
});

function requiredKeys(name: EndpointName): object {
  const { body } = endpointOf(name);
  return 'shape' in body && typeof body.shape === 'object' && body.shape !== null ? body.shape : {};
}

describe('fields', () => {
  const cases = groupTypes.flatMap((type) => [
    ['Role', type, { Role: 'Admin' }] as const,
    ['MuteTime', type, { MuteTime: 60 }] as const,
  ]);
  it.each(cases)('%s in a group of type %s', async (field, type, change) => {
    const { call, service } = await start();
    const reply = await call('modify_group_member_info', {
      ...{ GroupId: groupOf[type], Member_Account: 'bob' },
      ...change,
    });
    const isAllowed =
      allowsGroupType('modify_group_member_info', type) &&
      allowsGroupType('modify_group_member_info', type, field);
    expect(reply.ErrorCode).toBe(isAllowed ? 0 : 10007);
    expect(service.world.isMuted(groupOf[type], 'bob')).toBe(isAllowed && field === 'MuteTime');
  });

  it.each<[GroupType, object, number]>([
    ['Community', { ApplyJoinOption: 'FreeAccess' }, 10007],
    ['Public', { ApplyJoinOption: 'DisableApply' }, 0],
    ['AVChatRoom', { InviteJoinOption: 'DisableInvite' }, 10007],
    ['AVChatRoom', { MaxMemberNum: 10 }, 10007],
    ['Public', { MaxMemberNum: 6001 }, 10004],
    ['Public', { EnablePermission: 1 }, 10007],
    ['Community', { EnablePermission: 1 }, 0],
    ['Community', { EnablePermission: 2 }, 10004],
    ['Community', { HistoryMsgBeforeJoin: 'On' }, 10007],
    ['Private', { MuteAllMember: 'On' }, 0],
  ])('a %s group with %j -> %i', async (type, change, code) => {
    const { call } = await start();
    const reply = await call('modify_group_base_info', { GroupId: groupOf[type], ...change });
    expect(reply.ErrorCode).toBe(code);
  });
});

it.each(['@TGS#_lounge', '@TGS#_plaza'])('knows no topic of %s that was not made', async (GroupId) => {
  const { call } = await start();
  const body = { GroupId, Members_Account: ['bob'], MuteTime: 1, TopicId: 'x' };
  expect((await call('forbid_send_msg', body)).ErrorCode).toBe(110013);
});

/** The codes for a batch that is too large, where it is not 10005. */
const tooManyOf: Readonly<Record<string, number>> = {
  im_open_login_svc: 70402,
  profile: 40001,
  openim: 90011,
};

describe('batches', () => {
  const limited = endpointNames.filter((name) => endpointOf(name).batch !== undefined);
  it.each(limited)('%s', async (name) => {
    const harness = await start();
    prepare(harness);
    const { call } = harness;
    const { batch, service, groupTypes: types } = endpointOf(name);
    if (batch === undefined) throw new Error('unreachable: only limited calls are tested');
    const type = types.includes('Public') ? 'Public' : (types[0] ?? 'Public');
    const tooMany = (count: number) => ({
      ...{ GroupId: groupOf[type], Type: 'Public', Name: 'n', TagList: [], Content: 'x' },
      ...{ MsgRandom: 1, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } }] },
      ...bodies[name],
      ...(name === 'create_group' && { GroupId: 'fresh' }),
      [batch.field]: Array.from({ length: count }, (_, index) => itemOf(name, index)),
    });
    const code = tooManyOf[service] ?? 10005;
    expect((await call(name, tooMany(batch.max + 1))).ErrorCode).toBe(code);
    expect((await call(name, tooMany(batch.max))).ErrorCode).not.toBe(code);
  });
});

/** An item of the list that a call limits. */
function itemOf(name: EndpointName, index: number): unknown {
  if (name === 'group_msg_recall') return { MsgSeq: index + 1 };
  if (name === 'account_check' || name === 'account_delete') return { UserID: `user${index}` };
  if (name === 'import_group_msg') return importedMessage;
  if (/^(add|set)_topic_permission_group$/.test(name)) return { TopicId: `topic${index}`, Permission: 0 };
  const { batch } = endpointOf(name);
  return batch?.field === 'MemberList' ? { Member_Account: `user${index}` } : `user${index}`;
}
