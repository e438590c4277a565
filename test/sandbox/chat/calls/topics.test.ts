// Topics: making them, talking in them, and moderating one without touching the others.
import { describe, expect, it } from 'vitest';
import { type Harness, NOW, START, start } from '../harness.ts';
import { receive } from '../receiver.ts';

const plaza = { GroupId: '@TGS#_plaza' };
const trade = '@TGS#_plaza@TOPIC#_trade';
const general = '@TGS#_plaza@TOPIC#_general';
const inTrade = { ...plaza, TopicId: trade };
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];

const historyOf = async ({ call }: Harness, TopicId?: string) => {
  const reply = await call('group_msg_get_simple', { ...plaza, ReqMsgNumber: 20, TopicId });
  expect(reply.ErrorCode).toBe(0);
  // The answer's list, which every test looks into.
  return reply.RspMsgList as { MsgSeq: number; From_Account: string; IsSystemMsg?: number }[];
};

it('are made, listed, changed and destroyed', async () => {
  const { call } = await start();
  const made = await call('create_topic', { ...plaza, TopicName: 'Raids', CustomString: 'cat:1' });
  expect(made).toMatchObject({ ErrorCode: 0, ErrorInfo: 'ok' });
  const TopicId = String(made.TopicId);
  expect(TopicId).toMatch(/^@TGS#_plaza@TOPIC#_@TOPIC#c/);
  await call('modify_topic', { ...plaza, TopicId, MuteAllMember: 'On', Introduction: 'Plans' });
  const one = await call('get_topic', { ...plaza, From_Account: 'bob', TopicIdList: [TopicId, 'x'] });
  expect(one.TopicAndSelfInfo).toEqual([
    {
      ErrorCode: 0,
      ErrorInfo: 'ok',
      SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: 'AcceptAndNotify' },
      TopicInfo: {
        ...{ TopicId, GroupID: '@TGS#_plaza', TopicName: 'Raids', CustomString: 'cat:1', FaceUrl: '' },
        ...{ Notification: '', Introduction: 'Plans', MuteAllMember: 'On' },
        ...{ CreateTime: NOW, LastMsgTime: 0, NextMsgSeq: 1 },
      },
    },
    { ErrorCode: 110013, ErrorInfo: 'topic id is invalid', TopicInfo: { TopicId: 'x' } },
  ]);
  const filtered = await call('get_topic', { ...plaza, From_Account: 'bob', ResponseFilter: ['TopicName'] });
  expect(filtered.TopicAndSelfInfo).toMatchObject([
    { TopicInfo: { TopicId: general, TopicName: 'General' } },
    { TopicInfo: { TopicId: trade, TopicName: 'Trade' } },
    { TopicInfo: { TopicId, TopicName: 'Raids' } },
  ]);
  const gone = await call('destroy_topic', { ...plaza, TopicIdList: [TopicId, TopicId] });
  expect(gone.DestroyResultItem).toMatchObject([
    { TopicId, ErrorCode: 0 },
    { TopicId, ErrorCode: 110003 },
  ]);
});

describe('create_topic', () => {
  it.each<[string, object, number]>([
    ['with an ID of its own', { TopicId: '@TGS#_plaza@TOPIC#_raids' }, 0],
    ['with an ID that is taken', { TopicId: trade }, 10021],
    ["with another group's ID", { TopicId: '@TGS#_lounge@TOPIC#_raids' }, 10004],
    ['with a made-up automatic ID', { TopicId: '@TGS#_plaza@TOPIC#_@TOPIC#cX' }, 10004],
    ['with an ID over 96 bytes', { TopicId: `@TGS#_plaza@TOPIC#_${'x'.repeat(80)}` }, 10004],
    ['without a name', { TopicName: null }, 10004],
    ['with a name over 30 bytes', { TopicName: '話'.repeat(11) }, 10004],
    ['in a Community without topics', { GroupId: '@TGS#_lounge' }, 10007],
    ['in a Public group', { GroupId: 'guild' }, 10007],
  ])('%s', async (_name, fields, code) => {
    const { call } = await start();
    expect((await call('create_topic', { ...plaza, TopicName: 'New', ...fields })).ErrorCode).toBe(code);
  });

  it('makes 200 and no more', async () => {
    const { call, service } = await start();
    for (let index = 0; index < 198; index += 1) service.world.addTopic('@TGS#_plaza', `t${index}`, 't');
    expect((await call('create_topic', { ...plaza, TopicName: 'New' })).ErrorCode).toBe(10036);
  });
});

