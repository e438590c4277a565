import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Chat, ChatError } from '../../../src/chat/chat.ts';
import {
  type ChatClient,
  type ChatClientOptions,
  createChatClient,
} from '../../../src/chat/client/client.ts';
import { decodeUserSig, verifyUserSig } from '../../../src/chat/protocol/usersig.ts';
import {
  code,
  cutShort,
  json,
  page,
  type Reply,
  reset,
  type Service,
  silence,
  startService,
  status,
  success,
} from './service.ts';

const secretKey = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const mute = { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', MuteTime: 3600 } as const;

let service: Service;
let logged: unknown[];
const clients: ChatClient[] = [];

/** A client with pauses that a test can sit out. */
function connect(options: Partial<ChatClientOptions> = {}): ChatClient {
  const client = createChatClient({
    sdkAppId: 1400000000,
    secretKey,
    admin: 'administrator',
    baseUrl: service.baseUrl,
    retries: { pauseMs: 2, backoffMs: 2 },
    logger: { warn: (...line) => logged.push(line) },
    ...options,
  });
  clients.push(client);
  return client;
}

const sendMute = (chat: Chat, signal?: AbortSignal) =>
  chat.call('modify_group_member_info', mute, signal === undefined ? {} : { signal });

/** The error of a call that must fail. */
async function failed(result: ReturnType<typeof sendMute>): Promise<ChatError> {
  const settled = await result;
  if (settled.ok) throw new Error('the call succeeded');
  return settled.error;
}

beforeEach(async () => {
  logged = [];
  service = await startService();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await service.close();
});

describe('a call', () => {
  test('arrives as documented and brings the answer', async () => {
    const result = await sendMute(connect({ random: () => 4294967295 }));
    expect(result).toMatchObject({ ok: true, answer: { ErrorCode: 0 } });
    const [request] = service.received;
    const userSig = request?.url.searchParams.get('usersig') ?? '';
    expect(request).toMatchObject({
      method: 'POST',
      contentType: 'application/json',
      body: '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","MuteTime":3600}',
    });
    expect(request?.url.pathname).toBe('/v4/group_open_http_svc/modify_group_member_info');
    expect([...(request?.url.searchParams ?? [])]).toEqual([
      ['sdkappid', '1400000000'],
      ['identifier', 'administrator'],
      ['usersig', userSig],
      ['random', '4294967295'],
      ['contenttype', 'json'],
    ]);
    const now = Math.floor(Date.now() / 1000);
    const expected = { sdkAppId: 1400000000, secretKey, identifier: 'administrator', now };
    expect(verifyUserSig(userSig, expected)).toBe('ok');
  });

  test('shows the request without the signature, sent or not', async () => {
    const chat = connect({ random: () => 7 });
    const result = await sendMute(chat);
    const url = `${service.baseUrl}/v4/group_open_http_svc/modify_group_member_info?sdkappid=1400000000&identifier=administrator&usersig=<hidden>&random=7&contenttype=json`;
    expect(result).toHaveProperty('request', { method: 'POST', url, body: mute });
    expect(chat.preview('modify_group_member_info', mute)).toEqual({ method: 'POST', url, body: mute });
    expect(service.received.length).toBe(1);
  });

  test('goes under the path prefix of the address', async () => {
    await sendMute(connect({ baseUrl: `${service.baseUrl}/proxy/` }));
    expect(service.received[0]?.url.pathname).toBe('/proxy/v4/group_open_http_svc/modify_group_member_info');
  });

  test('is signed once for many, and tagged with another number each', async () => {
    const chat = connect();
    await Promise.all(Array.from({ length: 5 }, () => sendMute(chat)));
    const valuesOf = (name: string) => new Set(service.received.map(({ url }) => url.searchParams.get(name)));
    expect(valuesOf('usersig').size).toBe(1);
    expect(valuesOf('random').size).toBe(5);
  });

  test('takes a slot of the pacer for each attempt, and tells it of the answers', async () => {
    service.script(code(60007), success);
    const taken: unknown[] = [];
    const answered: unknown[] = [];
    const pacer: NonNullable<ChatClientOptions['pacer']> = (cap, name) => ({
      tryAcquire: () => taken.push([name, cap]) > 0,
      acquire: () => Promise.resolve(true),
      answered: (ms, tooFast) => answered.push([ms >= 0, tooFast]),
    });
    await sendMute(connect({ pacer, retries: { backoffMs: 1 } }));
    expect(taken).toEqual(Array(2).fill(['modify_group_member_info', 200]));
    expect(answered).toEqual([
      [true, true],
      [true, false],
    ]);
  });
});

describe('a failed attempt', () => {
  // What comes first, how often the call is then sent in all, when everything after it succeeds.
  test.each<[string, Reply, number]>([
    ['10002', code(10002), 2],
    ['60008', code(60008), 2],
    ['60007', code(60007), 2],
    ['70001', code(70001), 2],
    ['HTTP 502', status(502), 2],
    ['HTTP 429', status(429), 2],
    ['HTTP 408', status(408), 2],
    ['a reset', reset, 2],
    ['a reset in the middle', cutShort, 2],
    ['a page', page('<html>'), 2],
    ['an empty answer', page(''), 2],
    ['neither ActionStatus nor ErrorCode', json({ ErrorInfo: '' }), 2],
    ['no ActionStatus', json({ ErrorCode: 0 }), 1],
  ])('after %s the call succeeds', async (_what, first, sent) => {
    service.script(first, success);
    expect(await sendMute(connect())).toMatchObject({ ok: true });
    expect(service.received.length).toBe(sent);
  });

  // What comes every time, how often the call is sent, and what becomes of it.
  test.each<[string, Reply, number, Partial<ChatError>]>([
    ['10002', code(10002, 'internal'), 4, { kind: 'code', code: 10002, detail: 'internal', uncertain: true }],
    ['60008', code(60008), 4, { kind: 'code', code: 60008, uncertain: true }],
    ['60007', code(60007), 4, { kind: 'code', code: 60007, uncertain: false }],
    ['60014', code(60014), 4, { kind: 'code', code: 60014, uncertain: false }],
    ['70001', code(70001), 2, { kind: 'code', code: 70001, uncertain: false }],
    ['70003', code(70003), 2, { kind: 'code', code: 70003, uncertain: false }],
    ['70052', code(70052), 2, { kind: 'code', code: 70052, uncertain: false }],
    ['20002', code(20002), 2, { kind: 'code', code: 20002, uncertain: false }],
    ['70009', code(70009), 1, { kind: 'code', code: 70009, uncertain: false }],
    ['10007', code(10007), 1, { kind: 'code', code: 10007, uncertain: false }],
    ['10010', code(10010), 1, { kind: 'code', code: 10010, uncertain: false }],
    ['an unknown code', code(54321), 1, { kind: 'code', code: 54321, uncertain: false }],
    [
      'FAIL with 0',
      json({ ActionStatus: 'FAIL', ErrorCode: 0 }),
      1,
      { kind: 'code', code: 0, uncertain: true },
    ],
    ['HTTP 502', status(502), 4, { kind: 'unreachable', detail: 'HTTP 502', uncertain: true }],
    ['HTTP 429', status(429), 4, { kind: 'unreachable', detail: 'HTTP 429', uncertain: false }],
    ['HTTP 404', status(404), 1, { kind: 'unreachable', detail: 'HTTP 404', uncertain: false }],
    ['a reset', reset, 4, { kind: 'unreachable', uncertain: true }],
    ['a reset in the middle', cutShort, 4, { kind: 'unreachable', uncertain: true }],
    ['a page', page('<html>'), 4, { kind: 'garbled', uncertain: true }],
    ['no HTTP', (response) => response.socket?.end('hello\r\n\r\n'), 4, { kind: 'garbled', uncertain: true }],
    [
      'an endless answer',
      (response) => {
        response.on('error', () => response.destroy());
        response.end(Buffer.alloc(9 * 1024 * 1024, 'x'));
      },
      4,
      { kind: 'garbled', uncertain: true },
    ],
  ])('%s every time', async (_what, reply, attempts, error) => {
    service.script(reply);
    expect(await failed(sendMute(connect()))).toMatchObject({ ...error, attempts });
    expect(service.received.length).toBe(attempts);
  });

  test('silence ends in a time-out that leaves the outcome open', async () => {
    service.script(silence);
    const chat = connect({ timeouts: { answerMs: 50 }, retries: { count: 1, pauseMs: 2 } });
    expect(await failed(sendMute(chat))).toMatchObject({ kind: 'timeout', uncertain: true, attempts: 2 });
  });

  test('is repeated three times beside the one new signature', async () => {
    service.script(code(10002), code(70001), code(10002), code(10002), code(10002));
    expect(await failed(sendMute(connect()))).toMatchObject({ code: 10002, attempts: 5 });
  });

  test('leaves a change uncertain although a later attempt was refused', async () => {
    service.script(reset, code(10007));
    expect(await failed(sendMute(connect()))).toMatchObject({ code: 10007, uncertain: true, attempts: 2 });
  });

  test('keeps no more of a long story than its beginning', async () => {
    service.script(code(10004, 'x'.repeat(10_000)));
    expect((await failed(sendMute(connect()))).detail).toBe('x'.repeat(500));
  });

  test('never leaves a read uncertain', async () => {
    service.script(status(502));
    const result = await connect().call('get_group_info', { GroupIdList: ['g'] });
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'unreachable', uncertain: false, attempts: 4 },
    });
  });

  test('is not repeated where a repetition would do the thing twice', async () => {
    service.script(status(502), success);
    const result = await connect().call('send_group_system_notification', { GroupId: 'g', Content: 'hi' });
    expect(result).toMatchObject({ ok: false, error: { uncertain: true, attempts: 1 } });
  });

  test('a done change with an unreadable answer is neither repeated nor called done', async () => {
    service.script(json({ ActionStatus: 'OK', ErrorCode: 0 }));
    const result = await connect().call('create_group', { Type: 'Public', Name: 'lobby' });
    expect(result).toMatchObject({ ok: false, error: { kind: 'garbled', uncertain: true, attempts: 1 } });
  });

  test('nobody listening means that nothing happened', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    // A TCP server's address is never a path.
    const { port } = free.address() as AddressInfo;
    await new Promise<unknown>((resolve) => free.close(resolve));
    for (const host of ['127.0.0.1', 'localhost']) {
      const error = await failed(sendMute(connect({ baseUrl: `http://${host}:${port}` })));
      expect(error).toMatchObject({ kind: 'unreachable', uncertain: false, attempts: 4 });
      expect(error.detail).toContain('ECONNREFUSED');
    }
  });
});

