// Members: profiles, mutes, joining, kicks, paging.
import { describe, expect, it } from 'vitest';
import { groupOf, NOW, type Reply, start } from '../harness.ts';

const guild = { GroupId: 'guild' };
const lounge = { GroupId: groupOf.Community };
const HOUR = 3600;

describe('modify_group_member_info', () => {
  const multibyte = '梅'.repeat(16);
  it.each<[string, object, number]>([
    ['a promotion', { Role: 'Admin' }, 0],
    ['ownership', { Role: 'Owner' }, 10004],
    ['an unknown role', { Role: 'King' }, 10004],
    ['a name card of 50 bytes', { NameCard: `${multibyte}ab` }, 0],
    ['a name card of 51 bytes', { NameCard: `${multibyte}abc` }, 10004],
    ['no name card', { NameCard: '' }, 0],
    ['a message flag', { MsgFlag: 'Discard' }, 0],
    ['an unknown message flag', { MsgFlag: 'Loud' }, 10004],
    ['a declared field', { AppMemberDefinedData: [{ Key: 'team', Value: 'x'.repeat(64) }] }, 0],
    [
      'a field of 65 bytes',
      { AppMemberDefinedData: [{ Key: 'team', Value: `${'梅'.repeat(21)}ab` }] },
      10004,
    ],
    ['an undeclared field', { AppMemberDefinedData: [{ Key: 'colour', Value: 'x' }] }, 10004],
    ['a key that is none', { AppMemberDefinedData: [{ Key: 'te am', Value: 'x' }] }, 10004],
    [
      'six fields',
      { AppMemberDefinedData: Array.from({ length: 6 }, () => ({ Key: 'team', Value: 'x' })) },
      10004,
    ],
    ['a mute', { MuteTime: 60 }, 0],
    ['the longest mute', { MuteTime: 4_294_967_295 }, 0],
    ['a mute beyond 32 bits', { MuteTime: 4_294_967_296 }, 10004],
    ['a negative mute', { MuteTime: -1 }, 10004],
    ['nothing to change', {}, 0],
  ])('%s', async (_name, change, code) => {
    const { call } = await start();
    const reply = await call('modify_group_member_info', { ...guild, Member_Account: 'bob', ...change });
    expect(reply.ErrorCode).toBe(code);
  });

  it.each([
    ['olivia', { Role: 'Member' }, 10007],
    ['olivia', { MuteTime: 60 }, 0],
    ['mallory', { NameCard: 'x' }, 10004],
    ['nobody', { NameCard: 'x' }, 10004],
  ])('%s with %j -> %i', async (account, change, code) => {
    const { call } = await start();
    const reply = await call('modify_group_member_info', { ...guild, Member_Account: account, ...change });
    expect(reply.ErrorCode).toBe(code);
  });

  it('changes everything or nothing', async () => {
    const { call, service } = await start();
    const change = { Role: 'Admin', MuteTime: 60, NameCard: 'x'.repeat(51) };
    await call('modify_group_member_info', { ...guild, Member_Account: 'bob', ...change });
    expect(service.world.member('guild', 'bob')).toMatchObject({ role: 'Member', nameCard: 'Bob' });
    expect(service.world.isMuted('guild', 'bob')).toBe(false);
  });

  it('removes a custom field that is set to nothing', async () => {
    const { call, service } = await start();
    const AppMemberDefinedData = [{ Key: 'team', Value: '' }];
    await call('modify_group_member_info', { ...guild, Member_Account: 'bob', AppMemberDefinedData });
    expect(service.world.member('guild', 'bob')?.fields).toEqual(new Map([['level', '12']]));
  });
});

