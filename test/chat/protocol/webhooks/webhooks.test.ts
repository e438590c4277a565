// Webhooks as they arrive: the samples of their pages, what pages disagree about, and what nobody should send.
import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  answerOf,
  isBeforeCommand,
  OK,
  readWebhook,
  signFault,
  type Verdict,
  webhookCommands,
  webhookSign,
} from '../../../../src/chat/protocol/webhooks/index.ts';

const origin = { platform: 'iOS', clientIp: '192.0.2.1' };
const read = (command: string, body: unknown) => {
  const result = readWebhook(command, origin, body);
  return result.kind === 'read' ? result.webhook.body : result;
};

const message = {
  CallbackCommand: 'Group.CallbackBeforeSendMsg',
  GroupId: '@TGS#2J4SZEAEL',
  Type: 'Community',
  From_Account: 'jared',
  Operator_Account: 'admin',
  Random: 123456,
  OnlineOnlyFlag: 0,
  MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'red packet' } }],
  CloudCustomData: 'your cloud custom data',
  TopicId: '@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic',
  EventTime: 1670574414123,
};

describe('bodies', () => {
  test('a message with every field of its page', () => {
    expect(read('Group.CallbackBeforeSendMsg', message)).toEqual(message);
  });

  test('times and numbers as text, as older samples have them', () => {
    const body = { ...message, MsgSeq: '130', MsgTime: '1670574414', EventTime: '1670574414123' };
    expect(read('Group.CallbackAfterSendMsg', body)).toMatchObject({
      MsgSeq: 130,
      MsgTime: 1670574414,
      EventTime: 1670574414123,
    });
  });

  test.each([
    ['Work', 'Private'],
    ['Meeting', 'ChatRoom'],
    ['Public', 'Public'],
    ['Somewhere', undefined],
  ])('a group of type %s is read as %s', (Type, expected) => {
    expect(read('Group.CallbackAfterGroupFull', { GroupId: 'g', Type })).toMatchObject({ Type: expected });
  });

  test.each(['Modified_Account', 'Member_Account'])('a changed member under the name %s', (field) => {
    const body = { GroupId: 'g', [field]: 'bob', Role: 'Admin' };
    expect(read('Group.CallbackAfterMemberFieldChanged', body)).toMatchObject({ Member_Account: 'bob' });
  });

  test('members as a plain list', () => {
    const body = { GroupId: 'g', DestinationMembers: [{ Member_Account: 'a' }, { Member_Account: 'b' }] };
    expect(read('Group.CallbackBeforeInviteJoinGroup', body)).toMatchObject({
      DestinationMembers: ['a', 'b'],
    });
    expect(read('Group.CallbackAfterGroupDestroyed', { GroupId: 'g' })).toMatchObject({ MemberList: [] });
  });

  test('a one-to-one message that could not be sent', () => {
    const body = { From_Account: 'a', To_Account: 'b', MsgBody: [], SendMsgResult: 20012, UnreadMsgNum: -1 };
    expect(read('C2C.CallbackAfterSendMsg', body)).toMatchObject({ SendMsgResult: 20012, UnreadMsgNum: -1 });
  });

  test.each(webhookCommands)('%s takes fields that nobody knows yet', (command) => {
    const minimal = {
      ...message,
      To_Account: 'b',
      Requestor_Account: 'c',
      MsgSeqList: [],
      Info: {},
      Brandnew: { a: [1] },
    };
    expect(read(command, minimal)).toMatchObject({ Brandnew: { a: [1] } });
  });

  test.each([
    ['no object', 'text', ''],
    ['no group', { ...message, GroupId: undefined }, 'GroupId'],
    ['a sender that is no text', { ...message, From_Account: 7 }, 'From_Account'],
    ['a body that is no list', { ...message, MsgBody: 'hi' }, 'MsgBody'],
    ['an element without a type', { ...message, MsgBody: [{ MsgContent: {} }] }, 'MsgBody.0.MsgType'],
    ['a random that is no number', { ...message, Random: 'many' }, 'Random'],
  ])('%s is told as faulty', (_name, body, where) => {
    expect(read('Group.CallbackBeforeSendMsg', body)).toEqual({ kind: 'faulty', where });
  });

  test('a command that is not listed is unknown, whatever it is called', () => {
    for (const command of ['Group.CallbackBeforeDance', 'constructor', '__proto__', ''])
      expect(readWebhook(command, origin, {})).toEqual({ kind: 'unknown' });
  });

  prop.prop([fc.constantFrom(...webhookCommands), fc.jsonValue()])(
    'any JSON at all is read or faulty',
    (command, body) => {
      expect(['read', 'faulty']).toContain(readWebhook(command, origin, body).kind);
    },
  );
});

