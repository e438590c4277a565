// What after-webhooks tell is remembered for a while: the numbers of messages by their IDs, and all that live rooms have.
import type { StoredMessage } from '../../chat/protocol/schemas.ts';
import type { Webhook } from '../../chat/protocol/webhooks/index.ts';

/** The memory of live rooms, which the pipeline reads, too. */
export interface LiveMemory {
  note(group: string, sent: StoredMessage): void;
  recalled(group: string, seqs: readonly number[]): void;
  forget(group: string): void;
  of(group: string): readonly StoredMessage[];
}

export interface Memory {
  note(webhook: Webhook): void;
  sequenceOf(group: string, id: string): number | undefined;
}

/** IDs that are remembered; the oldest goes first. */
const MOST_IDS = 20_000;

export function createMemory(live: LiveMemory): Memory {
  const ids = new Map<string, number>();

  function noteId(key: string, seq: number): void {
    ids.set(key, seq);
    const [oldest] = ids.keys();
    if (ids.size > MOST_IDS && oldest !== undefined) ids.delete(oldest);
  }

  return {
    note(webhook) {
      if (webhook.command === 'Group.CallbackAfterSendMsg') {
        const { GroupId, Type, MsgId, MsgSeq, From_Account, MsgTime, MsgBody } = webhook.body;
        if (MsgSeq === undefined || MsgSeq === 0) return;
        if (MsgId !== undefined) noteId(`${GroupId}\n${MsgId}`, MsgSeq);
        if (Type !== 'AVChatRoom') return;
        live.note(GroupId, {
          From_Account,
          MsgSeq,
          MsgTimeStamp: MsgTime,
          MsgBody,
          IsPlaceMsg: undefined,
          IsSystemMsg: undefined,
        });
      } else if (webhook.command === 'Group.CallbackAfterRecallMsg') {
        live.recalled(
          webhook.body.GroupId,
          webhook.body.MsgSeqList.map(({ MsgSeq }) => MsgSeq),
        );
      } else if (webhook.command === 'Group.CallbackAfterGroupDestroyed') live.forget(webhook.body.GroupId);
    },
    sequenceOf: (group, id) => ids.get(`${group}\n${id}`),
  };
}
