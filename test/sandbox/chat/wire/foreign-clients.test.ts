// Other programs' habits of HTTP and JSON, all of which must work.

import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Harness, NOW, pathOf, read, start } from '../harness.ts';

const list = pathOf('get_appid_group_list');

interface Sending {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly agent?: Agent;
  write?(request: ClientRequest): void;
}

/** Two writes without a length: the body goes chunked. */
function writeInParts(sent: ClientRequest): void {
  sent.write('{');
  sent.write('}');
}

async function exchange(url: string, { write, ...options }: Sending) {
  const sent = request(url, options);
  write?.(sent);
  sent.end();
  // `response` brings exactly one IncomingMessage.
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

describe('HTTP', () => {
  it.each<[string, Sending, number]>([
    ['a POST without content-type', { method: 'POST', write: (r) => r.write('{}') }, 0],
    [
      'a form content-type',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        write: (r) => r.write('{}'),
      },
      0,
    ],
    ['a chunked body', { method: 'POST', write: writeInParts }, 0],
    [
      'a content-length',
      { method: 'POST', headers: { 'content-length': '2' }, write: (r) => r.write('{}') },
      0,
    ],
    [
      'a GET with a body',
      { method: 'GET', headers: { 'content-length': '2' }, write: (r) => r.write('{}') },
      0,
    ],
    ['a GET without a body', { method: 'GET' }, 60002],
    ['OPTIONS', { method: 'OPTIONS' }, 60002],
    ['PUT', { method: 'PUT', write: (r) => r.write('{}') }, 60002],
    ['a body of 5 MB', { method: 'POST', write: (r) => r.write(`{"x":"${'x'.repeat(5_000_000)}"}`) }, 60002],
  ])('%s', async (_name, sending, code) => {
    const { urlOf } = await start();
    const { status, headers, text } = await exchange(urlOf(list), sending);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(read(text).ErrorCode).toBe(code);
  });

  it('answers HEAD', async () => {
    const { urlOf } = await start();
    expect(await exchange(urlOf(list), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  it('keeps a connection for many requests', async () => {
    const { urlOf, service } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let index = 0; index < 3; index += 1) {
      await exchange(urlOf(list), { method: 'POST', agent, write: (r) => r.write('{}') });
      ports.add(Object.values(agent.freeSockets)[0]?.[0]?.localPort);
    }
    expect(ports.size).toBe(1);
    expect(service.requests).toHaveLength(3);
    agent.destroy();
  });

  it('survives a client that leaves in the middle of its body', async () => {
    const { call, service } = await start();
    const socket = connect(service.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST ${list} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`);
    socket.destroy();
    expect((await call('get_appid_group_list', {})).ErrorCode).toBe(0);
  });

  it('takes a repeated random and repeated parameters', async () => {
    const { urlOf } = await start();
    const url = `${urlOf(list)}&random=1&random=1&foo=bar`;
    const { text } = await exchange(url, { method: 'POST', write: (r) => r.write('{}') });
    expect(read(text).ErrorCode).toBe(0);
  });
});

describe('JSON', () => {
  const guild = { GroupId: 'guild' };
  const muteOf = ({ service }: Harness, account: string) => service.world.group('guild').mutes.get(account);

  it('reads the field names of old', async () => {
    const harness = await start();
    const { call, service } = harness;
    await call('forbid_send_msg', { ...guild, Members_Account: ['bob'], ShutUpTime: 60 });
    expect(muteOf(harness, 'bob')).toBe(NOW + 60);
    await call('modify_group_member_info', { ...guild, Member_Account: 'dave', ShutUpTime: 90 });
    expect(muteOf(harness, 'dave')).toBe(NOW + 90);
    await call('modify_group_base_info', { ...guild, ShutUpAllMember: 'On' });
    expect(service.world.group('guild').profile.MuteAllMember).toBe('On');
    await call('account_import', { Identifier: 'newcomer' });
    expect(service.world.accounts.has('newcomer')).toBe(true);
    const message = { ...guild, Random: 1, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } }] };
    expect(await call('send_group_msg', { ...message, MsgOnlineOnlyFlag: 1 })).toMatchObject({ MsgSeq: 0 });
  });

  it('emits current names only, whatever the filter says', async () => {
    const { call } = await start();
    const reply = await call('get_group_member_info', { ...guild, MemberInfoFilter: ['ShutUpUntil'] });
    expect(reply.MemberList).toContainEqual({ Member_Account: 'carol', MuteUntil: NOW + 3600 });
    const info = await call('get_group_info', {
      GroupIdList: ['guild'],
      ResponseFilter: { GroupBaseInfoFilter: ['ShutUpAllMember'] },
    });
    expect(info.GroupInfo).toEqual([{ GroupId: 'guild', ErrorCode: 0, ErrorInfo: '', MuteAllMember: 'Off' }]);
  });

  it('takes null for absent and passes over fields it does not know', async () => {
    const { call } = await start();
    const reply = await call('get_group_member_info', {
      ...guild,
      MemberInfoFilter: null,
      MemberRoleFilter: null,
      Limit: null,
      Nonsense: { deep: [1] },
    });
    expect(reply).toMatchObject({ ErrorCode: 0, MemberNum: 12 });
    const made = await call('create_group', {
      ...{ Type: 'Public', Name: 'n', Owner_Account: 'bob', FaceUrl: null },
      MemberList: [{ Member_Account: 'dave', Role: null, AppMemberDefinedData: null }],
    });
    expect(made.ErrorCode).toBe(0);
    expect((await call('forbid_send_msg', { ...guild, Members_Account: null, MuteTime: 1 })).ErrorCode).toBe(
      10004,
    );
  });

  it('takes an empty filter and a Limit of 0 for absent', async () => {
    const { call } = await start();
    const unset = { Limit: 0, Offset: 0, MemberInfoFilter: [], MemberRoleFilter: [] };
    const reply = await call('get_group_member_info', { ...guild, ...unset });
    const everything = await call('get_group_member_info', guild);
    expect(reply).toEqual(everything);
    expect(reply.MemberList).toHaveLength(12);
  });

  it('takes no number for a text and no text for a number', async () => {
    const { call } = await start();
    const reply = await call('forbid_send_msg', { ...guild, Members_Account: ['bob'], MuteTime: '60' });
    expect(reply.ErrorCode).toBe(10004);
  });
});
