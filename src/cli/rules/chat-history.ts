// Messages of the past from Chat: the hourly files of the whole app, or the pages of one group.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { request } from 'undici';
import type { Chat, ChatError } from '../../chat/chat.ts';
import { jsonObjects } from '../../util/json-objects.ts';

/** One piece of a history: a message as JSON, or that some of it is missing. */
export type HistoryPiece =
  | { readonly kind: 'message'; readonly value: unknown }
  | { readonly kind: 'missing'; readonly hour: string; readonly error: ChatError | string }
  /** How much is done, from 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number };

const HOUR = 3_600_000;
/** Beijing is eight hours ahead of UTC, all year. */
const BEIJING = 8 * HOUR;
/** An hour's file is made within two hours after it has begun (page 34885). */
const READY_AFTER = 2 * HOUR;
/** Files are kept so long (page 34885). */
export const LONGEST_HISTORY = 7 * 86_400;

/** The app's messages since a moment, hour by hour. @param since and now in Unix milliseconds */
export async function* appHistory(
  chat: Chat,
  since: number,
  now: number,
  stop: AbortSignal,
): AsyncGenerator<HistoryPiece> {
  const first = Math.floor(since / HOUR) * HOUR;
  const last = now - READY_AFTER;
  for (let hour = first; hour <= last && !stop.aborted; hour += HOUR) {
    const name = new Date(hour + BEIJING).toISOString().slice(0, 13).replace(/\D/g, '');
    const listed = await chat.call('get_history', { ChatType: 'Group', MsgTime: name }, { signal: stop });
    if (!listed.ok) yield { kind: 'missing', hour: name, error: listed.error };
    else for (const file of listed.answer.File) yield* messagesOf(file.URL, name, stop);
    yield { kind: 'progress', share: Math.min((hour + HOUR - first) / (now - first), 1) };
  }
}

async function* messagesOf(url: string, hour: string, stop: AbortSignal): AsyncGenerator<HistoryPiece> {
  try {
    const { statusCode, body } = await request(url, { signal: stop });
    if (statusCode !== 200) {
      await body.dump();
      yield { kind: 'missing', hour, error: `HTTP ${statusCode}` };
      return;
    }
    for await (const text of jsonObjects(unpacked(body), 'MsgList')) {
      yield { kind: 'message', value: parsed(text) };
    }
  } catch (error) {
    if (stop.aborted) return;
    yield { kind: 'missing', hour, error: error instanceof Error ? error.message : String(error) };
  }
}

/** The text of a file, packed by gzip or not. */
async function* unpacked(body: Readable): AsyncGenerator<string> {
  const chunks = body[Symbol.asyncIterator]();
  const { value: start } = await chunks.next();
  if (!Buffer.isBuffer(start)) return;
  const whole = Readable.from(
    (async function* () {
      yield start;
      for (let chunk = await chunks.next(); chunk.done !== true; chunk = await chunks.next())
        yield chunk.value;
    })(),
  );
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const bytes = isPacked ? whole.compose(createGunzip()) : whole;
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
}

/** `null` for what is no JSON, which is then counted as unreadable. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Messages a page (page 34971). */
const PAGE = 20;

/** The messages of one group since a moment, the oldest first. @param since Unix milliseconds */
export async function* groupHistory(
  chat: Chat,
  group: string,
  since: number,
  stop: AbortSignal,
): AsyncGenerator<HistoryPiece> {
  const newest = await page(chat, group, undefined, stop);
  if ('error' in newest) {
    yield { kind: 'missing', hour: group, error: newest.error };
    return;
  }
  const last = newest.messages[0]?.MsgSeq ?? 0;
  const first = await firstSince(chat, group, last, since, stop);
  for (let from = first; from <= last && !stop.aborted; from += PAGE) {
    const read = await page(chat, group, Math.min(from + PAGE - 1, last), stop);
    if ('error' in read) yield { kind: 'missing', hour: `${group} ${from}`, error: read.error };
    else {
      const wanted = read.messages.filter(({ MsgSeq, IsSystemMsg }) => MsgSeq >= from && !IsSystemMsg);
      for (const one of wanted.toReversed()) yield { kind: 'message', value: { GroupId: group, ...one } };
    }
    yield { kind: 'progress', share: (from + PAGE - first) / (last - first + PAGE) };
  }
}

async function page(chat: Chat, group: string, from: number | undefined, signal: AbortSignal) {
  const body = {
    GroupId: group,
    ReqMsgNumber: PAGE,
    WithRecalledMsg: 1,
    ...(from !== undefined && { ReqMsgSeq: from }),
  };
  const read = await chat.call('group_msg_get_simple', body, { signal });
  if (!read.ok) return { error: read.error };
  const messages = [...read.answer.RspMsgList, ...read.answer.MsgList].sort((a, b) => b.MsgSeq - a.MsgSeq);
  return { messages };
}

/** The first number whose message is not older than a moment: numbers rise with time, so halves are looked at. */
async function firstSince(
  chat: Chat,
  group: string,
  last: number,
  since: number,
  stop: AbortSignal,
): Promise<number> {
  let [low, high] = [1, last + 1];
  while (low < high && !stop.aborted) {
    const middle = Math.floor((low + high) / 2);
    const read = await page(chat, group, middle, stop);
    const [newest] = 'error' in read ? [] : read.messages;
    const isOld = newest?.MsgTimeStamp === undefined || newest.MsgTimeStamp * 1_000 < since;
    if (isOld) low = middle + 1;
    else high = middle;
  }
  return low;
}