describe('mutes', () => {
  const profileOf = (reply: Reply) => reply.MemberList;
  const seeBob = { ...guild, Member_List_Account: ['bob'], MemberInfoFilter: ['MuteUntil'] };

  it('end by the clock, and their end stays stored', async () => {
    const { call, service, clock } = await start();
    await call('forbid_send_msg', { ...guild, Members_Account: ['bob'], MuteTime: 60 });
    const muted = await call('get_group_muted_account', guild);
    expect(muted.MutedAccountList).toEqual([
      { Member_Account: 'bob', MutedUntil: NOW + 60 },
      { Member_Account: 'carol', MutedUntil: NOW + HOUR },
    ]);
    clock.advance(60_000);
    expect(service.world.isMuted('guild', 'bob')).toBe(false);
    expect((await call('get_group_muted_account', guild)).MutedAccountList).toHaveLength(1);
    const profile = profileOf(await call('get_specified_group_member_info', seeBob));
    expect(profile).toEqual([{ Member_Account: 'bob', MuteUntil: NOW + 60 }]);
  });

  it('are replaced, and cleared by 0', async () => {
    const { call } = await start();
    const mute = (MuteTime: number) =>
      call('forbid_send_msg', { ...guild, Members_Account: ['bob'], MuteTime });
    await mute(600);
    await mute(60);
    expect(profileOf(await call('get_specified_group_member_info', seeBob))).toEqual([
      { Member_Account: 'bob', MuteUntil: NOW + 60 },
    ]);
    await mute(0);
    expect(profileOf(await call('get_specified_group_member_info', seeBob))).toEqual([
      { Member_Account: 'bob', MuteUntil: 0 },
    ]);
  });

  it('without end stay at the largest 32-bit number', async () => {
    const { call, clock } = await start();
    await call('forbid_send_msg', { ...guild, Members_Account: ['bob'], MuteTime: 4_294_967_295 });
    clock.advance(3650 * 24 * HOUR * 1000 - 1000);
    const muted = await call('get_group_muted_account', guild);
    expect(muted.MutedAccountList).toEqual([{ Member_Account: 'bob', MutedUntil: 4_294_967_295 }]);
  });

  it('survive a kick and a return', async () => {
    const { call, service } = await start();
    await call('delete_group_member', { ...guild, MemberToDel_Account: ['carol'] });
    expect(service.world.member('guild', 'carol')).toBeUndefined();
    expect((await service.join('guild', 'carol')).ErrorCode).toBe(0);
    expect((await service.say('guild', 'carol', 'back')).ErrorCode).toBe(10017);
  });

  it('hold in one group only', async () => {
    const { service } = await start();
    expect((await service.say('arena', 'carol', 'hello')).ErrorCode).toBe(0);
  });

  it('reach people of a live room, whose list of members is not kept', async () => {
    const { call, service } = await start();
    await call('forbid_send_msg', { GroupId: 'live', Members_Account: ['bob', 'frank'], MuteTime: 60 });
    expect((await service.say('live', 'bob', 'x')).ErrorCode).toBe(10017);
  });

  it('are refused whole when one account does not exist', async () => {
    const { call, service } = await start();
    const reply = await call('forbid_send_msg', {
      ...guild,
      Members_Account: ['bob', 'nobody'],
      MuteTime: 60,
    });
    expect(reply.ErrorCode).toBe(10019);
    expect(service.world.isMuted('guild', 'bob')).toBe(false);
  });
});

describe('kicks', () => {
  it('take members out and pass over the rest', async () => {
    const { call, service } = await start();
    const reply = await call('delete_group_member', {
      ...guild,
      MemberToDel_Account: ['bob', 'nobody', 'dave'],
    });
    expect(reply.ErrorCode).toBe(0);
    expect(service.world.group('guild').has('bob')).toBe(false);
    expect((await service.join('guild', 'bob')).ErrorCode).toBe(0);
  });

  it('never take the owner', async () => {
    const { call, service } = await start();
    const reply = await call('delete_group_member', { ...guild, MemberToDel_Account: ['bob', 'olivia'] });
    expect(reply.ErrorCode).toBe(10007);
    expect(service.world.group('guild').has('bob')).toBe(true);
  });
});

