// States of accounts and groups: global mutes, presence, deletion, attributes, counters, imports.
import { describe, expect, it } from 'vitest';
import { NOW, pathOf, start } from '../harness.ts';
import { receive } from '../receiver.ts';

const guild = { GroupId: 'guild' };
const FOREVER = 4_294_967_295;
const element = { MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } };

describe('setnospeaking', () => {
  it('mutes in every group and in one-to-one chats, each for its time, without a webhook', async () => {
    const { call, service, clock, events } = await receive();
    const set = { Set_Account: 'bob', C2CmsgNospeakingTime: 4_294_967_295, GroupmsgNospeakingTime: 7200 };
    expect(await call('setnospeaking', set)).toEqual({ ErrorCode: 0, ErrorInfo: '' });
    clock.advance(4000);
    expect(await call('getnospeaking', { Get_Account: 'bob' })).toEqual({
      ...{ ErrorCode: 0, ErrorInfo: '' },
      ...{ C2CmsgNospeakingTime: FOREVER, GroupmsgNospeakingTime: 7196 },
    });
    expect((await service.say('guild', 'bob', 'x')).ErrorCode).toBe(10017);
    expect((await service.say('arena', 'bob', 'x')).ErrorCode).toBe(10017);
    expect((await service.whisper('bob', 'carol', 'x')).ErrorCode).toBe(20012);
    // A REST call may speak in his name one-to-one.
    const message = { To_Account: 'carol', From_Account: 'bob', MsgRandom: 1, MsgBody: [element] };
    await service.webhooksSettled();
    expect(events.map(({ body }) => body.CallbackCommand)).toEqual(
      Array.from({ length: 2 }, () => 'Group.CallbackSendMsgException'),
    );
    expect((await call('sendmsg', message)).ErrorCode).toBe(0);
    await call('setnospeaking', { Set_Account: 'bob', C2CmsgNospeakingTime: 0 });
    expect((await service.whisper('bob', 'carol', 'x')).ErrorCode).toBe(0);
    clock.advance(7_200_000);
    expect((await service.say('guild', 'bob', 'x')).ErrorCode).toBe(0);
  });

  it.each<[object, number]>([
    [{ Set_Account: 'bob' }, 130_008],
    [{ Set_Account: 'nobody', GroupmsgNospeakingTime: 1 }, 130_005],
    [{ GroupmsgNospeakingTime: 1 }, 130_005],
  ])('%j -> %i', async (body, code) => {
    const { call } = await start();
    expect(await call('setnospeaking', body)).toEqual({ ErrorCode: code, ErrorInfo: expect.any(String) });
  });
});

describe('presence', () => {
  it('is what clients and kick make of it, and is told', async () => {
    const { call, service, events } = await receive();
    await service.logIn('bob', 'iOS');
    await service.logIn('newcomer');
    const asked = { To_Account: ['bob', 'carol', 'ghost'], IsNeedDetail: 1 };
    expect(await call('query_online_status', asked)).toMatchObject({
      QueryResult: [
        { To_Account: 'bob', Status: 'Online', Detail: [{ Platform: 'iOS', Status: 'Online' }] },
        { To_Account: 'carol', Status: 'Offline', Detail: [] },
      ],
      ErrorList: [{ To_Account: 'ghost', ErrorCode: 70107 }],
    });
    expect((await call('kick', { UserID: 'bob' })).ErrorCode).toBe(0);
    expect((await call('kick', { UserID: 'ghost' })).ErrorCode).toBe(70107);
    expect((await service.logOut('bob')).ErrorCode).toBe(10001);
    await service.logOut('newcomer');
    await service.webhooksSettled();
    expect(events.map(({ body, query }) => [body.Info, query.get('OptPlatform')])).toEqual(
      expect.arrayContaining([
        [{ Action: 'Login', To_Account: 'bob', Reason: 'Register' }, 'iOS'],
        [{ Action: 'Logout', To_Account: 'bob', Reason: 'Unregister' }, 'RESTAPI'],
        [{ Action: 'Logout', To_Account: 'newcomer', Reason: 'Unregister' }, 'Web'],
      ]),
    );
  });
});

