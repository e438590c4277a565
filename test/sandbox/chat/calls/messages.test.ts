// Messages: who may send, what is stored, recall and history.
import { describe, expect, it } from 'vitest';
import { type Harness, NOW, type Reply, start } from '../harness.ts';

const guild = { GroupId: 'guild' };
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const custom = { MsgType: 'TIMCustomElem', MsgContent: { Data: 'x' } };
const seqsOf = (reply: Reply) =>
  Array.isArray(reply.RspMsgList) ? reply.RspMsgList.map((message) => message.MsgSeq) : [];
/** Bytes of a text message beside its words. */
const ENVELOPE = JSON.stringify(text('')).length;

/** Sends messages to the guild, each with a Random of its own unless told. */
function sender({ call }: Harness) {
  let random = 100;
  return (fields: object = {}) => {
    random += 1;
    return call('send_group_msg', { ...guild, Random: random, MsgBody: text('x'), ...fields });
  };
}

describe('send_group_msg', () => {
  it.each<[string, object, number]>([
    ['by the app admin', {}, 0],
    ['by a member', { From_Account: 'bob' }, 0],
    ['by somebody outside', { From_Account: 'mallory' }, 0],
    ['by an account that does not exist', { From_Account: 'nobody' }, 10019],
    ['by a muted member', { From_Account: 'carol' }, 10017],
    ['without elements', { MsgBody: [] }, 10004],
    ['that is no array', { MsgBody: 'hello' }, 10004],
    ['with one custom element', { MsgBody: [custom] }, 0],
    ['with two custom elements', { MsgBody: [custom, custom] }, 10004],
    ['of 12 KB', { MsgBody: text('x'.repeat(12 * 1024 - ENVELOPE)) }, 0],
    ['of more than 12 KB', { MsgBody: text('x'.repeat(12 * 1024 - ENVELOPE + 1)) }, 80002],
    ['with a priority', { MsgPriority: 'High' }, 0],
    ['with an unknown priority', { MsgPriority: 'high' }, 10004],
    ['without Random', { Random: null }, 10004],
  ])('%s', async (_name, fields, code) => {
    const send = sender(await start());
    expect((await send(fields)).ErrorCode).toBe(code);
  });

  it('numbers what is stored, and only that', async () => {
    const harness = await start();
    const send = sender(harness);
    const next = harness.service.world.group('guild').nextMsgSeq;
    expect(await send()).toMatchObject({ MsgSeq: next, MsgTime: NOW });
    expect(await send({ OnlineOnlyFlag: 1 })).toMatchObject({ ErrorCode: 0, MsgSeq: 0 });
    expect(await send()).toMatchObject({ MsgSeq: next + 1 });
  });

  it('drops a repeat of sender and Random for five minutes', async () => {
    const harness = await start();
    const send = sender(harness);
    const first = await send({ Random: 7 });
    harness.clock.advance(299_000);
    expect(await send({ Random: 7 })).toEqual(first);
    expect((await send({ Random: 7, From_Account: 'bob' })).MsgSeq).not.toBe(first.MsgSeq);
    harness.clock.advance(1000);
    expect((await send({ Random: 7 })).MsgSeq).not.toBe(first.MsgSeq);
  });

  it('lets moderators and app admins speak while everybody is muted', async () => {
    const harness = await start();
    const send = sender(harness);
    await harness.call('modify_group_base_info', { ...guild, MuteAllMember: 'On' });
    const codes: Record<string, number> = {};
    for (const From_Account of ['olivia', 'alice', 'bob', 'mallory', 'administrator']) {
      codes[From_Account] = (await send({ From_Account })).ErrorCode;
    }
    expect(codes).toEqual({ olivia: 0, alice: 0, bob: 10017, mallory: 10017, administrator: 0 });
    await harness.call('modify_group_base_info', { GroupId: 'live', MuteAllMember: 'On' });
    expect((await send({ GroupId: 'live', From_Account: 'alice' })).ErrorCode).toBe(0);
    expect((await send({ GroupId: 'live', From_Account: 'bob' })).ErrorCode).toBe(10017);
  });

  it('lets a muted member speak again when the time has come', async () => {
    const harness = await start();
    const send = sender(harness);
    harness.clock.advance(3_599_000);
    expect((await send({ From_Account: 'carol' })).ErrorCode).toBe(10017);
    harness.clock.advance(1000);
    expect((await send({ From_Account: 'carol' })).ErrorCode).toBe(0);
  });
});

