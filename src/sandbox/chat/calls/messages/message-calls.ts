// Calls about messages of groups: send, notify, recall, history.

import { type Delivery, deliver } from '../../acts/deliver.ts';
import { tellOfRecall } from '../../acts/recall.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES, requireTexts } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';
import type { Message, Place } from '../../world/place.ts';
import type { Topic } from '../../world/topic.ts';

const priorities: Readonly<Record<string, number>> = { High: 1, Normal: 2, Low: 3 };

/** Accounts that a message may call by name (page 34348). */
const MAX_MENTIONS = 30;

async function sendMessage(
  call: Call,
  body: Body<'send_group_msg'>,
  group: Group,
  topic: Topic | undefined,
): Promise<Answer> {
  const from = body.From_Account ?? call.operator;
  if ((body.GroupAtInfo ?? []).length > MAX_MENTIONS) throw new Failure(10053);
  requireAccounts(call, [from]);
  const priority = priorities[body.MsgPriority ?? 'Normal'];
  if (priority === undefined) throw new Failure(10004, 'MsgPriority is High, Normal or Low');
  const delivery: Delivery = await deliver(
    call,
    { group, topic },
    {
      from,
      random: body.Random,
      body: body.MsgBody,
      priority,
      cloudCustomData: body.CloudCustomData ?? '',
      onlineOnly: body.OnlineOnlyFlag === 1 && group.type !== 'AVChatRoom',
      forbidden: body.ForbidCallbackControl ?? [],
      mentions: body.GroupAtInfo ?? [],
    },
  );
  return { ...delivery };
}

/** Reaches the members that are named, or all where none is; the group's history does not keep it. */
function notify(
  call: Call,
  body: Body<'send_group_system_notification'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  if (bytesOf(body.Content) > MAX_MESSAGE_BYTES) throw new Failure(80002);
  const named = body.ToMembers_Account ?? [];
  const notice = {
    ...{ text: body.Content, from: call.operator, time: call.world.now(), group: group.id },
    ...(topic !== undefined && { topic: topic.id }),
  };
  for (const account of named.length > 0 ? named : group.accounts) {
    if (group.has(account)) call.world.hand(account, notice);
  }
  return {};
}

/** Seconds in which a message of a live room can be recalled (page 34965). */
const LIVE_RECALL_WINDOW = 3600;

function recall(call: Call, body: Body<'group_msg_recall'>, group: Group, topic: Topic | undefined): Answer {
  requireTexts({ Reason: body.Reason });
  const results = body.MsgSeqList.map(({ MsgSeq }) => ({
    MsgSeq,
    RetCode: recallOne(call, group, topic ?? group, MsgSeq),
  }));
  const recalled = results.filter(({ RetCode }) => RetCode === 0).map(({ MsgSeq }) => ({ MsgSeq }));
  if (recalled.length > 0) tellOfRecall(call, group, topic, recalled);
  return { RecallRetList: results };
}

/** @returns 0, 10030 (not there), 10031 (too old), or 10032 (recalled already, or a system tip) */
function recallOne(call: Call, group: Group, place: Place, seq: number): number {
  const message = place.message(seq);
  if (message === undefined || message.state === 'deleted') return 10030;
  if (message.isSystem || message.state === 'recalled') return 10032;
  const age = call.world.now() - message.time;
  if (group.type === 'AVChatRoom' && age > LIVE_RECALL_WINDOW) return 10031;
  message.state = 'recalled';
  return 0;
}

/** Messages from the end of the history that the call looks at (page 34970). */
const PURGE_REACH = 1000;

function purgeSender(
  _call: Call,
  body: Body<'delete_group_msg_by_sender'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  if (group.type === 'AVChatRoom') return {};
  for (const message of (topic ?? group).messages.slice(-PURGE_REACH)) {
    if (message.from === body.Sender_Account && !message.isSystem) message.state = 'recalled';
  }
  return {};
}

function history(
  _call: Call,
  body: Body<'group_msg_get_simple'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  const place = topic ?? group;
  const last = place.nextMsgSeq - 1;
  const found: Message[] = [];
  for (let seq = Math.min(body.ReqMsgSeq ?? last, last); seq >= 1; seq -= 1) {
    const message = place.message(seq);
    if (message === undefined || found.length === body.ReqMsgNumber) break;
    if (message.state !== 'recalled' || body.WithRecalledMsg === 1) found.push(message);
  }
  return { GroupId: group.id, IsFinished: 1, RspMsgList: found.map(storedMessage) };
}

const placeholders: Readonly<Record<Message['state'], number>> = { normal: 0, deleted: 1, recalled: 2 };

const storedMessage = (message: Message) => ({
  From_Account: message.from,
  IsPlaceMsg: placeholders[message.state],
  MsgBody: message.state === 'normal' ? message.body : [],
  MsgPriority: message.priority,
  MsgRandom: message.random,
  MsgSeq: message.seq,
  MsgTimeStamp: message.time,
  ...(message.isSystem && { IsSystemMsg: 1 }),
  ...(message.cloudCustomData !== '' && { CloudCustomData: message.cloudCustomData }),
});

export const messageRoutes = {
  send_group_msg: groupCall('send_group_msg', sendMessage),
  send_group_system_notification: groupCall('send_group_system_notification', notify),
  group_msg_recall: groupCall('group_msg_recall', recall),
  delete_group_msg_by_sender: groupCall('delete_group_msg_by_sender', purgeSender),
  group_msg_get_simple: groupCall('group_msg_get_simple', history),
};
