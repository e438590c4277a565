// modify_group_msg: what becomes of a message that is in the history already.
import { describe, expect, it } from 'vitest';
import { start } from '../harness.ts';

const guild = { GroupId: 'guild' };
const text = (Text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text } }];

it('replaces the elements, the custom data, or both', async () => {
  const { call } = await start();
  const reply = await call('modify_group_msg', { ...guild, MsgSeq: 1, MsgBody: text('[removed]') });
  expect(reply).toEqual({ ActionStatus: 'OK', ErrorInfo: 'succeed', ErrorCode: 0 });
  await call('modify_group_msg', { ...guild, MsgSeq: 2, CloudCustomData: 'hidden' });
  const history = await call('group_msg_get_simple', { ...guild, ReqMsgSeq: 2, ReqMsgNumber: 2 });
  expect(history.RspMsgList).toMatchObject([
    { MsgSeq: 2, MsgBody: text('Hi all, is the raid still on?'), CloudCustomData: 'hidden' },
    { MsgSeq: 1, MsgBody: text('[removed]'), From_Account: 'alice' },
  ]);
});

describe('refuses', () => {
  const custom = { MsgType: 'TIMCustomElem', MsgContent: { Data: 'x' } };
  it.each<[string, object, number]>([
    ['to change nothing', { MsgSeq: 1 }, 90001],
    ['what is unset only', { MsgSeq: 1, MsgBody: [], CloudCustomData: '' }, 90001],
    ['two custom elements', { MsgSeq: 1, MsgBody: [custom, custom] }, 90010],
    ['more than 12 KB', { MsgSeq: 1, MsgBody: text('x'.repeat(13_000)) }, 93000],
    ['a message that is not there', { MsgSeq: 99, MsgBody: text('x') }, 20022],
    ['a system tip', { MsgSeq: 13, MsgBody: text('x') }, 20022],
    ['a recalled message', { MsgSeq: 7, MsgBody: text('x') }, 20023],
    ['a group that is not there', { GroupId: 'nowhere', MsgSeq: 1, MsgBody: text('x') }, 10010],
    ['no MsgSeq', { MsgBody: text('x') }, 90001],
  ])('%s', async (_name, fields, code) => {
    const { call } = await start();
    expect((await call('modify_group_msg', { ...guild, ...fields })).ErrorCode).toBe(code);
  });
});
