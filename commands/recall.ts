// /recall: takes messages back, by sequence number or the last few.
import { batches, changing, message, messages, shorten } from '../src/command/index.ts';
import { lineOfMessage, saidIn } from './shared/messages.ts';

/** Bytes that a recall's reason holds (page 34965). */
const REASON_BYTES = 100;

export const recall = changing({
  name: 'recall',
  capability: 'recall',
  options: { messages: messages() },
  takes: 'named',
  calls: [{ endpoint: 'group_msg_recall' }],
  plan(_options, { group, messages, reason }) {
    return batches('group_msg_recall', messages).map((batch) => ({
      endpoint: 'group_msg_recall',
      body: {
        GroupId: group.id,
        MsgSeqList: batch.map((one) => ({ MsgSeq: one.seq })),
        ...(reason === undefined ? {} : { Reason: shorten(reason, REASON_BYTES) }),
      },
      covers: batch.map((one) => ({
        target: String(one.seq),
        done:
          one.sender === null
            ? message('recall.doneUnseen', { seq: one.seq })
            : message('recall.done', { seq: one.seq, sender: one.sender.account, excerpt: saidIn(one) }),
        ...(one.sender === null ? {} : { shown: { message: lineOfMessage(one), lines: [] } }),
      })),
    }));
  },
});