it('account_delete takes accounts out of everything, but not the app admin', async () => {
  const { call, service } = await start();
  const DeleteItem = ['bob', 'ghost', 'administrator'].map((UserID) => ({ UserID }));
  expect((await call('account_delete', { DeleteItem })).ResultItem).toMatchObject([
    { UserID: 'bob', ResultCode: 0, ResultInfo: '' },
    { UserID: 'ghost', ResultCode: 70107, ResultInfo: 'Err_TLS_PT_Open_Login_Account_Not_Exist' },
    { UserID: 'administrator', ResultCode: 71000 },
  ]);
  expect(service.world.member('guild', 'bob')).toBeUndefined();
  expect(service.world.accounts.has('bob')).toBe(false);
});

describe('attributes', () => {
  it('are set, changed, deleted and cleared, and every change is told', async () => {
    const { call, service, events } = await receive();
    const change = (name: Parameters<typeof call>[0], GroupAttr?: object[]) =>
      call(name, { ...guild, ...(GroupAttr && { GroupAttr }) });
    await change('set_group_attr', [{ key: 'a', value: '1' }]);
    await change('modify_group_attr', [{ key: 'b', value: '2' }]);
    expect((await change('get_group_attr')).GroupAttrAry).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ]);
    await change('delete_group_attr', [{ key: 'a' }]);
    expect((await change('delete_group_attr', [{ key: 'a' }])).ErrorCode).toBe(10050);
    expect((await change('get_group_attr')).GroupAttrAry).toEqual([{ key: 'b', value: '2' }]);
    await change('clear_group_attr');
    expect((await change('get_group_attr')).GroupAttrAry).toEqual([]);
    await service.webhooksSettled();
    const kinds = events.map(({ body }) => body.OptionType).toSorted();
    expect(kinds).toEqual(['clear', 'delete', 'modify', 'set']);
  });

  it.each<[string, object[], number]>([
    ['a long key', [{ key: 'k'.repeat(33), value: '' }], 10045],
    ['a long value', [{ key: 'k', value: 'v'.repeat(4001) }], 10046],
    ['too many', Array.from({ length: 17 }, (_, index) => ({ key: `k${index}`, value: '' })), 10047],
    [
      'too much',
      Array.from({ length: 5 }, (_, index) => ({ key: `k${index}`, value: 'v'.repeat(3999) })),
      10048,
    ],
  ])('refuse %s', async (_name, GroupAttr, code) => {
    const { call } = await start();
    expect((await call('set_group_attr', { ...guild, GroupAttr })).ErrorCode).toBe(code);
    expect((await call('get_group_attr', guild)).GroupAttrAry).toEqual([]);
  });
});

it('counters count', async () => {
  const { call } = await start();
  const update = (Mode: string | undefined, Value: number) =>
    call('update_group_counter', { ...guild, GroupCounter: [{ Key: 'likes', Value }], Mode });
  expect((await update(undefined, 5)).GroupCounter).toEqual([{ Key: 'likes', Value: 5 }]);
  expect((await update('Increase', 2)).GroupCounter).toEqual([{ Key: 'likes', Value: 7 }]);
  expect((await update('Decrease', 10)).GroupCounter).toEqual([{ Key: 'likes', Value: -3 }]);
  const many = Array.from({ length: 20 }, (_, index) => ({ Key: `k${index}`, Value: 0 }));
  expect((await call('update_group_counter', { ...guild, GroupCounter: many })).ErrorCode).toBe(10063);
  await call('delete_group_counter', { ...guild, GroupCounterKeys: ['likes'] });
  expect((await call('get_group_counter', guild)).GroupCounter).toEqual([]);
});