describe('group_msg_recall', () => {
  it('tells the result of each message', async () => {
    const { call, service } = await start();
    const MsgSeqList = [1, 7, 13, 99, 2, 2].map((MsgSeq) => ({ MsgSeq }));
    const reply = await call('group_msg_recall', { ...guild, MsgSeqList, Reason: 'r'.repeat(100) });
    expect(reply).toMatchObject({ ErrorCode: 0 });
    expect(reply.RecallRetList).toEqual([
      { MsgSeq: 1, RetCode: 0 },
      { MsgSeq: 7, RetCode: 10032 },
      { MsgSeq: 13, RetCode: 10032 },
      { MsgSeq: 99, RetCode: 10030 },
      { MsgSeq: 2, RetCode: 0 },
      { MsgSeq: 2, RetCode: 10032 },
    ]);
    expect(service.world.messages('guild')[0]?.state).toBe('recalled');
  });

  it('takes no reason over 100 bytes', async () => {
    const { call } = await start();
    const body = { ...guild, MsgSeqList: [{ MsgSeq: 1 }], Reason: 'r'.repeat(101) };
    expect((await call('group_msg_recall', body)).ErrorCode).toBe(10004);
  });

  it('has no age limit, save an hour in a live room', async () => {
    const { call, clock } = await start();
    clock.advance(30 * 24 * 3_600_000);
    const recall = (GroupId: string) => call('group_msg_recall', { GroupId, MsgSeqList: [{ MsgSeq: 1 }] });
    expect((await recall('guild')).RecallRetList).toEqual([{ MsgSeq: 1, RetCode: 0 }]);
    expect((await recall('live')).RecallRetList).toEqual([{ MsgSeq: 1, RetCode: 10031 }]);
  });
});

describe('delete_group_msg_by_sender', () => {
  it('recalls among the last 1000 messages', async () => {
    const { call, service } = await start();
    for (let index = 0; index < 999; index += 1) {
      service.world.addMessage('arena', { from: index % 2 ? 'bob' : 'dave', text: 'x' });
    }
    expect(service.world.messages('arena')).toHaveLength(1001);
    await call('delete_group_msg_by_sender', { GroupId: 'arena', Sender_Account: 'bob' });
    const messages = service.world.messages('arena');
    expect(messages.every(({ from, state }) => state === (from === 'bob' ? 'recalled' : 'normal'))).toBe(
      true,
    );
    await call('delete_group_msg_by_sender', { GroupId: 'arena', Sender_Account: 'taro' });
    expect(messages[0]).toMatchObject({ from: 'taro', state: 'normal' });
  });

  it('does nothing in a live room', async () => {
    const { call, service } = await start();
    expect(
      (await call('delete_group_msg_by_sender', { GroupId: 'live', Sender_Account: 'erin' })).ErrorCode,
    ).toBe(0);
    expect(service.world.messages('live')[0]?.state).toBe('normal');
  });
});