describe('messages', () => {
  it('have a sequence of their own, and recall and purge touch one topic only', async () => {
    const harness = await start();
    const { call, service } = harness;
    const body = { Random: 1, From_Account: 'bob', MsgBody: text('hi') };
    expect(await call('send_group_msg', { ...inTrade, ...body })).toMatchObject({ ErrorCode: 0, MsgSeq: 2 });
    expect(await call('send_group_msg', { ...plaza, ...body, TopicId: general })).toMatchObject({
      MsgSeq: 2,
    });
    expect(await service.say('@TGS#_plaza', 'carol', 'me too', { topicId: trade })).toMatchObject({
      MsgSeq: 3,
    });
    expect(await historyOf(harness)).toEqual([]);
    const recalled = await call('group_msg_recall', {
      ...inTrade,
      MsgSeqList: [{ MsgSeq: 3 }, { MsgSeq: 9 }],
    });
    expect(recalled.RecallRetList).toEqual([
      { MsgSeq: 3, RetCode: 0 },
      { MsgSeq: 9, RetCode: 10030 },
    ]);
    await call('modify_group_msg', { ...inTrade, MsgSeq: 2, MsgBody: text('[removed]') });
    expect(await historyOf(harness, trade)).toMatchObject([
      { MsgSeq: 2, MsgBody: text('[removed]') },
      { MsgSeq: 1 },
    ]);
    await call('delete_group_msg_by_sender', { ...inTrade, Sender_Account: 'bob' });
    expect(await historyOf(harness, trade)).toEqual([]);
    expect(await historyOf(harness, general)).toHaveLength(2);
  });

  it('name their topic in webhooks', async () => {
    const { call, service, events } = await receive();
    await service.say('@TGS#_plaza', 'bob', 'hi', { topicId: trade });
    await call('group_msg_recall', { ...inTrade, MsgSeqList: [{ MsgSeq: 2 }] });
    await service.webhooksSettled();
    expect(events.map(({ body }) => [body.CallbackCommand, body.TopicId])).toEqual([
      ['Group.CallbackBeforeSendMsg', trade],
      ['Group.CallbackAfterSendMsg', trade],
      ['Group.CallbackAfterRecallMsg', trade],
    ]);
  });

  it('of the system say where they come from', async () => {
    const { call, service } = await start();
    await call('send_group_system_notification', { ...inTrade, Content: 'closed' });
    expect(service.world.inbox('bob')).toMatchObject([
      { group: '@TGS#_plaza', topic: trade, text: 'closed' },
    ]);
  });
});

describe('mutes and locks', () => {
  const say = ({ service }: Harness, topicId: string, account = 'bob') =>
    service.say('@TGS#_plaza', account, 'hi', { topicId });

  it('hold in one topic, and end', async () => {
    const harness = await start();
    const { call, clock } = harness;
    await call('forbid_send_msg', { ...inTrade, Members_Account: ['bob'], MuteTime: 60 });
    expect((await say(harness, trade)).ErrorCode).toBe(10017);
    expect((await say(harness, general)).ErrorCode).toBe(0);
    const list = await call('get_group_muted_account', inTrade);
    expect(list.MutedAccountList).toEqual([{ Member_Account: 'bob', MutedUntil: NOW + 60 }]);
    expect((await call('get_group_muted_account', plaza)).MutedAccountList).toEqual([]);
    clock.advance(60_000);
    expect((await say(harness, trade)).ErrorCode).toBe(0);
  });

  it('of the Community bind its topics too', async () => {
    const harness = await start();
    await harness.call('forbid_send_msg', { ...plaza, Members_Account: ['bob'], MuteTime: 60 });
    expect((await say(harness, trade)).ErrorCode).toBe(10017);
  });

  it('of a topic leave its owner and admins their voice', async () => {
    const harness = await start();
    await harness.call('modify_topic', { ...inTrade, MuteAllMember: 'On' });
    expect((await say(harness, trade)).ErrorCode).toBe(10017);
    expect((await say(harness, trade, 'alice')).ErrorCode).toBe(0);
    expect((await say(harness, general)).ErrorCode).toBe(0);
  });

  it('know no topic that is not there', async () => {
    const harness = await start();
    expect((await say(harness, 'nowhere')).ErrorCode).toBe(110013);
  });
});

it('are told of by webhooks, and may be refused by one', async () => {
  const { call, service, events } = await receive((command) =>
    command.includes('BeforeCreateTopic') && events.length > 1
      ? { text: JSON.stringify({ ErrorCode: 10101, ErrorInfo: 'no more topics' }) }
      : {},
  );
  const { TopicId } = await call('create_topic', { ...plaza, TopicName: 'Raids' });
  await service.webhooksSettled();
  expect((await call('create_topic', { ...plaza, TopicName: 'Again' })).ErrorCode).toBe(10101);
  await call('modify_topic', { ...plaza, TopicId, TopicName: 'Raid' });
  await call('modify_topic', { ...plaza, TopicId, MuteAllMember: 'On' });
  await call('destroy_topic', { ...plaza, TopicIdList: [TopicId] });
  await service.webhooksSettled();
  const about = { ...plaza, Type: 'Community', Operator_Account: 'administrator', EventTime: START };
  const told = events
    .map(({ body }) => body)
    .filter((body) => !String(body.CallbackCommand).includes('Before'));
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      { CallbackCommand: 'Group.CallbackAfterCreateTopic', ...about, TopicId, Name: 'Raids' },
      { CallbackCommand: 'Group.CallbackAfterTopicInfoChanged', ...about, TopicId, Name: 'Raid' },
      { CallbackCommand: 'Group.CallbackAfterTopicDestroyed', ...about, TopicIdList: [TopicId] },
    ]),
  );
});
