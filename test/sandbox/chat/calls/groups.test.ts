// Groups: details, lists, making and unmaking.
import { describe, expect, it } from 'vitest';
import { NOW, type Reply, start } from '../harness.ts';

const guild = { GroupId: 'guild' };

describe('get_group_info', () => {
  const infoOf = (reply: Reply) => (Array.isArray(reply.GroupInfo) ? reply.GroupInfo : []);

  it('carries a code for each group', async () => {
    const { call } = await start();
    const reply = await call('get_group_info', {
      GroupIdList: ['guild', 'nowhere', 'Café'],
      ResponseFilter: { GroupBaseInfoFilter: ['Type', 'MemberNum'] },
    });
    expect(reply.ErrorCode).toBe(0);
    expect(reply.GroupInfo).toEqual([
      { GroupId: 'guild', ErrorCode: 0, ErrorInfo: '', Type: 'Public', MemberNum: 12 },
      { GroupId: 'nowhere', ErrorCode: 10010, ErrorInfo: 'this group does not exist' },
      { GroupId: 'Café', ErrorCode: 10015, ErrorInfo: expect.any(String) },
    ]);
  });

  it.each<[string, object | undefined, boolean, boolean]>([
    ['no filter', undefined, true, true],
    ['an empty filter', {}, true, true],
    ['filters that are empty', { GroupBaseInfoFilter: [], MemberInfoFilter: [] }, true, true],
    ['a filter for the base', { GroupBaseInfoFilter: ['Name'] }, false, false],
    ['a filter for members', { MemberInfoFilter: ['Role'] }, true, true],
  ])('with %s', async (_name, ResponseFilter, hasBase, hasMembers) => {
    const { call } = await start();
    const reply = await call('get_group_info', { GroupIdList: ['guild'], ResponseFilter });
    const [info] = infoOf(reply);
    expect('Introduction' in info).toBe(hasBase);
    expect('MemberList' in info).toBe(hasMembers);
  });

  it('counts who is online in a live room, and lists nobody', async () => {
    const { call } = await start();
    const [info] = infoOf(await call('get_group_info', { GroupIdList: ['live'] }));
    expect(info).toMatchObject({ Type: 'AVChatRoom', MemberNum: 6 });
    expect(info).not.toHaveProperty('MemberList');
  });
});

describe('get_appid_group_list', () => {
  it('pages by a cursor over 32 bits', async () => {
    const { call } = await start();
    const first = await call('get_appid_group_list', { Limit: 3 });
    expect(first).toMatchObject({ TotalCount: 6, GroupIdList: [{}, {}, {}] });
    expect(first.Next).toBeGreaterThan(2 ** 32);
    expect(await call('get_appid_group_list', { Limit: 3, Next: first.Next })).toMatchObject({
      GroupIdList: [{ GroupId: '@TGS#_lounge' }, { GroupId: '@TGS#_plaza' }, { GroupId: 'live' }],
      Next: 0,
    });
  });

  it.each([
    ['Public', ['guild']],
    ['Private', ['team']],
    ['Meeting', ['arena']],
    ['BChatRoom', []],
  ])('of type %s', async (GroupType, ids) => {
    const { call } = await start();
    const reply = await call('get_appid_group_list', { GroupType });
    expect(reply).toMatchObject({ TotalCount: ids.length, GroupIdList: ids.map((GroupId) => ({ GroupId })) });
  });

  it('knows its types', async () => {
    const { call } = await start();
    expect((await call('get_appid_group_list', { GroupType: 'Secret' })).ErrorCode).toBe(10004);
  });
});

