// Finds messages: from sequence numbers or "last 5" to who sent them.
import { type Chat, callOptions } from '../../chat/chat.ts';
import type { StoredMessage } from '../../chat/protocol/schemas.ts';
import { message } from '../../i18n/message.ts';
import { failed, found, type Result, refused } from '../result.ts';
import type { GroupFacts, MemberFacts, MessageFacts } from './facts.ts';
import type { Lookup } from './lists.ts';
import { findMembers, type Unknown } from './members.ts';

export type MessageQuery =
  | { readonly kind: 'sequence'; readonly seqs: readonly number[] }
  | { readonly kind: 'last'; readonly count: number };

export interface MessagesFound {
  readonly messages: readonly MessageFacts[];
  readonly unknown: readonly Unknown[];
}

/** Messages a page (page 34971). */
const pageSize = 20;
/** How far "last N" looks back for messages that can still be recalled. */
const mostPages = 25;

const isRecallable = (stored: StoredMessage): boolean => !stored.IsPlaceMsg && !stored.IsSystemMsg;

/** Finds the messages that a request names, each with its sender's facts. */
export async function findMessages(
  lookup: Lookup,
  group: GroupFacts,
  query: MessageQuery,
  signal: AbortSignal | undefined,
): Promise<Result<MessagesFound>> {
  if (group.type === 'AVChatRoom') return inLiveRoom(lookup, group, query, signal);
  const stored =
    query.kind === 'last'
      ? await readLast(lookup.chat, group.id, query.count, signal)
      : await readSequence(lookup.chat, group.id, query.seqs, signal);
  if (!stored.ok) return stored;
  const senders = await findSenders(lookup, group, stored.value, signal);
  if (!senders.ok) return senders;
  const messages = stored.value.filter(isRecallable).map((one) => factsOf(one, senders.value));
  const seqs = query.kind === 'last' ? [] : query.seqs;
  return found({ messages, unknown: seqs.flatMap((seq) => problemOf(seq, stored.value)) });
}

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
      ? recent.filter(isRecallable).slice(0, query.count)
      : recent.filter(({ MsgSeq }) => query.seqs.includes(MsgSeq));
  const senders = await findSenders(lookup, group, wanted, signal);
  if (!senders.ok) return senders;
  const known = wanted.filter(isRecallable).map((one) => factsOf(one, senders.value));
  const seqs = query.kind === 'last' ? [] : query.seqs;
  const remembered = new Set(wanted.map(({ MsgSeq }) => MsgSeq));
  const others = seqs
    .filter((seq) => !remembered.has(seq))
    .map((seq) => ({ seq, sender: null, excerpt: '' }));
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

async function readPage(
  chat: Chat,
  groupId: string,
  from: number | undefined,
  signal: AbortSignal | undefined,
): Promise<Result<readonly StoredMessage[]>> {
  const result = await chat.call(
    'group_msg_get_simple',
    {
      GroupId: groupId,
      ReqMsgNumber: pageSize,
      WithRecalledMsg: 1,
      ...(from === undefined ? {} : { ReqMsgSeq: from }),
    },
    callOptions(signal),
  );
  if (!result.ok) return failed(result.error);
  const { RspMsgList, MsgList } = result.answer;
  return found([...RspMsgList, ...MsgList].sort((a, b) => b.MsgSeq - a.MsgSeq));
}

async function readLast(
  chat: Chat,
  groupId: string,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Result<readonly StoredMessage[]>> {
  const kept: StoredMessage[] = [];
  let from: number | undefined;
  for (let pages = 0; pages < mostPages && kept.length < count; pages += 1) {
    const page = await readPage(chat, groupId, from, signal);
    if (!page.ok) return page;
    kept.push(...page.value.filter(isRecallable));
    const oldest = page.value.at(-1)?.MsgSeq ?? 1;
    if (oldest <= 1) break;
    from = oldest - 1;
  }
  return kept.length === 0 ? refused(message('refused.noMessages')) : found(kept.slice(0, count));
}

async function readSequence(
  chat: Chat,
  groupId: string,
  seqs: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Result<readonly StoredMessage[]>> {
  const wanted = new Set(seqs);
  const kept: StoredMessage[] = [];
  const waiting = [...seqs].sort((a, b) => a - b);
  for (let from = waiting.at(-1); from !== undefined; from = waiting.at(-1)) {
    const page = await readPage(chat, groupId, from, signal);
    if (!page.ok) return page;
    kept.push(...page.value.filter((one) => wanted.has(one.MsgSeq)));
    const oldest = Math.min(from, page.value.at(-1)?.MsgSeq ?? from);
    while ((waiting.at(-1) ?? 0) >= oldest) waiting.pop();
  }
  return found(kept);
}

async function findSenders(
  lookup: Lookup,
  group: GroupFacts,
  stored: readonly StoredMessage[],
  signal: AbortSignal | undefined,
): Promise<Result<ReadonlyMap<string, MemberFacts>>> {
  const accounts = new Set(stored.filter(isRecallable).flatMap((one) => one.From_Account ?? []));
  const wanted = [...accounts].map((text) => ({ text, exact: true }));
  const senders = await findMembers(lookup, { group, wanted, reach: 'account', fields: [], signal });
  if (!senders.ok) return senders;
  return found(new Map(senders.value.members.map((member) => [member.account, member])));
}

function factsOf(stored: StoredMessage, senders: ReadonlyMap<string, MemberFacts>): MessageFacts {
  const text = stored.MsgBody.map((element) => element.MsgContent.Text)
    .filter((part) => typeof part === 'string')
    .join(' ');
  return {
    seq: stored.MsgSeq,
    sender: senders.get(stored.From_Account ?? '') ?? null,
    excerpt: [...text.replace(/\s+/g, ' ')].slice(0, 30).join(''),
  };
}
