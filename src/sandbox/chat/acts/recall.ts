// What the app's backend learns of a recall.
import type { Call } from '../rules/call.ts';
import type { Group } from '../world/group.ts';
import type { Topic } from '../world/topic.ts';

/** Tells the app's backend, of a REST recall and of a client's alike (page 46979). */
export function tellOfRecall(
  call: Call,
  group: Group,
  topic: Topic | undefined,
  recalled: readonly { readonly MsgSeq: number }[],
): void {
  const fields = {
    Operator_Account: call.operator,
    Type: group.type,
    GroupId: group.id,
    MsgSeqList: recalled,
    ...(topic !== undefined && { TopicId: topic.id }),
  };
  call.webhooks.after('Group.CallbackAfterRecallMsg', fields, call);
}