describe('add_group_member', () => {
  it('tells the result of each', async () => {
    const { call } = await start();
    await call('account_import', { UserID: 'newcomer' });
    const accounts = ['bob', 'newcomer', 'nobody', 'mallory'];
    const MemberList = accounts.map((Member_Account) => ({ Member_Account }));
    const reply = await call('add_group_member', { ...guild, MemberList });
    expect(reply.MemberList).toEqual([
      { Member_Account: 'bob', Result: 2 },
      { Member_Account: 'newcomer', Result: 1 },
      { Member_Account: 'nobody', Result: 0 },
      { Member_Account: 'mallory', Result: 0 },
    ]);
  });

  it('refuses what does not fit', async () => {
    const { call, service } = await start();
    service.world.group('team').profile.MaxMemberNum = 5;
    const reply = await call('add_group_member', {
      GroupId: 'team',
      MemberList: [{ Member_Account: 'erin' }],
    });
    expect(reply.ErrorCode).toBe(10014);
  });

  it('imports with a time of joining that must be possible', async () => {
    const { call, service } = await start();
    const created = service.world.group('arena').createTime;
    const reply = await call('import_group_member', {
      GroupId: 'arena',
      MemberList: [
        { Member_Account: 'mei', Role: 'Admin', JoinTime: created + 1 },
        { Member_Account: 'ken', JoinTime: created - 1 },
        { Member_Account: 'erin', JoinTime: NOW + 1 },
        { Member_Account: 'bob' },
        { Member_Account: 'nobody' },
      ],
    });
    expect(reply.MemberList).toMatchObject([
      { Result: 1 },
      { Result: 0 },
      { Result: 0 },
      { Result: 2 },
      { Result: 0 },
    ]);
    expect(service.world.member('arena', 'mei')).toMatchObject({ role: 'Admin', joinTime: created + 1 });
  });
});

describe('lists of members', () => {
  const accountsOf = (reply: Reply) =>
    Array.isArray(reply.MemberList) ? reply.MemberList.map((member) => member.Member_Account) : [];

  it('come by offset, with the total whatever is filtered', async () => {
    const { call } = await start();
    const page = await call('get_group_member_info', {
      ...guild,
      Limit: 3,
      Offset: 1,
      MemberInfoFilter: ['Role'],
    });
    expect(page.MemberList).toEqual([
      { Member_Account: 'alice', Role: 'Admin' },
      { Member_Account: 'ken', Role: 'Admin' },
      { Member_Account: 'bob', Role: 'Member' },
    ]);
    expect(page).not.toHaveProperty('Next');
    const admins = await call('get_group_member_info', { ...guild, MemberRoleFilter: ['Owner', 'Admin'] });
    expect(accountsOf(admins)).toEqual(['olivia', 'alice', 'ken']);
    expect(admins.MemberNum).toBe(12);
  });

  it('come by a text cursor in a Community, where Offset does nothing', async () => {
    const { call, service } = await start();
    for (let index = 0; index < 150; index += 1) service.world.addMember(lounge.GroupId, `user${index}`);
    const first = await call('get_group_member_info', { ...lounge, Next: '', Offset: 100 });
    expect(accountsOf(first)).toHaveLength(100);
    expect(accountsOf(first)[0]).toBe('olivia');
    expect(first.Next).toEqual(expect.any(String));
    expect(Number(first.Next)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    const last = await call('get_group_member_info', { ...lounge, Next: first.Next });
    expect(accountsOf(last)).toHaveLength(57);
    expect(last.Next).toBe('');
    const rounded = await call('get_group_member_info', { ...lounge, Next: String(Number(first.Next) * 10) });
    expect(rounded.ErrorCode).toBe(10004);
  });

  it('show custom fields only where they are asked for', async () => {
    const { call } = await start();
    const body = {
      ...guild,
      Member_List_Account: ['bob', 'nobody', 'mallory'],
      MemberInfoFilter: ['NameCard'],
    };
    const plain = await call('get_specified_group_member_info', body);
    expect(plain.MemberList).toEqual([{ Member_Account: 'bob', NameCard: 'Bob' }]);
    const asked = await call('get_specified_group_member_info', {
      ...body,
      AppDefinedDataFilter_GroupMember: ['team'],
    });
    expect(asked.MemberList).toMatchObject([{ AppMemberDefinedData: [{ Key: 'team', Value: 'red' }] }]);
  });

  it('tell roles', async () => {
    const { call } = await start();
    const reply = await call('get_role_in_group', {
      ...guild,
      User_Account: ['olivia', 'ken', 'bob', 'mallory'],
    });
    expect(reply.UserIdList).toEqual([
      { Member_Account: 'olivia', Role: 'Owner' },
      { Member_Account: 'ken', Role: 'Admin' },
      { Member_Account: 'bob', Role: 'Member' },
      { Member_Account: 'mallory', Role: 'NotMember' },
    ]);
  });
});
