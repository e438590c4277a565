// The call that rewrites a message that is in a group's history already.
import { requireElements } from '../../acts/send-one-to-one.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import type { Group } from '../../world/group.ts';
import type { Topic } from '../../world/topic.ts';

/** @throws Failure 90001 when nothing is to change, 20022 for no message or a system tip, 20023 when it is recalled */
function modifyMessage(
  _call: Call,
  body: Body<'modify_group_msg'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  const { MsgBody, CloudCustomData } = body;
  if (MsgBody === undefined && CloudCustomData === undefined) {
    throw new Failure(90001, 'neither MsgBody nor CloudCustomData is given');
  }
  if (MsgBody !== undefined) requireElements(MsgBody, 93000);
  const message = (topic ?? group).message(body.MsgSeq);
  if (message === undefined || message.isSystem) throw new Failure(20022);
  if (message.state !== 'normal') throw new Failure(20023);
  message.body = MsgBody ?? message.body;
  message.cloudCustomData = CloudCustomData ?? message.cloudCustomData;
  // The page's own word for success.
  return { ErrorInfo: 'succeed' };
}

export const editRoutes = { modify_group_msg: groupCall('modify_group_msg', modifyMessage) };