test('before-webhooks are told by their name', () => {
  expect(isBeforeCommand('Group.CallbackBeforeApplyJoinGroup')).toBe(true);
  expect(isBeforeCommand('C2C.CallbackBeforeSendMsg')).toBe(true);
  expect(isBeforeCommand('Group.CallbackAfterSendMsg')).toBe(false);
});

describe('answers', () => {
  const element = { MsgType: 'TIMTextElem', MsgContent: { Text: '***' } };
  test.each<[Verdict, object]>([
    [{ kind: 'pass' }, OK],
    [
      { kind: 'pass', MsgBody: [element], CloudCustomData: 'x' },
      { ...OK, MsgBody: [element], CloudCustomData: 'x' },
    ],
    [
      { kind: 'pass', refused: ['jared'] },
      { ...OK, RefusedMembers_Account: ['jared'] },
    ],
    [{ kind: 'reject' }, { ...OK, ErrorCode: 1 }],
    [
      { kind: 'reject', code: 10101, words: 'too many links' },
      { ...OK, ErrorCode: 10101, ErrorInfo: 'too many links' },
    ],
    [{ kind: 'drop' }, { ...OK, ErrorCode: 2 }],
  ])('%j', (verdict, expected) => {
    expect(answerOf('Group.CallbackBeforeSendMsg', verdict)).toEqual(expected);
  });

  test('a custom code must be one that Chat hands on', () => {
    const reject = (code: number): Verdict => ({ kind: 'reject', code });
    expect(() => answerOf('Group.CallbackBeforeSendMsg', reject(10201))).toThrow(RangeError);
    expect(() => answerOf('C2C.CallbackBeforeSendMsg', reject(10101))).toThrow(RangeError);
    expect(answerOf('C2C.CallbackBeforeSendMsg', reject(120001)).ErrorCode).toBe(120001);
  });
});

describe('signatures', () => {
  const sign = '17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061';
  const at = 1_669_872_112;
  const check = (parts: object = {}) =>
    signFault({ token: 'xxxxyyyy', sign, requestTime: String(at), now: at, ...parts });

  test('the verified one of the documentation', () => {
    expect(webhookSign('xxxxyyyy', at)).toBe(sign);
    expect(check()).toBeNull();
  });

  test.each([
    ['60 seconds late', { now: at + 60 }, null],
    ['60 seconds early', { now: at - 60 }, null],
    ['older', { now: at + 61 }, 'stale'],
    ['from the future', { now: at - 61 }, 'stale'],
    ['of another token', { token: 'xxxyyy' }, 'wrong'],
    ['of another time', { requestTime: String(at + 1), now: at + 1 }, 'wrong'],
    ['cut short', { sign: sign.slice(1) }, 'wrong'],
    ['of letters that take several bytes', { sign: '梅'.repeat(64) }, 'wrong'],
    ['with a time that is none', { requestTime: '1e9' }, 'wrong'],
    ['absent', { sign: undefined }, 'missing'],
    ['without a time', { requestTime: undefined }, 'missing'],
  ])('%s', (_name, parts, fault) => {
    expect(check(parts)).toBe(fault);
  });
});
