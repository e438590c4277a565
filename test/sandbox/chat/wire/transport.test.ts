// What the service demands of a request before it looks at the call: path, credentials, JSON.
import { describe, expect, it } from 'vitest';
import { endpointNames } from '../../../../src/chat/protocol/endpoints.ts';
import { manualClock } from '../../../../src/sandbox/clock.ts';
import { pathOf, START, start, userSig } from '../harness.ts';

const list = pathOf('get_appid_group_list');
const clock = manualClock(START);
const signed = (changes: Parameters<typeof userSig>[1]) => ({ usersig: userSig(clock, changes) });

describe('credentials', () => {
  it.each([
    ['no sdkappid', { sdkappid: undefined }, 60012],
    ['an sdkappid that is no number', { sdkappid: 'app' }, 60025],
    ['another contenttype', { contenttype: 'xml' }, 60025],
    ['an unknown sdkappid', { sdkappid: '1400000001' }, 70020],
    ['no identifier', { identifier: undefined }, 60025],
    ['no usersig', { usersig: undefined }, 70003],
    ['a garbled usersig', { usersig: 'abc' }, 70003],
    ['a cut usersig', { usersig: userSig(clock).slice(0, -8) }, 70003],
    ['a usersig of another app', signed({ sdkAppId: 1_400_000_001 }), 70014],
    ['a usersig of another account', signed({ identifier: 'bob' }), 70013],
    ['a usersig by another key', signed({ secretKey: 'f'.repeat(64) }), 70009],
    ['an expired usersig', signed({ issuedAt: START / 1000 - 101, expire: 100 }), 70001],
    ['a user who is no admin', { identifier: 'bob', ...signed({ identifier: 'bob' }) }, 60010],
    ['no random', { random: undefined }, 0],
    ['an over-long random', { random: '9'.repeat(40) }, 0],
    ['no contenttype', { contenttype: undefined }, 0],
  ])('%s -> %s', async (_name, query: Record<string, string | undefined>, code) => {
    const { send } = await start();
    expect((await send(list, '{}', query)).ErrorCode).toBe(code);
  });

  it('reads the expiry from the clock', async () => {
    const { send, clock } = await start();
    const usersig = userSig(clock, { expire: 60 });
    clock.advance(60_000);
    expect((await send(list, '{}', { usersig })).ErrorCode).toBe(0);
    clock.advance(1000);
    expect((await send(list, '{}', { usersig })).ErrorCode).toBe(70001);
  });

  it('keeps no usersig in the log', async () => {
    const { send, service, clock } = await start();
    await send(list, '{"Limit":1}');
    expect(service.requests).toHaveLength(1);
    expect(service.requests[0]).toMatchObject({
      endpoint: 'get_appid_group_list',
      body: { Limit: 1 },
      code: 0,
    });
    expect(JSON.stringify(service.requests)).not.toContain(userSig(clock).slice(0, 30));
  });
});

describe('paths', () => {
  it.each([
    ['/v4/no_such_svc/get_group_info', 60009],
    ['/v4/group_open_http_svc', 60009],
    ['/v3/group_open_http_svc/get_group_info', 60009],
    ['/', 60009],
    ['/v4/group_open_http_svc/no_such_command', 10003],
    ['/v4/profile/account_check', 10003],
    [`${list}/`, 0],
    [`/${list}`, 0],
    ['/v4/group_open_http_svc/get_group_shutted_uin', 10004],
  ])('%s -> %i', async (path, code) => {
    const { send } = await start();
    expect((await send(path, '{}')).ErrorCode).toBe(code);
  });

  it('checks the service before the signature and the signature before the command', async () => {
    const { send } = await start();
    const bad = { usersig: 'bad' };
    expect((await send('/v4/no_such_svc/x', '{}', bad)).ErrorCode).toBe(60009);
    expect((await send('/v4/group_open_http_svc/x', '{}', bad)).ErrorCode).toBe(70003);
  });

  it.each(endpointNames)('serves %s', async (name) => {
    const { call, service } = await start();
    const reply = await call(name, {});
    expect([10003, 60009, 10002]).not.toContain(reply.ErrorCode);
    expect(service.requests[0]?.endpoint).toBe(name);
  });
});

describe('bodies', () => {
  it.each([
    ['group_open_http_svc/get_appid_group_list', '', 10011],
    ['group_open_http_svc/get_appid_group_list', '{', 10011],
    ['group_open_http_svc/get_appid_group_list', '[]', 10011],
    ['group_open_http_svc/get_appid_group_list', '"x"', 10011],
    ['im_open_login_svc/account_check', 'x', 60003],
    ['profile/portrait_get', 'x', 40001],
    ['group_open_http_svc/get_group_muted_account', '{"GroupId":7}', 10004],
    ['group_open_http_svc/get_group_muted_account', '{"GroupId":""}', 10004],
    ['group_open_http_svc/get_group_muted_account', '{}', 10004],
    ['group_open_http_svc/get_group_muted_account', '{"GroupId":"nowhere"}', 10010],
    ['group_open_http_svc/get_group_muted_account', '{"GroupId":"Café"}', 10015],
    ['group_open_http_svc/get_group_muted_account', `{"GroupId":"${'g'.repeat(49)}"}`, 10015],
    ['group_open_http_svc/get_role_in_group', '{"GroupId":"guild","User_Account":[7]}', 60015],
    ['group_open_http_svc/get_role_in_group', '{"GroupId":"guild","User_Account":[]}', 10004],
    ['group_open_http_svc/get_role_in_group', '{"GroupId":"guild","User_Account":"bob"}', 10004],
    ['im_open_login_svc/account_import', '{"UserID":5}', 60015],
    ['im_open_login_svc/account_import', '{}', 70402],
    ['profile/portrait_get', '{}', 40001],
  ])('%s with %s -> %i', async (path, body, code) => {
    const { send } = await start();
    const reply = await send(`/v4/${path}`, body);
    expect(reply).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code });
  });

  it('says ErrorDisplay in profile answers, RequestId in live ones, no ErrorInfo in the list of mutes', async () => {
    const { call } = await start();
    const profile = await call('portrait_get', { To_Account: ['bob'], TagList: ['Tag_Profile_IM_Nick'] });
    expect(profile).toMatchObject({ ActionStatus: 'OK', ErrorInfo: '', ErrorDisplay: '' });
    expect(await call('get_admin_list', { GroupId: 'live' })).toHaveProperty('RequestId');
    const mutes = await call('get_group_muted_account', { GroupId: 'guild' });
    expect(mutes).toMatchObject({ ActionStatus: 'OK', ErrorCode: 0 });
    expect(mutes).not.toHaveProperty('ErrorInfo');
  });

  it('answers 10018 instead of more than 1 MB', async () => {
    const { call, service } = await start();
    for (let index = 0; index < 5900; index += 1) {
      service.world.addMember('guild', `user${index}`, { nameCard: 'x'.repeat(50) });
    }
    expect((await call('get_group_info', { GroupIdList: ['guild'] })).ErrorCode).toBe(10018);
    expect((await call('get_group_member_info', { GroupId: 'guild', Limit: 100 })).ErrorCode).toBe(0);
  });
});
