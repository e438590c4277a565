// Webhooks: what is sent where, signed how, and what answers do.

import { describe, expect, it } from 'vitest';
import { webhookSign } from '../../../../src/sandbox/chat/index.ts';
import { type Harness, NOW, START } from '../harness.ts';
import { answering, type Reaction, receive } from '../receiver.ts';

const guild = { GroupId: 'guild' };
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];
const send = ({ call }: Harness, fields: object = {}) =>
  call('send_group_msg', { ...guild, From_Account: 'bob', Random: 7, MsgBody: text('hi'), ...fields });

describe('delivery', () => {
  it('signs as documented', () => {
    const sign = '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061';
    expect(webhookSign('xxxxyyyy', 1_669_872_112)).toBe(sign);
  });

  it('names app, command, platform and signature in the URL', async () => {
    const { service, events } = await receive();
    await service.say('guild', 'bob', 'hi');
    await service.webhooksSettled();
    expect(events.map(({ query }) => query.get('CallbackCommand'))).toEqual([
      'Group.CallbackBeforeSendMsg',
      'Group.CallbackAfterSendMsg',
    ]);
    expect(Object.fromEntries(events[0]?.query ?? [])).toEqual({
      SdkAppid: '1400000000',
      CallbackCommand: 'Group.CallbackBeforeSendMsg',
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'Web',
      RequestTime: String(NOW),
      Sign: webhookSign('xxxxyyyy', NOW),
    });
  });

  it('leaves the signature out without a token', async () => {
    const { service, events } = await receive(undefined, { token: undefined });
    await service.say('guild', 'bob', 'hi');
    expect(events[0]?.query.has('Sign')).toBe(false);
  });

  it('can be pointed elsewhere', async () => {
    const { service, events } = await receive();
    service.setWebhook(undefined);
    await service.say('guild', 'bob', 'hi');
    expect(events).toEqual([]);
  });
});

describe('events', () => {
  const one = { Member_Account: 'bob' };
  const list = (...accounts: string[]) => accounts.map((Member_Account) => ({ Member_Account }));
  const about = { ...guild, Type: 'Public', Operator_Account: 'administrator' };
  const cases: [string, (harness: Harness) => Promise<unknown>, string, object][] = [
    [
      'a message',
      (h) => send(h, { CloudCustomData: 'c' }),
      'Group.CallbackAfterSendMsg',
      {
        ...about,
        From_Account: 'bob',
        Random: 7,
        MsgSeq: 14,
        MsgTime: NOW,
        MsgBody: text('hi'),
        CloudCustomData: 'c',
      },
    ],
    [
      'a muted sender',
      (h) => send(h, { From_Account: 'carol' }),
      'Group.CallbackSendMsgException',
      { ...about, From_Account: 'carol', ErrorCode: 10017 },
    ],
    [
      'a kick',
      ({ call }) => call('delete_group_member', { ...guild, MemberToDel_Account: ['bob', 'nobody'] }),
      'Group.CallbackAfterMemberExit',
      { ...about, ExitType: 'Kicked', ExitMemberList: list('bob') },
    ],
    [
      'a farewell',
      ({ service }) => service.leave('guild', 'bob'),
      'Group.CallbackAfterMemberExit',
      { ...about, Operator_Account: 'bob', ExitType: 'Quit', ExitMemberList: list('bob') },
    ],
    [
      'an invitation',
      ({ call }) => call('add_group_member', { ...guild, MemberList: list('bob', 'administrator') }),
      'Group.CallbackAfterNewMemberJoin',
      { ...about, JoinType: 'Invited', NewMemberList: list('administrator') },
    ],
    [
      'a visitor',
      ({ service }) => service.join('arena', 'ken'),
      'Group.CallbackAfterNewMemberJoin',
      { GroupId: 'arena', JoinType: 'Apply', Operator_Account: 'ken', NewMemberList: list('ken') },
    ],
    [
      'a new name of the group',
      ({ call }) => call('modify_group_base_info', { ...guild, Name: 'new', MuteAllMember: 'On' }),
      'Group.CallbackAfterGroupInfoChanged',
      { ...about, Name: 'new' },
    ],
    [
      'a promotion with a name card',
      ({ call }) =>
        call('modify_group_member_info', { ...guild, ...one, Role: 'Admin', NameCard: 'x', MuteTime: 9 }),
      'Group.CallbackAfterMemberFieldChanged',
      { ...about, Modified_Account: 'bob', Role: 'Admin', NameCard: 'x' },
    ],
    [
      'a recall',
      ({ call }) => call('group_msg_recall', { ...guild, MsgSeqList: [{ MsgSeq: 1 }, { MsgSeq: 99 }] }),
      'Group.CallbackAfterRecallMsg',
      { ...about, MsgSeqList: [{ MsgSeq: 1 }] },
    ],
    [
      'a new group',
      ({ call }) => call('create_group', { GroupId: 'g', Type: 'Public', Name: 'n', Owner_Account: 'bob' }),
      'Group.CallbackAfterCreateGroup',
      { GroupId: 'g', Type: 'Public', Name: 'n', Owner_Account: 'bob', MemberList: [] },
    ],
    [
      'the end of a group',
      ({ call }) => call('destroy_group', { GroupId: 'team' }),
      'Group.CallbackAfterGroupDestroyed',
      { GroupId: 'team', Type: 'Private', MemberList: list('olivia', 'alice', 'bob', 'carol', 'dave') },
    ],
    [
      'a new owner',
      ({ call }) => call('change_group_owner', { ...guild, NewOwner_Account: 'bob' }),
      'Group.CallbackAfterChangeGroupOwner',
      { ...about, OldOwner_Account: 'olivia', NewOwner_Account: 'bob' },
    ],
  ];

  it.each(cases)('%s', async (_name, act, command, fields) => {
    const harness = await receive();
    await act(harness);
    await harness.service.webhooksSettled();
    const event = harness.events.find(({ body }) => body.CallbackCommand === command);
    expect(event?.body).toMatchObject({ ...fields, EventTime: START });
    expect(
      harness.events.filter(({ body }) => String(body.CallbackCommand).includes('After')).length,
    ).toBeLessThan(2);
  });

  it('say nothing of mutes, bans, locks and message flags', async () => {
    const { call, service, events } = await receive();
    await call('forbid_send_msg', { ...guild, Members_Account: ['bob'], MuteTime: 60 });
    await call('ban_group_member', { ...guild, Members_Account: ['bob'], Duration: 60 });
    await call('modify_group_base_info', { ...guild, MuteAllMember: 'On' });
    const quiet = { MsgFlag: 'Discard', MuteTime: 60, AppMemberDefinedData: [{ Key: 'team', Value: 'x' }] };
    await call('modify_group_member_info', { ...guild, Member_Account: 'dave', ...quiet, NameCard: 'Dave' });
    await call('import_group_member', { ...guild, MemberList: [{ Member_Account: 'administrator' }] });
    await service.webhooksSettled();
    expect(events).toEqual([]);
  });

  it('are forbidden for one message', async () => {
    const harness = await receive();
    const ForbidCallbackControl = ['ForbidBeforeSendMsgCallback', 'ForbidAfterSendMsgCallback'];
    await send(harness, { ForbidCallbackControl });
    await harness.service.webhooksSettled();
    expect(harness.events).toEqual([]);
  });
});

