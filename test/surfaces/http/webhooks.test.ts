// The receiver over real sockets: what it takes, what it answers, and that nothing which is sent to it harms it.
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { OK, webhookSign } from '../../../src/chat/protocol/webhooks/index.ts';
import type { Answered, Decider } from '../../../src/request/decision.ts';
import { NOW, PATH, startReceiver, TOKEN } from './harness.ts';

const message = {
  CallbackCommand: 'Group.CallbackBeforeSendMsg',
  GroupId: 'guild',
  Type: 'Public',
  From_Account: 'bob',
  Operator_Account: 'bob',
  Random: 1,
  MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
  EventTime: NOW * 1_000,
};
const before = 'Group.CallbackBeforeSendMsg';
const after = 'Group.CallbackAfterSendMsg';
const afterBody = { ...message, CallbackCommand: after };

const rejecting: Decider = () => ({ by: 'test', verdict: { kind: 'reject', code: 10_101, words: 'no' } });
const dropping: Decider = () => ({ by: 'test', verdict: { kind: 'drop' } });
const broken: Decider = () => {
  throw new Error('broken');
};

describe('where a webhook comes from', () => {
  test.each([
    ['another path', { path: 'another' }, 404],
    ['another app', { query: { SdkAppid: '1400000001' } }, 403],
    ['no app', { query: { SdkAppid: undefined } }, 403],
    ['no signature', { query: { Sign: undefined } }, 401],
    ['a forged signature', { query: { Sign: webhookSign('guess', NOW) } }, 401],
    ['no time', { query: { RequestTime: undefined } }, 401],
    ['an old one', { query: { RequestTime: String(NOW - 61), Sign: webhookSign(TOKEN, NOW - 61) } }, 401],
    [
      'one from the future',
      { query: { RequestTime: String(NOW + 61), Sign: webhookSign(TOKEN, NOW + 61) } },
      401,
    ],
  ])('%s is turned away, and nobody is asked', async (_name, options, status) => {
    const decider = vi.fn(rejecting);
    const { post, counts, logged } = await startReceiver({ deciders: [decider] });
    expect((await post(before, message, options)).status).toBe(status);
    expect(decider).not.toHaveBeenCalled();
    expect(counts).toMatchObject({ turnedAway: 1, rejected: 0 });
    // Neither the path nor a signature is anybody's to read.
    expect(logged.join('\n')).not.toMatch(new RegExp(`${PATH}|${TOKEN}|Sign=|[0-9a-f]{64}`));
  });

  test('a flood of them is one line of the log a second', async () => {
    const { post, logged, counts } = await startReceiver();
    for (let index = 0; index < 20; index += 1) await post(before, message, { query: { Sign: 'x' } });
    expect(counts.turnedAway).toBe(20);
    expect(logged).toHaveLength(1);
  });

  test('a parameter that comes twice is none', async () => {
    const { server } = await startReceiver();
    const query = `SdkAppid=1400000000&SdkAppid=1400000000&CallbackCommand=${before}`;
    const answer = await fetch(`${server.address}/webhooks/chat/${PATH}?${query}`, {
      method: 'POST',
      body: '{}',
    });
    expect(answer.status).toBe(403);
  });
});

describe('answers', () => {
  test('the first decider that has something to say is heard', async () => {
    const last = vi.fn(rejecting);
    const { post, counts } = await startReceiver({ deciders: [() => null, dropping, last] });
    expect(await post(before, message)).toEqual({ status: 200, body: { ...OK, ErrorCode: 2 } });
    expect(last).not.toHaveBeenCalled();
    expect(counts).toMatchObject({ dropped: 1, rejected: 0 });
  });

  test('a refusal with words reaches the client', async () => {
    const { post } = await startReceiver({ deciders: [rejecting] });
    expect((await post(before, message)).body).toEqual({
      ActionStatus: 'OK',
      ErrorCode: 10_101,
      ErrorInfo: 'no',
    });
  });

  test('nothing to say lets it through; after-webhooks are not decided', async () => {
    const { post, counts } = await startReceiver({
      deciders: [(webhook) => (webhook.command === before ? null : broken(webhook, 0))],
    });
    expect((await post(before, message)).body).toEqual(OK);
    expect((await post(after, afterBody)).body).toEqual(OK);
    expect(counts).toMatchObject({ passed: 1, noted: 1, failedOpen: 0 });
  });

  test('a command that nobody knows is OK', async () => {
    const { post, counts } = await startReceiver({ deciders: [rejecting] });
    expect((await post('Group.CallbackBeforeDance', {})).body).toEqual(OK);
    expect(counts).toMatchObject({ unknown: 1 });
  });

  test('whatever the content calls itself', async () => {
    const { post } = await startReceiver({ deciders: [dropping] });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=gbk',
      null,
    ]) {
      const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
      expect(await post(before, message, { headers })).toMatchObject({
        status: 200,
        body: { ErrorCode: 2 },
      });
    }
  });
});

