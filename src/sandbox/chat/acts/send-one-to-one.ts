// How a one-to-one message gets to its receiver: webhooks, size, repeats, the receiver's inbox.
import { z } from 'zod';
import { messageElement } from '../../../chat/protocol/schemas.ts';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES } from '../rules/limits.ts';
import { keyOf, type OneToOneMessage } from '../world/one-to-one.ts';
import { rewritten } from './rewrite.ts';

export interface OneToOneDraft
  extends Pick<OneToOneMessage, 'from' | 'to' | 'seq' | 'random' | 'body' | 'cloudCustomData'> {
  /** Reaches only who is online; never stored. */
  readonly onlineOnly: boolean;
  readonly forbidden: readonly string[];
}

/**
 * Sends a one-to-one message, asks the app's backend before and tells it afterwards, also of a refusal.
 *
 * @returns its key and time, also when the backend discarded it in silence
 * @throws Failure 20006 or 120001 to 130000 (refused by a webhook), 80003, 90007, 90010, 93000 (over 12 KB)
 */
export async function sendOneToOne(
  call: Call,
  draft: OneToOneDraft,
): Promise<{ MsgTime: number; MsgKey: string }> {
  const message = { ...draft, time: call.world.now() };
  const sent = { MsgTime: message.time, MsgKey: keyOf(message) };
  requireElements(draft.body, 93000);
  if (isRepeat(call, message)) return sent;
  try {
    const permitted = await askBackend(call, message);
    if (permitted === undefined) return sent;
    handOver(call, permitted);
    tell(call, permitted, 0, 'send msg succeed');
    return sent;
  } catch (error) {
    if (error instanceof Failure) tell(call, message, error.code, error.message);
    throw error;
  }
}

type Timed = OneToOneDraft & { readonly time: number };

/** @returns the message, as rewritten by the app's backend where it did; undefined when discarded in silence */
async function askBackend(call: Call, message: Timed): Promise<Timed | undefined> {
  if (message.forbidden.includes('ForbidBeforeSendMsgCallback')) return message;
  const verdict = await call.webhooks.before('C2C.CallbackBeforeSendMsg', eventOf(message), call);
  if (verdict.ErrorCode !== 0) return undefined;
  const permitted = rewritten(message, verdict);
  requireElements(permitted.body, 93000);
  return permitted;
}

/** Puts a message into the receiver's inbox, and into the log unless it was for those online only. */
export function handOver({ world, platform }: Call, message: Timed): void {
  const { from, to, seq, random, time, body, cloudCustomData, onlineOnly } = message;
  if (!onlineOnly) {
    world.oneToOne.push({ from, to, seq, random, time, body, cloudCustomData, platform, state: 'normal' });
  }
  world.hand(to, { text: wordsOf(body), from, time, random });
}

function tell(call: Call, message: Timed, code: number, info: string): void {
  if (message.forbidden.includes('ForbidAfterSendMsgCallback')) return;
  const unread =
    code === 0 ? call.world.inbox(message.to).filter(({ group }) => group === undefined).length : -1;
  const fields = { ...eventOf(message), SendMsgResult: code, ErrorInfo: info, UnreadMsgNum: unread };
  call.webhooks.after('C2C.CallbackAfterSendMsg', fields, call);
}

const eventOf = (message: Timed) => ({
  From_Account: message.from,
  To_Account: message.to,
  MsgSeq: message.seq,
  MsgRandom: message.random,
  MsgTime: message.time,
  MsgKey: keyOf(message),
  OnlineOnlyFlag: message.onlineOnly ? 1 : 0,
  MsgBody: message.body,
  ...(message.cloudCustomData !== '' && { CloudCustomData: message.cloudCustomData }),
});

/** Messages of one sender in one second are told apart by `MsgRandom` (page 34919). */
export const isRepeat = (
  { world }: Pick<Call, 'world'>,
  { from, to, time, random }: Pick<OneToOneMessage, 'from' | 'to' | 'time' | 'random'>,
): boolean =>
  world.inbox(to).some((known) => known.from === from && known.time === time && known.random === random);

/** @throws Failure 90007 (empty), 90010 (two custom elements), or `tooLong` */
export function requireElements(body: readonly unknown[], tooLong: number): void {
  if (body.length === 0) throw new Failure(90007, 'MsgBody is empty');
  const custom = body.filter(
    (element) => messageElement.safeParse(element).data?.MsgType === 'TIMCustomElem',
  );
  if (custom.length > 1) throw new Failure(90010, 'more than one TIMCustomElem');
  if (bytesOf(JSON.stringify(body)) > MAX_MESSAGE_BYTES) throw new Failure(tooLong);
}

const textElement = messageElement.extend({
  MsgType: z.literal('TIMTextElem'),
  MsgContent: z.looseObject({ Text: z.string() }),
});

/** The words of a message's text elements. */
export const wordsOf = (body: readonly unknown[]): string =>
  body.map((element) => textElement.safeParse(element).data?.MsgContent.Text ?? '').join('');