describe('a new signature', () => {
  test('is made once, later than the old one, and used from then on', async () => {
    let now = 1_700_000_000_000;
    const chat = connect({ clock: () => now });
    await sendMute(chat);
    now += 5000;
    service.script(code(70001), code(70001), success);
    expect(await failed(sendMute(chat))).toMatchObject({ code: 70001, attempts: 2 });
    await sendMute(chat);
    const issued = service.received.map(
      ({ url }) => decodeUserSig(url.searchParams.get('usersig') ?? '')?.issuedAt,
    );
    expect(issued).toEqual([1_700_000_000, 1_700_000_000, 1_700_000_005, 1_700_000_005]);
  });

  test('serves all the calls that failed with the old one', async () => {
    let now = 1_700_000_000_000;
    const chat = connect({ clock: () => (now += 1_000) });
    let old: string | null = null;
    service.script((response, request) => {
      const used = new URL(request.url ?? '', 'http://service').searchParams.get('usersig');
      old ??= used;
      (used === old ? code(70001) : success)(response, request);
    });
    const results = await Promise.all(Array.from({ length: 5 }, () => sendMute(chat)));
    expect(results.map(({ ok }) => ok)).toEqual(Array(5).fill(true));
  });
});

describe('an abort', () => {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

  test('before the call sends nothing', async () => {
    const error = await failed(sendMute(connect(), AbortSignal.abort()));
    expect(error).toMatchObject({ kind: 'aborted', uncertain: false, attempts: 0 });
    expect(service.received.length).toBe(0);
  });

  test('while the answer is awaited stops at once and leaves the outcome open', async () => {
    service.script(silence);
    const controller = new AbortController();
    const result = failed(sendMute(connect(), controller.signal));
    await soon();
    controller.abort();
    expect(await result).toMatchObject({ kind: 'aborted', uncertain: true, attempts: 1 });
  });

  test('during a pause stops at once and keeps what is known', async () => {
    service.script(status(502));
    const controller = new AbortController();
    const chat = connect({ random: () => 4_294_967_295, retries: { pauseMs: 60_000 } });
    const result = failed(sendMute(chat, controller.signal));
    await soon();
    controller.abort();
    expect(await result).toMatchObject({ kind: 'aborted', uncertain: true, attempts: 1 });
    expect(service.received.length).toBe(1);
  });

  test('while waiting for a slot stops at once', async () => {
    const chat = connect();
    service.script(json({ ErrorCode: 0, GroupIdList: [] }));
    const controller = new AbortController();
    // This call may go once a second.
    await chat.call('get_appid_group_list', {});
    const result = chat.call('get_appid_group_list', {}, { signal: controller.signal });
    await soon();
    controller.abort();
    expect(await result).toMatchObject({ ok: false, error: { kind: 'aborted', attempts: 0 } });
    expect(service.received.length).toBe(1);
  });
});