describe('what follows', () => {
  test('comes after the answer, with the decision, and one that fails harms no other', async () => {
    const seen: Answered[] = [];
    const { post, logged } = await startReceiver({
      deciders: [dropping],
      followers: [
        () => {
          throw new Error('broken');
        },
        (answered) => void seen.push(answered),
      ],
    });
    await post(before, message);
    await post(after, afterBody);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    expect(seen[0]).toMatchObject({ at: NOW * 1_000, decision: { by: 'test', verdict: { kind: 'drop' } } });
    expect(seen[0]?.webhook).toMatchObject({
      command: before,
      origin: { platform: 'iOS', clientIp: '192.0.2.7' },
    });
    expect(seen[1]).toMatchObject({ decision: null, webhook: { command: after } });
    expect(logged.filter((line) => line.includes('what follows'))).toHaveLength(2);
  });
});

describe('when our side fails', () => {
  test.each([
    ['open', OK, { failedOpen: 1, failedClosed: 0 }],
    ['closed', { ...OK, ErrorCode: 1 }, { failedOpen: 0, failedClosed: 1 }],
  ] as const)('%s: counted and logged', async (onFailure, answer, expected) => {
    const { post, counts, logged } = await startReceiver({ deciders: [broken], onFailure: () => onFailure });
    expect(await post(before, message)).toEqual({ status: 200, body: answer });
    expect(counts).toMatchObject(expected);
    expect(logged.join('\n')).toMatch(/could not be decided.*Group\.CallbackBeforeSendMsg/);
  });

  test('an after-webhook is OK either way', async () => {
    const { post } = await startReceiver({ onFailure: () => 'closed' });
    expect((await post(after, '{')).body).toEqual(OK);
  });

  test.each<[string, unknown]>([
    ['no JSON', '{"GroupId":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['wrong types', { ...message, MsgBody: { a: 1 }, From_Account: [] }],
    ['another command than the URL says', { ...message, CallbackCommand: 'Group.CallbackBeforeCreateGroup' }],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s cannot be decided', async (_name, body) => {
    const decider = vi.fn(rejecting);
    const { post, counts } = await startReceiver({ deciders: [decider], onFailure: () => 'closed' });
    expect(await post(before, body)).toEqual({ status: 200, body: { ...OK, ErrorCode: 1 } });
    expect(decider).not.toHaveBeenCalled();
    expect(counts).toMatchObject({ faulty: 1 });
  });
});

describe('what nobody should send', () => {
  test('10 MB', async () => {
    const { server, post } = await startReceiver();
    const answer = await post(before, Buffer.alloc(10_000_000, 'a')).catch((error: unknown) => error);
    // Refused by status, or by the connection that ends while it is still sent.
    expect(answer instanceof Error || (answer as { status: number }).status === 413).toBe(true);
    expect((await post(before, message)).body).toEqual(OK);
    expect(server.address).toMatch(/^http/);
  });

  test('broken UTF-8 and 10,000 mentions are messages like others', async () => {
    const seen: Answered[] = [];
    const { post } = await startReceiver({ followers: [(answered) => void seen.push(answered)] });
    const mentions = Array.from({ length: 10_000 }, () => ({ GroupAtAllFlag: 0, GroupAt_Account: 'bob' }));
    const [head, tail] = JSON.stringify({ ...message, GroupAtInfo: mentions }).split('hello');
    const body = Buffer.concat([
      Buffer.from(head ?? ''),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from(tail ?? ''),
    ]);
    expect((await post(before, body)).body).toEqual(OK);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
  });

  test('__proto__ and its like change nothing', async () => {
    const { post } = await startReceiver();
    const body = JSON.stringify(message).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect((await post(before, body)).body).toEqual(OK);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('a request that is no HTTP', async () => {
    const { server } = await startReceiver();
    const socket = createConnection(Number(new URL(server.address).port), '127.0.0.1');
    socket.end('hello\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400/);
  });

  test.each(['/', '/webhooks/chat', `/webhooks/chat/${PATH}/more`, '/webhooks/chat/%zz', '/v1/commands'])(
    '%s is nowhere',
    async (path) => {
      const { server } = await startReceiver();
      const answer = await fetch(`${server.address}${path}`, { method: 'POST', body: '{}' });
      expect([400, 404]).toContain(answer.status);
    },
  );

  test('a GET of the right path is nowhere', async () => {
    const { server } = await startReceiver();
    expect((await fetch(`${server.address}/webhooks/chat/${PATH}`)).status).toBe(404);
  });
});