describe('group_msg_get_simple', () => {
  it('goes back from the newest, past what is recalled', async () => {
    const { call } = await start();
    const first = await call('group_msg_get_simple', { ...guild, ReqMsgNumber: 8 });
    expect(seqsOf(first)).toEqual([13, 12, 11, 10, 9, 8, 6, 5]);
    const next = await call('group_msg_get_simple', { ...guild, ReqMsgNumber: 8, ReqMsgSeq: 4 });
    expect(seqsOf(next)).toEqual([4, 3, 2, 1]);
    expect(next.IsFinished).toBe(1);
  });

  it('shows a recalled message as a placeholder, and a tip with a list for a body', async () => {
    const { call } = await start();
    const body = { ...guild, ReqMsgNumber: 20, WithRecalledMsg: 1 };
    const { RspMsgList } = await call('group_msg_get_simple', body);
    expect(RspMsgList).toContainEqual(expect.objectContaining({ MsgSeq: 7, IsPlaceMsg: 2, MsgBody: [] }));
    expect(RspMsgList).toContainEqual(
      expect.objectContaining({
        MsgSeq: 13,
        IsSystemMsg: 1,
        MsgBody: [{ MsgType: 'TIMGroupTipElem', MsgContent: expect.objectContaining({ Event: 'Muted' }) }],
      }),
    );
  });

  it.each([0, 21])('takes no ReqMsgNumber of %i', async (ReqMsgNumber) => {
    const { call } = await start();
    expect((await call('group_msg_get_simple', { ...guild, ReqMsgNumber })).ErrorCode).toBe(10004);
  });
});

describe('system tips', () => {
  const mute = { Members_Account: ['bob'], MuteTime: 60 };
  it.each([
    ['guild', 1],
    ['@TGS#_lounge', 1],
    ['arena', 0],
    ['live', 0],
  ])('of a mute in %s take %i numbers', async (GroupId, count) => {
    const { call, service } = await start();
    const before = service.world.group(GroupId).nextMsgSeq;
    await call('forbid_send_msg', { GroupId, ...mute });
    expect(service.world.group(GroupId).nextMsgSeq).toBe(before + count);
  });

  it('are not stored for a silent kick', async () => {
    const { call, service } = await start();
    const before = service.world.group('guild').nextMsgSeq;
    await call('delete_group_member', { ...guild, MemberToDel_Account: ['bob'], Silence: 1 });
    expect(service.world.group('guild').nextMsgSeq).toBe(before);
    await call('delete_group_member', { ...guild, MemberToDel_Account: ['dave'] });
    expect(service.world.group('guild').nextMsgSeq).toBe(before + 1);
  });
});

describe('send_group_system_notification', () => {
  it.each<[object, number]>([
    [{ ...guild, Content: 'x' }, 0],
    [{ ...guild, Content: 'x', ToMembers_Account: ['bob'] }, 0],
    [{ ...guild, Content: 'x', ToMembers_Account: [] }, 0],
    [{ GroupId: 'live', Content: 'x', ToMembers_Account: [] }, 0],
    [{ GroupId: 'live', Content: 'x', ToMembers_Account: ['bob'] }, 10007],
    [{ ...guild, Content: 'x'.repeat(12 * 1024 + 1) }, 80002],
    [guild, 10004],
  ])('%#', async (body, code) => {
    const { call } = await start();
    expect((await call('send_group_system_notification', body)).ErrorCode).toBe(code);
  });

  it('reaches the members that it names, and nobody else', async () => {
    const { call, service } = await start();
    const ToMembers_Account = ['bob', 'mallory', 'nobody'];
    await call('send_group_system_notification', { ...guild, Content: 'Hello, bob', ToMembers_Account });
    expect(service.world.inbox('bob')).toEqual([
      { text: 'Hello, bob', from: 'administrator', time: NOW, group: 'guild' },
    ]);
    expect(['alice', 'mallory', 'nobody'].flatMap((account) => service.world.inbox(account))).toEqual([]);
  });

  it.each(['guild', 'live'])('reaches everybody in %s where it names nobody', async (GroupId) => {
    const { call, service } = await start();
    await call('send_group_system_notification', { GroupId, Content: 'Hello' });
    const reached = [...service.world.accounts.keys()].filter(
      (account) => service.world.inbox(account).length > 0,
    );
    expect(reached.sort()).toEqual([...service.world.group(GroupId).accounts].sort());
  });
});
