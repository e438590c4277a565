// Finds messages: from sequence numbers or "last 5" to who sent them.
import type { StoredMessage } from '../../chat/protocol/schemas.ts';
import { message } from '../../i18n/message.ts';
import { found, type Result, refused } from '../result.ts';
import type { GroupFacts, MemberFacts, MessageFacts } from './facts.ts';
import {
  type HistoryReader,
  isReadable,
  type Latest,
  type LatestQuery,
  readLatest,
  readNewest,
  readNumbered,
} from './history.ts';
import type { Lookup } from './lists.ts';
import { findMembers, type Unknown } from './members.ts';

export type MessageQuery =
  | { readonly kind: 'sequence'; readonly seqs: readonly number[] }
  | { readonly kind: 'last'; readonly count: number };

export interface MessagesFound {
  readonly messages: readonly MessageFacts[];
  readonly unknown: readonly Unknown[];
}

/** Finds the messages that a request names, each with its sender's facts. */
export async function findMessages(
  lookup: Lookup,
  group: GroupFacts,
  query: MessageQuery,
  signal: AbortSignal | undefined,
): Promise<Result<MessagesFound>> {
  if (group.type === 'AVChatRoom') return inLiveRoom(lookup, group, query, signal);
  const reader = { chat: lookup.chat, group: group.id, signal };
  const stored =
    query.kind === 'last' ? await readLast(reader, query.count) : await readNumbered(reader, query.seqs);
  if (!stored.ok) return stored;
  const senders = await findSenders(lookup, group, stored.value, signal);
  if (!senders.ok) return senders;
  const messages = stored.value.filter(isReadable).map((one) => factsOf(one, senders.value));
  const seqs = query.kind === 'last' ? [] : query.seqs;
  return found({ messages, unknown: seqs.flatMap((seq) => problemOf(seq, stored.value)) });
}

/** How many of a group's latest messages `delete_group_msg_by_sender` goes through (page 34970). */
const PURGED = 1_000;

