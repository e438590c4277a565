// Messages of a history as events: in the shape of the webhooks and of Chat's hourly files, or in a short one.
import { z } from 'zod';
import { type Message, message } from '../../i18n/message.ts';
import { type MessageEvent, messageEvent, textEvent, wireMessage } from './event.ts';

export type ReadMessage =
  | { readonly ok: true; readonly event: MessageEvent; readonly seq: number | null }
  | { readonly ok: false; readonly problem: Message };

const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).nullish();

/** Names of the time differ: `MsgTime` in webhooks, `MsgTimestamp` in files, `MsgTimeStamp` in pages of a group. */
const wire = wireMessage.extend({
  MsgTime: count,
  MsgTimestamp: count,
  MsgTimeStamp: count,
  EventTime: count,
  MsgSeq: count,
});

const short = z.looseObject({
  group: z.string().min(1),
  from: z.string().min(1),
  time: z.union([z.number(), z.string()]),
  text: z.string(),
});

/** Later times than this in seconds are milliseconds: the year 5138. */
const SECONDS_END = 100_000_000_000;

/** Reads one message. A time is Unix seconds or milliseconds, or a date as ISO 8601 writes it. */
export function readMessage(value: unknown): ReadMessage {
  const asWire = wire.safeParse(value);
  if (asWire.success) {
    const { MsgTime, MsgTimestamp, MsgTimeStamp, EventTime, MsgSeq } = asWire.data;
    const at = timeOf(MsgTime ?? MsgTimestamp ?? MsgTimeStamp ?? EventTime);
    if (at === null) return { ok: false, problem: message('rules.history.time') };
    return { ok: true, event: messageEvent(asWire.data, at), seq: MsgSeq ?? null };
  }
  const asShort = short.safeParse(value);
  if (!asShort.success) return { ok: false, problem: message('rules.history.shape') };
  const { group, from, time, text } = asShort.data;
  const at = timeOf(time);
  if (at === null) return { ok: false, problem: message('rules.history.time') };
  return { ok: true, event: textEvent(group, from, at, text), seq: null };
}

/** Unix milliseconds; `null` for what is no time. */
function timeOf(time: number | string | null | undefined): number | null {
  if (time === null || time === undefined) return null;
  const number =
    typeof time === 'string' && !/^\d+(?:\.\d+)?$/.test(time) ? Date.parse(time) / 1_000 : Number(time);
  if (!Number.isFinite(number) || number < 0) return null;
  return number > SECONDS_END ? number : number * 1_000;
}
