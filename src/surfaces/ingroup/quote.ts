// A quoted message: the client names it in `CloudCustomData`, and what it was is read from Chat, never from the quote.
import { z } from 'zod';
import type { StoredMessage } from '../../chat/protocol/schemas.ts';
import type { ChatCalls } from './chat-calls.ts';

/** How Tencent's UI kits name the message that is answered; the sender's claim. */
const reply = z.looseObject({
  messageSequence: z.coerce.number().int().positive().optional().catch(undefined),
  messageID: z.string().optional().catch(undefined),
  messageSender: z.string().optional().catch(undefined),
  /** Unix seconds. */
  messageTime: z.coerce.number().optional().catch(undefined),
});
const customData = z.looseObject({ messageReply: z.union([reply, z.string().transform(parse).pipe(reply)]) });

export type Quote = z.output<typeof reply>;

/** The quoted message as the client names it; `null` where none is. */
export const quoteIn = (custom: string): Quote | null =>
  customData.safeParse(parse(custom)).data?.messageReply ?? null;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface QuoteDeps {
  readonly chat: ChatCalls;
  /** What is remembered of a group's latest messages, newest first: all there is of a live room. */
  readonly recent: (group: string) => readonly StoredMessage[];
  /** Number of the message with this ID, as after-webhooks told it. */
  readonly sequenceOf: (group: string, id: string) => number | undefined;
}

/** Messages a page (page 34970), and the pages that are looked through for a sender and a time. */
const PAGE = 20;
const PAGES = 5;

/** The message itself; `null` where it is not there, or cannot be told. */
export async function findQuoted(
  deps: QuoteDeps,
  place: { readonly group: string; readonly topic: string | null },
  quote: Quote,
): Promise<StoredMessage | null> {
  const seq =
    quote.messageSequence ??
    (quote.messageID === undefined ? undefined : deps.sequenceOf(place.group, quote.messageID));
  const remembered = deps.recent(place.group);
  const isIt = (one: StoredMessage) =>
    seq === undefined
      ? one.From_Account === quote.messageSender && one.MsgTimeStamp === quote.messageTime
      : one.MsgSeq === seq;
  const known = remembered.find(isIt);
  if (known !== undefined) return known;
  if (seq === undefined && (quote.messageSender === undefined || quote.messageTime === undefined))
    return null;
  return look(deps.chat, place, seq, isIt);
}

async function look(
  chat: ChatCalls,
  { group, topic }: { readonly group: string; readonly topic: string | null },
  seq: number | undefined,
  isIt: (one: StoredMessage) => boolean,
): Promise<StoredMessage | null> {
  let from = seq;
  for (let page = 0; page < (seq === undefined ? PAGES : 1); page += 1) {
    const result = await chat.call('group_msg_get_simple', {
      GroupId: group,
      ReqMsgNumber: seq === undefined ? PAGE : 1,
      ...(from !== undefined && { ReqMsgSeq: from }),
      ...(topic !== null && { TopicId: topic }),
    });
    if (!result.ok) return null;
    const list = [...result.answer.RspMsgList, ...result.answer.MsgList];
    const found = list.find(isIt);
    if (found !== undefined) return found;
    const oldest = Math.min(...list.map(({ MsgSeq }) => MsgSeq));
    if (list.length === 0 || oldest <= 1) return null;
    from = oldest - 1;
  }
  return null;
}
