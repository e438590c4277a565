// The control over plain HTTP, as a test suite in another language uses it.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createChatClient } from '../../src/chat/client/client.ts';
import { type SandboxOptions, startSandbox, WorldFileFault } from '../../src/sandbox/index.ts';

async function start(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const [admin = ''] = sandbox.app.admins;
  const client = createChatClient({ ...sandbox.app, admin, baseUrl: sandbox.chat.url });
  onTestFinished(() => client.close());
  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    headers: object = {},
  ) => {
    const answer = await request(`${sandbox.chat.url}/sandbox${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: await answer.body.json() };
  };
  return { sandbox, client, ask };
}

it('lists what there is', async () => {
  const { ask } = await start();
  const { body } = await ask('GET', '');
  expect(body).toMatchObject({
    routes: expect.arrayContaining(['POST /sandbox/clock', 'POST /sandbox/clients/say']),
  });
});

it('moves the clock, so that a mute ends', async () => {
  const { ask, sandbox } = await start();
  expect(sandbox.chat.world.isMuted('guild', 'carol')).toBe(true);
  const stopped = await ask('POST', '/clock', { running: false });
  const moved = await ask('POST', '/clock', { advance: 3600 });
  const unixOf = ({ body }: { body: unknown }) => (body as { unix: number }).unix;
  expect(unixOf(moved) - unixOf(stopped)).toBe(3600);
  expect(sandbox.chat.world.isMuted('guild', 'carol')).toBe(false);
  expect((await ask('POST', '/clock', { now: '2030-01-01T00:00:00Z' })).body).toEqual({
    ...{ now: '2030-01-01T00:00:00.000Z', unix: 1_893_456_000, running: false },
  });
  expect((await ask('POST', '/clock', { running: true })).body).toMatchObject({ running: true });
});

it('plans faults for both stand-ins, and forgets them', async () => {
  const { ask, client, sandbox } = await start();
  const mute = () =>
    client.call('forbid_send_msg', { GroupId: 'guild', Members_Account: ['bob'], MuteTime: 60 });
  await ask('POST', '/faults', { service: 'chat', endpoint: 'forbid_send_msg', fault: { kind: 'ignored' } });
  expect(await mute()).toMatchObject({ ok: true });
  expect(sandbox.chat.world.isMuted('guild', 'bob')).toBe(false);
  await ask('POST', '/faults', { service: 'chat', endpoint: '*', fault: { kind: 'code', code: 10007 } });
  expect(await mute()).toMatchObject({ ok: false, error: { code: 10007 } });
  await ask('POST', '/faults', { service: 'chat', endpoint: '*', fault: { kind: 'down' } });
  await ask('DELETE', '/faults');
  expect(await mute()).toMatchObject({ ok: true });
  expect(sandbox.chat.world.isMuted('guild', 'bob')).toBe(true);

  const { api, token } = sandbox.discord;
  const me = async () =>
    (await request(`${api}/v10/users/@me`, { headers: { authorization: `Bot ${token}` } })).statusCode;
  await ask('POST', '/faults', {
    service: 'discord',
    path: '/users/@me',
    fault: { kind: 'status', status: 503 },
  });
  expect(await me()).toBe(503);
  expect(await me()).toBe(200);
});

it('shows the requests that came in, without their signature, and forgets them', async () => {
  const { ask, client } = await start();
  await client.call('get_role_in_group', { GroupId: 'guild', User_Account: ['bob'] });
  const { body } = await ask('GET', '/requests');
  expect(body).toMatchObject({
    requests: [
      {
        endpoint: 'get_role_in_group',
        identifier: 'administrator',
        body: { User_Account: ['bob'] },
        code: 0,
      },
    ],
  });
  expect(JSON.stringify(body)).not.toMatch(/usersig/i);
  await ask('DELETE', '/requests');
  expect((await ask('GET', '/requests')).body).toEqual({ requests: [] });
  expect((await ask('GET', '/requests?service=discord')).body).toEqual({ requests: [] });
});

it('lets clients act, sends webhooks where told, and shows what reached whom', async () => {
  const { ask, sandbox } = await start();
  const said = await ask('POST', '/clients/say', { group: 'guild', account: 'bob', text: 'hello' });
  expect(said.body).toMatchObject({ ErrorCode: 0, MsgSeq: 14 });
  expect(
    (await ask('POST', '/clients/say', { group: 'guild', account: 'carol', text: 'x' })).body,
  ).toMatchObject({
    ErrorCode: 10017,
  });
  await ask('POST', '/clients/whisper', { from: 'bob', to: 'ken', text: 'psst' });
  expect((await ask('GET', '/inbox?account=ken')).body).toMatchObject({
    inbox: [{ text: 'psst', from: 'bob' }],
  });
  // A port where nobody listens, and a receiver that must not fail.
  await ask('POST', '/webhook', { url: 'http://127.0.0.1:9/', onFailure: 'refuse' });
  const refused = await ask('POST', '/clients/say', { group: 'guild', account: 'bob', text: 'hello' });
  expect(refused.body).toMatchObject({ ErrorCode: 80003 });
  await ask('DELETE', '/webhook');
  expect((await ask('POST', '/clients/join', { group: 'arena', account: 'ken' })).body).toMatchObject({
    ErrorCode: 0,
  });
  expect((await ask('POST', '/settle', {})).status).toBe(200);
  expect(sandbox.chat.world.member('arena', 'ken')).toBeDefined();
});

describe('the world', () => {
  const small = {
    version: 1,
    accounts: [{ id: 'ann' }],
    groups: [{ id: 'g', type: 'Public', name: 'G', owner: 'ann' }],
  };

  it('is replaced, and read back', async () => {
    const { ask, sandbox } = await start();
    expect((await ask('PUT', '/world', small)).status).toBe(200);
    expect([...sandbox.chat.world.groups.keys()]).toEqual(['g']);
    expect([...sandbox.chat.world.accounts.keys()]).toEqual(['administrator', 'ann']);
    const { body } = await ask('GET', '/world');
    expect((await ask('PUT', '/world', body)).status).toBe(200);
    const wrong = await ask('PUT', '/world', { ...small, accounts: [] });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('groups[0].owner: "ann"') },
    });
    expect(sandbox.chat.world.groups.has('g')).toBe(true);
    expect((await ask('POST', '/world/save', {})).status).toBe(409);
  });

  it('starts from a file, and is saved to it', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'world-')), 'world.json');
    await writeFile(path, JSON.stringify({ ...small, clock: '2030-01-01T00:00:00Z' }));
    const { ask, sandbox } = await start({ world: path });
    expect(new Date(sandbox.clock.now()).getUTCFullYear()).toBe(2030);
    await ask('POST', '/clients/say', { group: 'g', account: 'ann', text: 'kept' });
    expect((await ask('POST', '/world/save', {})).body).toEqual({ saved: path });
    const again = await start({ world: path });
    expect(again.sandbox.chat.world.messages('g')).toMatchObject([{ from: 'ann' }]);
    expect(await readFile(path, 'utf8')).toContain('kept');
  });

  it('is the default one where there is no file yet', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'world-')), 'world.json');
    const { sandbox } = await start({ world: path });
    expect(sandbox.chat.world.groups.has('guild')).toBe(true);
  });

  it('does not start from a file that makes no sense', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'world-')), 'world.json');
    await writeFile(path, '{ "version": 1, ');
    await expect(startSandbox({ world: path })).rejects.toThrow(WorldFileFault);
  });
});

describe('refuses', () => {
  it.each<[string, string, string, unknown, number, RegExp]>([
    ['what there is not', 'GET', '/nothing', undefined, 404, /GET \/sandbox lists/],
    ['another method', 'POST', '/inbox', {}, 404, /no POST \/sandbox\/inbox/],
    ['no JSON', 'POST', '/clock', '{', 400, /no JSON/],
    ['an empty move', 'POST', '/clock', {}, 400, /advance, now or running/],
    ['a move both ways', 'POST', '/clock', { advance: 1, now: 1 }, 400, /either advance or now/],
    [
      'an unknown fault',
      'POST',
      '/faults',
      { service: 'chat', endpoint: '*', fault: { kind: 'x' } },
      400,
      /fault/,
    ],
    [
      'an unknown endpoint',
      'POST',
      '/faults',
      { service: 'chat', endpoint: 'x', fault: { kind: 'down' } },
      400,
      /endpoint/,
    ],
    ['an unknown group', 'POST', '/clients/join', { group: 'x', account: 'bob' }, 404, /no group "x"/],
    ['an unknown account', 'GET', '/inbox?account=ghost', undefined, 404, /no account "ghost"/],
    [
      'neither text nor body',
      'POST',
      '/clients/say',
      { group: 'guild', account: 'bob' },
      400,
      /text or body/,
    ],
  ])('%s', async (_name, method, path, body, status, words) => {
    const { ask } = await start();
    const answer = await ask(method as 'GET', path, body);
    expect(answer.status).toBe(status);
    expect((answer.body as { error: string }).error).toMatch(words);
  });

  it.each<[string, object, number]>([
    ['a page of a browser', { origin: 'http://evil.example' }, 403],
    ['a name that was pointed here', { host: 'evil.example' }, 403],
    ['a body that a form can send', { 'content-type': 'text/plain' }, 415],
  ])('%s', async (_name, headers, status) => {
    const { ask } = await start();
    const answer = await ask('POST', '/clock', { advance: 1 }, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});