describe('the answer to a before-webhook', () => {
  it.each([
    [{ ErrorCode: 0 }, 0, 1],
    [{ ErrorCode: 1 }, 10016, 0],
    [{ ErrorCode: 2 }, 0, 0],
    [{ ErrorCode: 10100 }, 10100, 0],
    [{ ErrorCode: 10200, ErrorInfo: 'no' }, 10200, 0],
    [{ ErrorCode: 5 }, 10016, 0],
  ])('%j -> %i, %i stored', async (answer, code, stored) => {
    const harness = await receive(answering(answer));
    const before = harness.service.world.messages('guild').length;
    expect((await send(harness)).ErrorCode).toBe(code);
    expect(harness.service.world.messages('guild')).toHaveLength(before + stored);
  });

  it('rewrites a message', async () => {
    const harness = await receive(answering({ ErrorCode: 0, MsgBody: text('***'), CloudCustomData: 'x' }));
    await send(harness);
    expect(harness.service.world.messages('guild').at(-1)).toMatchObject({
      body: text('***'),
      cloudCustomData: 'x',
    });
    await harness.service.webhooksSettled();
    expect(harness.events.at(-1)?.body).toMatchObject({ MsgBody: text('***') });
  });

  it('hands the words of a refusal to the client', async () => {
    const { service } = await receive(answering({ ErrorCode: 10101, ErrorInfo: 'too many links' }));
    expect(await service.say('guild', 'bob', 'x')).toEqual({ ErrorCode: 10101, ErrorInfo: 'too many links' });
  });

  it('turns away some of those invited', async () => {
    const { call } = await receive(answering({ ErrorCode: 0, RefusedMembers_Account: ['ken'] }));
    const MemberList = [{ Member_Account: 'ken' }, { Member_Account: 'mei' }];
    const reply = await call('add_group_member', { GroupId: 'arena', MemberList });
    expect(reply.MemberList).toMatchObject([{ Result: 0 }, { Result: 1 }]);
  });

  it.each<[string, Reaction]>([
    ['a status other than 200', () => ({ status: 500 })],
    ['no JSON', () => ({ text: 'hello' })],
    ['JSON without a code', () => ({ text: '{}' })],
    ['silence for two seconds', (command) => (command.includes('Before') ? 'silence' : {})],
  ])('lets the message pass on %s, unless told to refuse', async (_name, reaction) => {
    const open = await receive(reaction);
    const closed = await receive(reaction, { onFailure: 'refuse' });
    const [passed, refused] = await Promise.all([send(open), send(closed)]);
    expect(passed.ErrorCode).toBe(0);
    expect(refused.ErrorCode).toBe(80003);
  });
});

it('does not let an after-webhook delay the answer', async () => {
  const harness = await receive((command) => (command.includes('After') ? 'silence' : {}));
  const started = performance.now();
  await send(harness);
  expect(performance.now() - started).toBeLessThan(1000);
});