describe('close', () => {
  test('lets a running call finish and refuses the next', async () => {
    service.script((response, request) => {
      setTimeout(() => success(response, request), 30);
    });
    const chat = connect();
    const running = sendMute(chat);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await chat.close();
    expect(await running).toMatchObject({ ok: true });
    expect(await failed(sendMute(chat))).toMatchObject({ kind: 'aborted', uncertain: false });
  });
});

describe('secrets', () => {
  /** A service that tells everybody what it was told. */
  const gossip =
    (number: number, padding = 0): Reply =>
    (response, request) => {
      const userSig = new URL(request.url ?? '', 'http://service').searchParams.get('usersig') ?? '';
      const encoded = `usersig=${userSig.replaceAll('*', '%2A')}`;
      const told = [' '.repeat(padding), userSig, secretKey, encoded, request.url];
      code(number, told.join(' '))(response, request);
    };

  test.each<[string, Reply]>([
    ['a refusal', gossip(10004)],
    ['a long refusal', gossip(10004, 430)],
    ['a server error', gossip(10002)],
    ['a signature error', gossip(70001)],
    ['a page', (response, request) => page(`<html>${request.url} ${secretKey}`)(response, request)],
    ['a reset', reset],
    ['HTTP 502', status(502)],
    ['a success', success],
  ])('are in no result, preview or log after %s', async (_what, reply) => {
    service.script(reply);
    const chat = connect();
    const result = await sendMute(chat);
    const seen = inspect([result, logged, chat.preview('modify_group_member_info', mute)], {
      getters: true,
      depth: Number.POSITIVE_INFINITY,
      maxStringLength: Number.POSITIVE_INFINITY,
    });
    expect(seen).toContain('usersig=<hidden>');
    expect(seen).not.toContain(secretKey);
    for (const { url } of service.received) {
      const userSig = url.searchParams.get('usersig') ?? 'missing';
      // Not even a piece of it.
      expect(seen).not.toContain(userSig.slice(40, 60));
      expect(userSig.length).toBeGreaterThan(100);
    }
  });
});