describe('get_joined_group_list', () => {
  it.each<[string, object, string[]]>([
    ['bob', {}, ['guild', 'team', 'arena', '@TGS#_lounge', '@TGS#_plaza']],
    ['bob', { WithHugeGroups: 1 }, ['guild', 'team', 'arena', '@TGS#_lounge', '@TGS#_plaza', 'live']],
    ['bob', { SupportTopic: 1 }, ['@TGS#_plaza']],
    ['bob', { GroupType: 'Community', SupportTopic: 0 }, ['@TGS#_lounge']],
    ['bob', { Limit: 1, Offset: 1 }, ['team']],
    ['bob', { GroupType: 'Public' }, ['guild']],
    ['mallory', {}, []],
  ])('of %s with %j', async (Member_Account, options, ids) => {
    const { call } = await start();
    const reply = await call('get_joined_group_list', { Member_Account, ...options });
    const about = { Type: 'Community', SupportTopic: 1, GrossTopicNextMsgSeq: 3 };
    expect(reply.GroupIdList).toEqual(
      ids.map((GroupId) => ({ GroupId, ...(GroupId === '@TGS#_plaza' && about) })),
    );
  });

  it('shows what is asked for of the group and of oneself', async () => {
    const { call } = await start();
    const reply = await call('get_joined_group_list', {
      ...{ Member_Account: 'ken', GroupType: 'Public' },
      ResponseFilter: { GroupBaseInfoFilter: ['Name'], SelfInfoFilter: ['Role'] },
    });
    expect(reply.GroupIdList).toEqual([
      { GroupId: 'guild', Name: 'Moonlight Guild', SelfInfo: { Role: 'Admin' } },
    ]);
  });

  it('leaves out a Work group where nobody has spoken yet', async () => {
    const { call } = await start();
    const { GroupId } = await call('create_group', { Type: 'Work', Name: 'new', Owner_Account: 'frank' });
    const joined = (options: object) =>
      call('get_joined_group_list', { Member_Account: 'frank', ...options });
    expect(await joined({})).toMatchObject({ TotalCount: 1 });
    expect(await joined({ WithNoActiveGroups: 1 })).toMatchObject({ TotalCount: 2 });
    const MsgBody = [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hi' } }];
    await call('send_group_msg', { GroupId, Random: 1, MsgBody });
    expect(await joined({})).toMatchObject({ TotalCount: 2 });
  });
});

describe('create_group', () => {
  const bob = { Owner_Account: 'bob' };
  it.each<[string, object, number]>([
    ['an own ID', { Type: 'Public', GroupId: 'mine' }, 0],
    ['the old word for Work', { Type: 'Private' }, 0],
    ['the new word for Work', { Type: 'Work' }, 0],
    ['an unknown type', { Type: 'Secret' }, 10004],
    ['an ID that is taken', { Type: 'Public', GroupId: 'guild' }, 10021],
    ['an ID that the owner has taken', { Type: 'Public', GroupId: 'guild', Owner_Account: 'olivia' }, 10025],
    ['a reserved ID', { Type: 'Public', GroupId: '@TGS#mine' }, 10004],
    ['a Community ID', { Type: 'Community', GroupId: '@TGS#_mine' }, 0],
    ['a Community without its prefix', { Type: 'Community', GroupId: 'mine' }, 10004],
    ['an ID of 48 bytes', { Type: 'Public', GroupId: 'g'.repeat(48) }, 0],
    ['an ID of 49 bytes', { Type: 'Public', GroupId: 'g'.repeat(49) }, 10004],
    ['a name of 30 bytes', { Type: 'Public', Name: '公'.repeat(10) }, 0],
    ['a name of 31 bytes', { Type: 'Public', Name: `${'公'.repeat(10)}x` }, 10004],
    ['an unknown owner', { Type: 'Public', Owner_Account: 'nobody' }, 10019],
    ['an unknown member', { Type: 'Public', MemberList: [{ Member_Account: 'nobody' }] }, 10019],
    ['members of a live room', { Type: 'AVChatRoom', MemberList: [{ Member_Account: 'dave' }] }, 10007],
    [
      'an admin of a Work group',
      { Type: 'Work', MemberList: [{ Member_Account: 'dave', Role: 'Admin' }] },
      10007,
    ],
    ['too many members', { Type: 'Public', MaxMemberCount: 6001 }, 10038],
    [
      'more members than it holds',
      { Type: 'Public', MaxMemberCount: 1, MemberList: [{ Member_Account: 'dave' }] },
      10014,
    ],
    ['permission groups without topics', { Type: 'Community', EnablePermission: 1 }, 10007],
    ['permission groups', { Type: 'Community', SupportTopic: 1, EnablePermission: 1 }, 0],
  ])('with %s', async (_name, body, code) => {
    const { call } = await start();
    expect((await call('create_group', { Name: 'n', ...bob, ...body })).ErrorCode).toBe(code);
  });

  it('makes IDs, members and an owner', async () => {
    const { call, service } = await start();
    const MemberList = [{ Member_Account: 'dave', Role: 'Admin' }, { Member_Account: 'erin' }];
    const made = await call('create_group', { Type: 'Public', Name: 'n', ...bob, MemberList });
    expect(made.GroupId).toMatch(/^@TGS#[0-9A-Z]+$/);
    const group = service.world.group(String(made.GroupId));
    expect(group.createTime).toBe(NOW);
    expect([...group.members.values()].map(({ account, role }) => [account, role])).toEqual([
      ['bob', 'Owner'],
      ['dave', 'Admin'],
      ['erin', 'Member'],
    ]);
    const community = await call('create_group', { Type: 'Community', Name: 'n', SupportTopic: 1 });
    expect(community).toMatchObject({ HugeGroupFlag: 0, Type: 'Community' });
    expect(community.GroupId).toMatch(/^@TGS#_@TGS#c/);
  });

  it('takes the Admin powers away where permission groups are on', async () => {
    const { call, service } = await start();
    const MemberList = [{ Member_Account: 'dave', Role: 'Admin' }];
    const { GroupId } = await call('create_group', {
      ...{ Type: 'Community', Name: 'n', ...bob, MemberList, SupportTopic: 1, EnablePermission: 1 },
      // Everybody may speak, as long as nothing is locked.
      DefaultPermission: 64,
    });
    await call('modify_group_base_info', { GroupId, MuteAllMember: 'On' });
    expect((await service.say(String(GroupId), 'dave', 'x')).ErrorCode).toBe(10017);
    expect((await service.say(String(GroupId), 'bob', 'x')).ErrorCode).toBe(0);
  });
});

describe('modify_group_base_info', () => {
  it.each([
    ['Name', 30],
    ['Introduction', 240],
    ['Notification', 300],
    ['FaceUrl', 100],
  ])('takes a %s of %i bytes and no more', async (field, max) => {
    const { call } = await start();
    const modify = (text: string) => call('modify_group_base_info', { ...guild, [field]: text });
    expect((await modify('x'.repeat(max))).ErrorCode).toBe(0);
    expect((await modify(`${'x'.repeat(max - 2)}梅`)).ErrorCode).toBe(10004);
  });

  it('knows its operator', async () => {
    const { call } = await start();
    const body = { ...guild, Name: 'n' };
    expect((await call('modify_group_base_info', { ...body, From_Account: 'nobody' })).ErrorCode).toBe(10019);
    expect((await call('modify_group_base_info', { ...body, From_Account: 'alice' })).ErrorCode).toBe(0);
  });
});

it('hands a group over to a member', async () => {
  const { call, service } = await start();
  const handOver = (NewOwner_Account: string) => call('change_group_owner', { ...guild, NewOwner_Account });
  expect((await handOver('mallory')).ErrorCode).toBe(10004);
  expect((await handOver('bob')).ErrorCode).toBe(0);
  expect(service.world.member('guild', 'bob')?.role).toBe('Owner');
  expect(service.world.member('guild', 'olivia')?.role).toBe('Member');
});

it('forgets a group that is disbanded', async () => {
  const { call } = await start();
  expect((await call('destroy_group', guild)).ErrorCode).toBe(0);
  expect((await call('destroy_group', guild)).ErrorCode).toBe(10010);
  const again = { Type: 'Public', Name: 'n', ...guild };
  expect((await call('create_group', again)).ErrorCode).toBe(0);
  expect((await call('get_group_muted_account', guild)).MutedAccountList).toEqual([]);
});

describe('modify_admin', () => {
  const live = { GroupId: 'live' };
  it('sets and takes up to five admins, who need not be inside', async () => {
    const { call } = await start();
    const modify = (CommandType: number, ...Admin_Account: string[]) =>
      call('modify_admin', { ...live, CommandType, Admin_Account });
    expect((await modify(1, 'frank', 'grace', 'ken', 'bob')).ErrorCode).toBe(0);
    expect((await modify(1, 'dave')).ErrorCode).toBe(10004);
    expect((await modify(2, 'alice', 'frank', 'grace', 'bob')).ErrorCode).toBe(0);
    expect((await modify(3, 'ken')).ErrorCode).toBe(10004);
    expect((await modify(1, 'nobody')).ErrorCode).toBe(10019);
    const reply = await call('get_admin_list', live);
    expect(reply.Admin_List).toEqual([{ Admin_Account: 'ken', NickName: 'Ken', Avatar: '' }]);
  });
});
