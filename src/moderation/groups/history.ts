// The history of a group, page by page: the latest messages, those around one, and those with certain numbers.
import { type Chat, callOptions } from '../../chat/chat.ts';
import type { StoredMessage } from '../../chat/protocol/schemas.ts';
import { createLanes } from '../../util/lanes.ts';
import { failed, found, type Result } from '../result.ts';

/** Messages a page (page 34971). */
const PAGE = 20;
/** Pages that are read side by side. */
const AT_ONCE = 10;
/** How far back a search goes. */
const MOST_PAGES = 25;

/** Neither a notice of the group's system nor taken back or gone. */
export const isReadable = (stored: StoredMessage): boolean => !stored.IsPlaceMsg && !stored.IsSystemMsg;

export interface HistoryReader {
  readonly chat: Chat;
  readonly group: string;
  readonly signal: AbortSignal | undefined;
}

/** @param from the highest number of the page; the latest messages where it is absent. @returns newest first */
async function readPage(
  { chat, group, signal }: HistoryReader,
  from: number | undefined,
): Promise<Result<readonly StoredMessage[]>> {
  const result = await chat.call(
    'group_msg_get_simple',
    {
      GroupId: group,
      ReqMsgNumber: PAGE,
      WithRecalledMsg: 1,
      ...(from === undefined ? {} : { ReqMsgSeq: from }),
    },
    callOptions(signal),
  );
  if (!result.ok) return failed(result.error);
  const { RspMsgList, MsgList } = result.answer;
  return found([...RspMsgList, ...MsgList].sort((a, b) => b.MsgSeq - a.MsgSeq));
}

/** Which of the messages before a number are looked for. */
export interface LatestQuery {
  readonly count: number;
  /** Messages with lower numbers only. */
  readonly before?: number | undefined;
  matches(stored: StoredMessage): boolean;
}

export interface Latest {
  /** Newest first. */
  readonly messages: readonly StoredMessage[];
  /** Number before which nothing was looked at; `null`: there is nothing before. */
  readonly rest: number | null;
}

/** The latest messages that match; a search ends after 500. */
export async function readLatest(
  reader: HistoryReader,
  { count, before, matches }: LatestQuery,
): Promise<Result<Latest>> {
  const kept: StoredMessage[] = [];
  let from = before === undefined ? undefined : before - 1;
  for (let pages = 0; pages < MOST_PAGES && kept.length < count && from !== 0; pages += 1) {
    const page = await readPage(reader, from);
    if (!page.ok) return page;
    kept.push(...page.value.filter(matches));
    from = (page.value.at(-1)?.MsgSeq ?? 1) - 1;
  }
  const messages = kept.slice(0, count);
  const last = kept.length > count ? messages.at(-1)?.MsgSeq : undefined;
  return found({ messages, rest: last ?? (from === undefined || from < 1 ? null : from + 1) });
}

/** The messages with these numbers, as far as the group has them, newest first. Pages are read side by side. */
export async function readNumbered(
  reader: HistoryReader,
  seqs: readonly number[],
): Promise<Result<readonly StoredMessage[]>> {
  const wanted = new Set(seqs);
  const lanes = createLanes(AT_ONCE);
  const kept = new Map<number, StoredMessage>();
  let waiting = [...wanted].sort((a, b) => b - a);
  while (waiting.length > 0) {
    const starts = startsOf(waiting);
    const pages = await Promise.all(starts.map((from) => lanes.take(() => readPage(reader, from))));
    const covered: Span[] = [];
    for (const [index, page] of pages.entries()) {
      if (!page.ok) return page;
      const from = starts[index] ?? 0;
      for (const one of page.value) if (wanted.has(one.MsgSeq)) kept.set(one.MsgSeq, one);
      covered.push({ from, to: Math.min(from, page.value.at(-1)?.MsgSeq ?? 0) });
    }
    // A page may hold fewer messages than it was asked for.
    waiting = waiting.filter((seq) => !covered.some(({ from, to }) => seq <= from && seq >= to));
  }
  return found([...kept.values()].sort((a, b) => b.MsgSeq - a.MsgSeq));
}

/** The numbers that a page told of. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where pages begin that hold all of these numbers. @param seqs highest first */
function startsOf(seqs: readonly number[]): readonly number[] {
  const starts: number[] = [];
  for (const seq of seqs) {
    const last = starts.at(-1);
    if (last === undefined || seq <= last - PAGE) starts.push(seq);
  }
  return starts;
}

/** So many of the latest numbers of a group, whatever became of the messages, newest first. */
export async function readNewest(
  reader: HistoryReader,
  count: number,
): Promise<Result<readonly StoredMessage[]>> {
  const first = await readPage(reader, undefined);
  if (!first.ok) return first;
  const newest = first.value[0]?.MsgSeq ?? 0;
  const oldest = first.value.at(-1)?.MsgSeq ?? 1;
  const lowest = Math.max(1, newest - count + 1);
  const older = Array.from({ length: Math.max(0, oldest - lowest) }, (_, index) => oldest - 1 - index);
  const rest = await readNumbered(reader, older);
  return rest.ok ? found([...first.value, ...rest.value].slice(0, count)) : rest;
}
