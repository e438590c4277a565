// Webhooks of one-to-one messages, for REST calls and users' clients alike.
import { describe, expect, it } from 'vitest';
import { NOW, START } from '../harness.ts';
import { answering, receive } from '../receiver.ts';

const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const hello = { To_Account: 'bob', From_Account: 'alice', MsgSeq: 5, MsgRandom: 7, MsgBody: text('hi') };

it('tells before and after, from a client and from a REST call', async () => {
  const { call, service, events } = await receive();
  await service.whisper('carol', 'bob', 'psst');
  const reply = await call('sendmsg', { ...hello, CloudCustomData: 'c' });
  expect(reply).toMatchObject({ ErrorCode: 0, MsgTime: NOW, MsgKey: `5_7_${NOW}` });
  await service.webhooksSettled();
  expect(events.map(({ query }) => [query.get('CallbackCommand'), query.get('OptPlatform')])).toEqual([
    ['C2C.CallbackBeforeSendMsg', 'Web'],
    ['C2C.CallbackAfterSendMsg', 'Web'],
    ['C2C.CallbackBeforeSendMsg', 'RESTAPI'],
    ['C2C.CallbackAfterSendMsg', 'RESTAPI'],
  ]);
  const message = {
    From_Account: 'alice',
    To_Account: 'bob',
    MsgSeq: 5,
    MsgRandom: 7,
    MsgTime: NOW,
    MsgKey: `5_7_${NOW}`,
    OnlineOnlyFlag: 0,
    MsgBody: text('hi'),
    CloudCustomData: 'c',
    EventTime: START,
  };
  expect(events[2]?.body).toEqual({ CallbackCommand: 'C2C.CallbackBeforeSendMsg', ...message });
  expect(events[3]?.body).toEqual({
    ...{ CallbackCommand: 'C2C.CallbackAfterSendMsg', ...message },
    ...{ SendMsgResult: 0, ErrorInfo: 'send msg succeed', UnreadMsgNum: 2 },
  });
  expect(service.world.inbox('bob').map((notice) => notice.text)).toEqual(['psst', 'hi']);
});

describe('the answer', () => {
  it.each([
    [{ ErrorCode: 0 }, 0, 1],
    [{ ErrorCode: 1 }, 20006, 0],
    [{ ErrorCode: 2 }, 0, 0],
    [{ ErrorCode: 10101 }, 20006, 0],
    [{ ErrorCode: 120_000 }, 20006, 0],
    [{ ErrorCode: 120_001 }, 120_001, 0],
    [{ ErrorCode: 130_000, ErrorInfo: 'no' }, 130_000, 0],
  ])('%j -> %i, %i handed over', async (answer, code, handed) => {
    const { service, events } = await receive(answering(answer));
    const reply = await service.whisper('alice', 'bob', 'hi');
    expect(reply.ErrorCode).toBe(code);
    expect(service.world.inbox('bob')).toHaveLength(handed);
    await service.webhooksSettled();
    const after = events.find(({ body }) => body.CallbackCommand === 'C2C.CallbackAfterSendMsg');
    // A message that was discarded in silence has no end to tell of; a refused one has.
    if (answer.ErrorCode === 2) expect(after).toBeUndefined();
    else expect(after?.body).toMatchObject({ SendMsgResult: code, UnreadMsgNum: code === 0 ? 1 : -1 });
  });

  it('rewrites the message', async () => {
    const { service } = await receive(answering({ ErrorCode: 0, MsgBody: text('***') }));
    await service.whisper('alice', 'bob', 'rude');
    expect(service.world.inbox('bob')).toMatchObject([{ text: '***' }]);
    expect(service.world.oneToOne).toMatchObject([{ body: text('***') }]);
  });

  it('is not waited for where it is forbidden for one message', async () => {
    const { call, service, events } = await receive();
    const ForbidCallbackControl = ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'];
    await call('sendmsg', { ...hello, ForbidCallbackControl });
    await service.webhooksSettled();
    expect(events).toEqual([]);
  });
});

it('fails open, or closed where told', async () => {
  const broken = () => ({ status: 500 });
  const open = await receive(broken);
  const closed = await receive(broken, { onFailure: 'refuse' });
  expect((await open.service.whisper('alice', 'bob', 'x')).ErrorCode).toBe(0);
  expect((await closed.service.whisper('alice', 'bob', 'x')).ErrorCode).toBe(80003);
  // Only messages can be made to fail closed.
  expect((await closed.service.join('arena', 'ken')).ErrorCode).toBe(0);
});

it('asks only for the events that are switched on', async () => {
  const { service, events } = await receive(undefined, { commands: ['C2C.CallbackAfterSendMsg'] });
  await service.whisper('alice', 'bob', 'x');
  await service.say('guild', 'bob', 'x');
  await service.webhooksSettled();
  expect(events.map(({ body }) => body.CallbackCommand)).toEqual(['C2C.CallbackAfterSendMsg']);
});

describe('admin_msgwithdraw', () => {
  const taken = { From_Account: 'alice', To_Account: 'bob', MsgKey: `5_7_${NOW}` };

  it('takes a message back once, and tells', async () => {
    const { call, service, events } = await receive();
    await call('sendmsg', hello);
    expect((await call('admin_msgwithdraw', taken)).ErrorCode).toBe(0);
    expect((await call('admin_msgwithdraw', taken)).ErrorCode).toBe(20023);
    await service.webhooksSettled();
    const told = events.filter(({ body }) => body.CallbackCommand === 'C2C.CallbackAfterMsgWithDraw');
    expect(told.map(({ body }) => body)).toMatchObject([taken]);
  });

  it.each([
    [{ MsgKey: `6_7_${NOW}` }, 20022],
    [{ To_Account: 'carol' }, 20022],
    [{ MsgKey: 'nonsense' }, 90054],
    [{ MsgKey: null }, 90054],
    [{ To_Account: null }, 90003],
  ])('%j -> %i', async (fields, code) => {
    const { call } = await receive();
    await call('sendmsg', hello);
    expect((await call('admin_msgwithdraw', { ...taken, ...fields })).ErrorCode).toBe(code);
  });
});

describe('sendmsg', () => {
  it.each<[string, object, number]>([
    ['to nobody', { To_Account: null }, 90003],
    ['to an unknown account', { To_Account: 'nobody' }, 20003],
    ['from an unknown account', { From_Account: 'nobody' }, 90008],
    ['without MsgRandom', { MsgRandom: null }, 90005],
    ['without elements', { MsgBody: [] }, 90007],
    ['for those online only', { OnlineOnlyFlag: 1 }, 0],
    ['kept for no time', { MsgLifeTime: 0 }, 0],
    ['kept for longer than a week', { MsgLifeTime: 604_801 }, 90026],
    ['of more than 12 KB', { MsgBody: text('x'.repeat(13_000)) }, 93000],
  ])('%s', async (_name, fields, code) => {
    const { call, service } = await receive();
    expect((await call('sendmsg', { ...hello, ...fields })).ErrorCode).toBe(code);
    const isKept = code === 0 && !('OnlineOnlyFlag' in fields || 'MsgLifeTime' in fields);
    expect(service.world.oneToOne).toHaveLength(isKept ? 1 : 0);
  });
});
