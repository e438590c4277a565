// The default world, and users who act in it by themselves.
import { describe, expect, it } from 'vitest';
import { groupOf, NOW, start } from '../harness.ts';

describe('the default world', () => {
  it('has one group of every type, with the same five people', async () => {
    const { service } = await start();
    for (const [type, id] of Object.entries(groupOf)) {
      const group = service.world.group(id);
      expect(group.type).toBe(type);
      expect(group.owner).toBe('olivia');
      for (const account of ['alice', 'bob', 'carol', 'dave']) expect(group.has(account)).toBe(true);
      expect(group.isModerator('alice')).toBe(type !== 'Private');
    }
  });

  it('has something to moderate', async () => {
    const { service } = await start();
    const { world } = service;
    expect(world.isMuted('guild', 'carol')).toBe(true);
    expect(world.isBanned('guild', 'mallory')).toBe(true);
    const shadows = [...world.group('guild').members.values()].filter(
      ({ nameCard }) => nameCard === 'Shadow',
    );
    expect(shadows.map(({ account }) => account)).toEqual(['frank', 'grace']);
    const messages = world.messages('guild');
    expect(messages.filter(({ state }) => state === 'recalled')).toHaveLength(1);
    expect(messages.filter(({ isSystem }) => isSystem)).toHaveLength(1);
    expect(messages.every(({ time }) => time <= NOW && time > NOW - 3600)).toBe(true);
    expect([...world.memberFields]).toEqual(['team', 'level', 'badge']);
  });
});

describe('users', () => {
  it.each([
    ['guild', 'bob', 0],
    ['guild', 'carol', 10017],
    ['guild', 'mallory', 10007],
    ['live', 'bob', 0],
    ['live', 'ken', 10007],
  ])('say something in %s as %s -> %i', async (groupId, account, code) => {
    const { service } = await start();
    const answer = await service.say(groupId, account, 'hello');
    expect(answer.ErrorCode).toBe(code);
    expect(answer.MsgSeq !== undefined).toBe(code === 0);
  });

  it.each([
    ['arena', 'ken', 'FreeAccess', 0],
    ['arena', 'bob', 'FreeAccess', 10013],
    ['guild', 'mallory', 'FreeAccess', 10007],
    ['guild', 'administrator', 'DisableApply', 10007],
    ['team', 'ken', 'FreeAccess', 10007],
    ['live', 'ken', 'FreeAccess', 0],
  ] as const)('join %s as %s under %s -> %i', async (groupId, account, option, code) => {
    const { service } = await start();
    service.world.group(groupId).profile.ApplyJoinOption = option;
    expect((await service.join(groupId, account)).ErrorCode).toBe(code);
    if (code === 0) expect(service.world.group(groupId).has(account)).toBe(true);
  });

  it('wait where an admin must approve', async () => {
    const { service } = await start();
    service.world.group('guild').profile.ApplyJoinOption = 'NeedPermission';
    expect(await service.join('guild', 'administrator')).toMatchObject({ ErrorCode: 0, waiting: true });
    expect(service.world.group('guild').has('administrator')).toBe(false);
  });

  it('find no room in a full group', async () => {
    const { service } = await start();
    service.world.group('arena').profile.MaxMemberNum = 6;
    expect((await service.join('arena', 'ken')).ErrorCode).toBe(10014);
  });

  it.each([
    ['guild', 'bob', 0],
    ['guild', 'olivia', 10009],
    ['guild', 'mallory', 10007],
    ['team', 'olivia', 0],
    ['live', 'bob', 0],
  ])('leave %s as %s -> %i', async (groupId, account, code) => {
    const { service } = await start();
    expect((await service.leave(groupId, account)).ErrorCode).toBe(code);
    if (groupId === 'team') expect(service.world.group('team').owner).toBe('');
  });
});

it('tells of every request until one stops listening', async () => {
  const { service, call } = await start();
  const seen: string[] = [];
  const stop = service.onRequest(({ endpoint }) => seen.push(endpoint));
  await call('get_appid_group_list', {});
  stop();
  await call('get_group_info', { GroupIdList: ['guild'] });
  expect(seen).toEqual(['get_appid_group_list']);
});

it('keeps the last 500 requests', async () => {
  const { service, call } = await start();
  for (let index = 0; index < 501; index += 1)
    await call('get_group_muted_account', { GroupId: `g${index}` });
  expect(service.requests).toHaveLength(500);
  expect(service.requests[0]?.body).toEqual({ GroupId: 'g1' });
});
