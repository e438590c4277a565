// Bans: who is out, until when, and the pages of their list.
import { describe, expect, it } from 'vitest';
import { groupOf, NOW, start } from '../harness.ts';

const guild = { GroupId: 'guild' };

describe('bans', () => {
  it.each(Object.entries(groupOf))('take out and keep out of a %s group', async (_type, GroupId) => {
    const { call, service, clock } = await start();
    const body = { GroupId, Members_Account: ['bob', 'mallory'], Duration: 60 };
    expect((await call('ban_group_member', body)).ErrorCode).toBe(0);
    const group = service.world.group(GroupId);
    expect(group.has('bob')).toBe(false);
    expect((await service.join(GroupId, 'bob')).ErrorCode).toBe(10007);
    clock.advance(60_000);
    expect(service.world.isBanned(GroupId, 'bob')).toBe(false);
    expect((await service.join(GroupId, 'bob')).ErrorCode).toBe(group.type === 'Private' ? 10007 : 0);
  });

  it('end by unban, and then the account joins by itself', async () => {
    const { call, service } = await start();
    const body = { ...guild, Members_Account: ['mallory', 'bob'] };
    expect((await call('unban_group_member', body)).ErrorCode).toBe(0);
    expect(service.world.group('guild').has('mallory')).toBe(false);
    expect((await service.join('guild', 'mallory')).ErrorCode).toBe(0);
  });

  it.each([
    ['no time', { Members_Account: ['bob'], Duration: 0 }, 10004],
    ['the owner', { Members_Account: ['bob', 'olivia'], Duration: 60 }, 10007],
    ['an unknown account', { Members_Account: ['bob', 'nobody'], Duration: 60 }, 10019],
    ['1000 bytes of reason', { Members_Account: ['bob'], Duration: 60, Description: 'x'.repeat(1000) }, 0],
    [
      '1001 bytes of reason',
      { Members_Account: ['bob'], Duration: 60, Description: 'x'.repeat(1001) },
      10004,
    ],
    ['the longest time', { Members_Account: ['bob'], Duration: 4_294_967_295 }, 0],
  ])('with %s', async (_name, body, code) => {
    const { call, service } = await start();
    expect((await call('ban_group_member', { ...guild, ...body })).ErrorCode).toBe(code);
    expect(service.world.group('guild').has('bob')).toBe(code !== 0);
  });

  it('leave a mute alone', async () => {
    const { call, service } = await start();
    await call('ban_group_member', { ...guild, Members_Account: ['carol'], Duration: 60 });
    expect(service.world.isMuted('guild', 'carol')).toBe(true);
  });
});

describe('get_group_ban_member', () => {
  it('pages by NextOffset in order of their end', async () => {
    const { call, clock } = await start();
    for (const [account, Duration] of [
      ['bob', 300],
      ['dave', 100],
      ['erin', 200],
    ]) {
      await call('ban_group_member', { ...guild, Members_Account: [account], Duration });
    }
    const first = await call('get_group_ban_member', { ...guild, Limit: 2, Offset: 0 });
    expect(first).toMatchObject({
      NextOffset: 2,
      BannedAccountList: [
        { Member_Account: 'dave', BannedUntil: NOW + 100 },
        { Member_Account: 'erin', BannedUntil: NOW + 200 },
      ],
    });
    const last = await call('get_group_ban_member', { ...guild, Limit: 2, Offset: 2 });
    expect(last).toMatchObject({
      NextOffset: 0,
      BannedAccountList: [{ Member_Account: 'bob' }, { Member_Account: 'mallory' }],
    });
    clock.advance(250_000);
    const later = await call('get_group_ban_member', { ...guild, Offset: 0 });
    expect(later.BannedAccountList).toHaveLength(2);
  });

  it.each([
    [{ Limit: 101, Offset: 0 }, 10004],
    [{ Limit: 0, Offset: 0 }, 0],
    [{ Limit: -1, Offset: 0 }, 10004],
    [{ Offset: -1 }, 10004],
    [{}, 10004],
    [{ Offset: 50 }, 0],
  ])('with %j -> %i', async (body, code) => {
    const { call } = await start();
    expect((await call('get_group_ban_member', { ...guild, ...body })).ErrorCode).toBe(code);
  });
});