describe('imports', () => {
  it('bring a group and its messages in, at their own times and without webhooks', async () => {
    const { call, service, events } = await receive();
    const made = {
      Type: 'Public',
      Name: 'Old',
      GroupId: 'old',
      Owner_Account: 'bob',
      CreateTime: NOW - 1000,
    };
    expect((await call('import_group', made)).GroupId).toBe('old');
    const message = (SendTime: number, From_Account = 'bob') => ({
      SendTime,
      From_Account,
      MsgBody: [element],
    });
    const MsgList = [
      message(NOW - 900),
      message(NOW - 950),
      message(NOW + 1),
      message(NOW - 800, 'ghost'),
      { ...message(NOW - 700), MsgBody: [{ MsgType: 'x', MsgContent: { Text: 'x'.repeat(13_000) } }] },
      message(NOW - 600),
    ];
    const reply = await call('import_group_msg', { GroupId: 'old', MsgList });
    expect(reply.ImportMsgResult).toEqual([
      { MsgSeq: 1, MsgTime: NOW - 900, Result: 0 },
      { Result: 10004 },
      { Result: 10004 },
      { Result: 10019 },
      { Result: 80002 },
      { MsgSeq: 2, MsgTime: NOW - 600, Result: 0 },
    ]);
    expect(service.world.group('old')).toMatchObject({ createTime: NOW - 1000, lastMsgTime: NOW - 600 });
    await service.webhooksSettled();
    expect(events).toEqual([]);
  });

  it.each<[object, number]>([
    [{ Type: 'AVChatRoom' }, 10007],
    [{ CreateTime: NOW + 1 }, 10004],
    [{ GroupId: 'guild' }, 10021],
  ])('of a group with %j -> %i', async (fields, code) => {
    const { call } = await start();
    expect((await call('import_group', { Type: 'Public', Name: 'Old', ...fields })).ErrorCode).toBe(code);
  });
});

it('get_group_shutted_uin answers in the words of old', async () => {
  const { call, send } = await start();
  const path = '/v4/group_open_http_svc/get_group_shutted_uin';
  expect(await send(path, JSON.stringify(guild))).toMatchObject({
    ErrorCode: 0,
    GroupId: 'guild',
    ShuttedUinList: [{ Member_Account: 'carol', ShuttedUntil: NOW + 3600 }],
  });
  expect(await call('get_group_muted_account', guild)).not.toHaveProperty('ShuttedUinList');
});

describe('what is not modelled', () => {
  it.each([
    ['/v4/sns/friend_add', 60009],
    ['/v4/group_open_http_svc/send_broadcast_msg', 10003],
  ])('%s says so', async (path, code) => {
    const { send } = await start();
    const reply = await send(path, '{}');
    expect(reply.ErrorCode).toBe(code);
    expect(reply.ErrorInfo).toContain(`does not model ${path.slice(1)}`);
  });

  it('says so of a message for some members only', async () => {
    const { send, service } = await start();
    const before = service.world.messages('guild').length;
    const body = { ...guild, Random: 1, MsgBody: [element], To_Account: ['bob'] };
    const reply = await send(pathOf('send_group_msg'), JSON.stringify(body));
    expect(reply).toMatchObject({ ErrorCode: 10004, ErrorInfo: expect.stringContaining('To_Account') });
    expect(service.world.messages('guild')).toHaveLength(before);
    for (const To_Account of [null, []]) {
      const unset = await send(pathOf('send_group_msg'), JSON.stringify({ ...body, To_Account }));
      expect(unset.ErrorCode).toBe(0);
    }
  });
});

it('group custom fields are kept, limited and shown where asked for', async () => {
  const { call } = await start();
  const set = (...AppDefinedData: { Key: string; Value: string }[]) =>
    call('modify_group_base_info', { ...guild, AppDefinedData });
  expect((await set({ Key: 'season', Value: '7' }, { Key: 'rank', Value: 'A' })).ErrorCode).toBe(0);
  await set({ Key: 'rank', Value: '' });
  const ResponseFilter = { GroupBaseInfoFilter: ['Name'], AppDefinedDataFilter_Group: ['season', 'rank'] };
  const reply = await call('get_group_info', { GroupIdList: ['guild'], ResponseFilter });
  expect(reply.GroupInfo).toMatchObject([{ AppDefinedData: [{ Key: 'season', Value: '7' }] }]);
  expect((await set({ Key: 'season', Value: 'x'.repeat(513) })).ErrorCode).toBe(10004);
  expect((await set({ Key: 'not ok', Value: 'x' })).ErrorCode).toBe(10004);
});
