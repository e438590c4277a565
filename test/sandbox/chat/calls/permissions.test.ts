// Permission groups: their calls, and what their masks let a user's client do.
import { describe, expect, it } from 'vitest';
import { type Harness, NOW, start } from '../harness.ts';

const plaza = { GroupId: '@TGS#_plaza' };
const trade = '@TGS#_plaza@TOPIC#_trade';
const helpers = { ...plaza, PermissionGroupId: '@PMG#_helpers' };
const SPEAK = 64;
const SPEAK_IN_TOPIC = 8;
const RECALL_IN_TOPIC = 32;

async function withHelpers(Permission = 0): Promise<Harness> {
  const harness = await start();
  const body = { ...helpers, PermissionGroupName: 'Helpers', Permission };
  expect((await harness.call('create_permission_group', body)).ErrorCode).toBe(0);
  return harness;
}

it('are made, listed by pages, changed and destroyed', async () => {
  const { call } = await withHelpers(5);
  const made = await call('create_permission_group', {
    ...plaza,
    PermissionGroupName: 'VIP',
    Permission: 2 ** 40,
  });
  expect(made.PermissionGroupId).toMatch(/^@PMG#_@PMG#c/);
  await call('modify_permission_group', { ...helpers, Permission: 0, CustomString: 'c' });
  const first = await call('get_permission_group', { ...plaza, Limit: 1, Next: '' });
  expect(first.PermissionGroupInfoList).toEqual([
    {
      ...{
        PermissionGroupId: '@PMG#_helpers',
        PermissionGroupName: 'Helpers',
        Permission: 0,
        CustomString: 'c',
      },
      ...{ MemberNum: 0, CreateTime: NOW, ErrorCode: 0, ErrorInfo: '' },
    },
  ]);
  const second = await call('get_permission_group', { ...plaza, Limit: 1, Next: first.Next });
  expect(second).toMatchObject({ PermissionGroupInfoList: [{ Permission: 2 ** 40 }], Next: '' });
  const ids = ['@PMG#_helpers', '@PMG#_nobody'];
  const gone = await call('destroy_permission_group', { ...plaza, PermissionGroupIdList: ids });
  expect(gone.PermissionGroupResultList).toMatchObject([{ ErrorCode: 0 }, { ErrorCode: 110008 }]);
  expect((await call('modify_permission_group', { ...helpers, Permission: 1 })).ErrorCode).toBe(110006);
});

it.each<[string, object, number]>([
  ['an ID without the mark', { PermissionGroupId: 'helpers' }, 10004],
  ['an ID of the automatic kind', { PermissionGroupId: '@PMG#_@PMG#x' }, 10004],
  ['an ID that is taken', {}, 10021],
  ['no name', { PermissionGroupName: '' }, 10004],
  ['a name over 150 bytes', { PermissionGroupId: '@PMG#_x', PermissionGroupName: 'x'.repeat(151) }, 10004],
  ['a Community without topics', { GroupId: '@TGS#_lounge' }, 10007],
])('refuses %s', async (_name, fields, code) => {
  const { call } = await withHelpers();
  const body = { ...helpers, PermissionGroupName: 'Helpers', Permission: 0, ...fields };
  expect((await call('create_permission_group', body)).ErrorCode).toBe(code);
});

it('take members and topics one by one', async () => {
  const { call } = await withHelpers();
  const MemberList = ['bob', 'bob', 'ken'].map((Member_Account) => ({ Member_Account }));
  expect((await call('add_permission_group_member', { ...helpers, MemberList })).MemberList).toMatchObject([
    { Result: 1 },
    { Result: 2 },
    { Result: 0 },
  ]);
  const TopicPermissionList = [
    { TopicId: trade, Permission: 8 },
    { TopicId: trade, Permission: 8 },
    { TopicId: 'x', Permission: 8 },
  ];
  const added = await call('add_topic_permission_group', { ...helpers, TopicPermissionList });
  expect(added.TopicPermissionResultList).toMatchObject([
    { ErrorCode: 0 },
    { ErrorCode: 110010 },
    { ErrorCode: 110013 },
  ]);
  await call('set_topic_permission_group', {
    ...helpers,
    TopicPermissionList: [{ TopicId: trade, Permission: 40 }],
  });
  const topics = await call('get_topic_permission_group', helpers);
  expect(topics.TopicPermissionList).toEqual([{ TopicId: trade, Permission: 40 }]);
  const detached = await call('delete_topic_permission_group', { ...helpers, TopicIdList: [trade, trade] });
  expect(detached.TopicPermissionResultList).toMatchObject([{ ErrorCode: 0 }, { ErrorCode: 110011 }]);
  const members = await call('get_permission_group_member_list', helpers);
  expect(members.MemberList).toEqual([{ Member_Account: 'bob' }]);
  await call('delete_group_member', { ...plaza, MemberToDel_Account: ['bob'] });
  expect((await call('get_permission_group_member_list', helpers)).MemberList).toEqual([]);
});

describe('decide who speaks', () => {
  const enable = ({ call }: Harness, DefaultPermission: number) =>
    call('modify_group_base_info', { ...plaza, EnablePermission: 1, DefaultPermission });
  const codeOf = async ({ service }: Harness, account: string, topicId?: string) =>
    (await service.say('@TGS#_plaza', account, 'hi', topicId === undefined ? {} : { topicId })).ErrorCode;
  const join = ({ call }: Harness, account: string) =>
    call('add_permission_group_member', { ...helpers, MemberList: [{ Member_Account: account }] });

  it('in the Community, by default or by a group', async () => {
    const harness = await withHelpers(SPEAK);
    expect(await codeOf(harness, 'bob')).toBe(0);
    await enable(harness, 0);
    await join(harness, 'bob');
    expect(await codeOf(harness, 'bob')).toBe(0);
    // An admin of the classic kind is a member like any other now; the owner is not.
    expect(await codeOf(harness, 'alice')).toBe(10007);
    expect(await codeOf(harness, 'olivia')).toBe(0);
    await enable(harness, SPEAK);
    expect(await codeOf(harness, 'alice')).toBe(0);
  });

  it('in a topic, by its own masks', async () => {
    const harness = await withHelpers();
    await enable(harness, SPEAK);
    await join(harness, 'bob');
    const TopicPermissionList = [{ TopicId: trade, Permission: SPEAK_IN_TOPIC }];
    await harness.call('add_topic_permission_group', { ...helpers, TopicPermissionList });
    expect(await codeOf(harness, 'bob', trade)).toBe(0);
    expect(await codeOf(harness, 'carol', trade)).toBe(10007);
    expect(await codeOf(harness, 'carol', '@TGS#_plaza@TOPIC#_general')).toBe(0);
  });

  it("and who takes back another's words", async () => {
    const harness = await withHelpers();
    await join(harness, 'carol');
    const recall = () => harness.service.recall('@TGS#_plaza', 'carol', 1, trade);
    expect((await recall()).ErrorCode).toBe(10007);
    await enable(harness, SPEAK);
    const TopicPermissionList = [{ TopicId: trade, Permission: RECALL_IN_TOPIC }];
    await harness.call('add_topic_permission_group', { ...helpers, TopicPermissionList });
    expect((await recall()).ErrorCode).toBe(0);
    expect((await recall()).ErrorCode).toBe(10032);
  });
});