/** What members wrote among the latest messages, newest first: what a purge takes away. */
export async function findWritten(
  { chat }: Pick<Lookup, 'chat'>,
  group: GroupFacts,
  members: readonly MemberFacts[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly MessageFacts[]>> {
  const senders = new Map(members.map((member) => [member.account, member]));
  const newest = await readNewest({ chat, group: group.id, signal }, PURGED);
  if (!newest.ok) return newest;
  const written = newest.value.filter((one) => isReadable(one) && senders.has(one.From_Account ?? ''));
  return found(written.map((one) => factsOf(one, senders)));
}

/** Which messages of a group are looked at. */
export interface MessagePageQuery {
  readonly count: number;
  /** Those with lower numbers only. */
  readonly before?: number | undefined;
  /** Those around this number instead of the latest. */
  readonly around?: number | undefined;
  /** Those by these accounts only. */
  readonly by?: readonly string[] | undefined;
}

export interface MessagePage {
  /** In the order in which they were sent; also those that were taken back, without what they said. */
  readonly messages: readonly StoredMessage[];
  /** Number before which the next page ends; `null` where this one is the first of all. */
  readonly next: number | null;
}

/** A page of messages for people to look at; of a live room, what the webhooks told of. */
export async function readMessagePage(
  { chat, recent }: Lookup,
  group: GroupFacts,
  query: MessagePageQuery,
  signal: AbortSignal | undefined,
): Promise<Result<MessagePage>> {
  const { count, around } = query;
  const before = query.before ?? (around === undefined ? undefined : around + Math.ceil(count / 2) + 1);
  const matches = (stored: StoredMessage) =>
    !stored.IsSystemMsg &&
    stored.IsPlaceMsg !== GONE &&
    (query.by === undefined || query.by.includes(stored.From_Account ?? ''));
  const latest =
    group.type === 'AVChatRoom'
      ? latestRemembered(recent?.of(group.id) ?? [], { count, before, matches })
      : await readLatest({ chat, group: group.id, signal }, { count, before, matches });
  if (!latest.ok) return latest;
  const { messages, rest } = latest.value;
  return found({ messages: messages.toReversed(), next: rest });
}

function latestRemembered(
  remembered: readonly StoredMessage[],
  { count, before, matches }: LatestQuery,
): Result<Latest> {
  if (remembered.length === 0) return refused(message('messages.liveRoom'));
  const older = remembered.filter((one) => (before === undefined || one.MsgSeq < before) && matches(one));
  const messages = older.slice(0, count);
  return found({ messages, rest: older.length > count ? (messages.at(-1)?.MsgSeq ?? null) : null });
}

/** A message that was deleted or has expired (page 34971). */
const GONE = 1;

/**
 * A live room keeps no history: what the webhooks told of it is known, and any other message is named by its number alone,
 * with a sender whom nobody knows.
 */
async function inLiveRoom(
  lookup: Lookup,
  group: GroupFacts,
  query: MessageQuery,
  signal: AbortSignal | undefined,
): Promise<Result<MessagesFound>> {
  const recent = lookup.recent?.of(group.id) ?? [];
  if (query.kind === 'last' && recent.length === 0) return refused(message('refused.noHistory'));
  const wanted =
    query.kind === 'last'
      ? recent.filter(isReadable).slice(0, query.count)
      : recent.filter(({ MsgSeq }) => query.seqs.includes(MsgSeq));
  const senders = await findSenders(lookup, group, wanted, signal);
  if (!senders.ok) return senders;
  const known = wanted.filter(isReadable).map((one) => factsOf(one, senders.value));
  const seqs = query.kind === 'last' ? [] : query.seqs;
  const remembered = new Set(wanted.map(({ MsgSeq }) => MsgSeq));
  const others = seqs
    .filter((seq) => !remembered.has(seq))
    .map((seq) => ({ seq, sender: null, at: null, body: [] }));
  return found({
    messages: [...known, ...others],
    unknown: seqs.filter((seq) => remembered.has(seq)).flatMap((seq) => problemOf(seq, wanted)),
  });
}

function problemOf(seq: number, stored: readonly StoredMessage[]): Unknown[] {
  const one = stored.find((candidate) => candidate.MsgSeq === seq);
  const target = String(seq);
  if (one === undefined || one.IsPlaceMsg === 1) {
    return [{ target, problem: message('refused.unknownMessage', { seq }) }];
  }
  if (one.IsPlaceMsg === 2) return [{ target, problem: message('refused.alreadyRecalled', { seq }) }];
  return one.IsSystemMsg ? [{ target, problem: message('refused.systemMessage', { seq }) }] : [];
}

/** The latest messages that can still be taken back. */
async function readLast(reader: HistoryReader, count: number): Promise<Result<readonly StoredMessage[]>> {
  const latest = await readLatest(reader, { count, matches: isReadable });
  if (!latest.ok) return latest;
  const { messages } = latest.value;
  return messages.length === 0 ? refused(message('refused.noMessages')) : found(messages);
}

async function findSenders(
  lookup: Lookup,
  group: GroupFacts,
  stored: readonly StoredMessage[],
  signal: AbortSignal | undefined,
): Promise<Result<ReadonlyMap<string, MemberFacts>>> {
  const accounts = new Set(stored.filter(isReadable).flatMap((one) => one.From_Account ?? []));
  const wanted = [...accounts].map((text) => ({ text, exact: true }));
  const senders = await findMembers(lookup, { group, wanted, reach: 'account', fields: [], signal });
  if (!senders.ok) return senders;
  return found(new Map(senders.value.members.map((member) => [member.account, member])));
}

const factsOf = (stored: StoredMessage, senders: ReadonlyMap<string, MemberFacts>): MessageFacts => ({
  seq: stored.MsgSeq,
  sender: senders.get(stored.From_Account ?? '') ?? null,
  at: stored.MsgTimeStamp ?? null,
  body: stored.MsgBody,
});
