// Calls that bring groups and messages in from elsewhere: no webhooks, no tips.
import { randomInt } from 'node:crypto';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';
import { buildGroup, requireNewGroup } from './new-group.ts';

/** @throws Failure 10007 for a live room, 10004 for a time to come, else as `create_group` */
function importGroup(call: Call, body: Body<'import_group'>): Answer {
  if (body.Type === 'AVChatRoom') throw new Failure(10007, 'a live room cannot be imported');
  const { CreateTime: made = call.world.now(), ...group } = body;
  if (made > call.world.now()) throw new Failure(10004, 'CreateTime is in the future');
  requireNewGroup(call, group);
  return { GroupId: buildGroup(call.world, group, call.world.now() - made).id };
}

/** `Result` of a message that is imported, and of one that is not: its time, its sender or its size is wrong. */
function importMessages(call: Call, body: Body<'import_group_msg'>, group: Group): Answer {
  const importOne = (item: (typeof body.MsgList)[number]) => {
    const code = faultOf(call, group, item);
    if (code !== 0) return { Result: code };
    const { seq, time } = group.store({
      ...{ from: item.From_Account, random: item.Random ?? randomInt(1, 2 ** 32), time: item.SendTime },
      ...{ priority: 2, body: item.MsgBody, isSystem: false, cloudCustomData: '', platform: 'RESTAPI' },
    });
    return { MsgSeq: seq, MsgTime: time, Result: 0 };
  };
  return { ImportMsgResult: body.MsgList.map(importOne) };
}

function faultOf(
  { world }: Call,
  group: Group,
  { SendTime: time, From_Account: from, MsgBody: body }: Body<'import_group_msg'>['MsgList'][number],
): number {
  // Ascending, between the making of the group and now (page 34968).
  if (time < Math.max(group.createTime, group.lastMsgTime) || time > world.now()) return 10004;
  if (!world.accounts.has(from)) return 10019;
  return bytesOf(JSON.stringify(body)) > MAX_MESSAGE_BYTES ? 80002 : 0;
}

export const importRoutes = {
  import_group: plainCall('import_group', importGroup),
  import_group_msg: groupCall('import_group_msg', importMessages),
};
