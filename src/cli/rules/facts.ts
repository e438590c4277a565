// What rules ask about members of the past: the cases of then, roles and times of joining as they are now.
import type { LookUp } from '../../automod/automod.ts';
import type { MemberFacts, RuleEvent } from '../../automod/event/event.ts';
import type { Decisions } from '../../automod/trial/decisions.ts';
import type { Chat } from '../../chat/chat.ts';

/** How many members are remembered, so that each is looked up once. */
const MOST_MEMBERS = 100_000;

/** @param chat `null`: nothing of now is known */
export function factsOfPast(decisions: Decisions, chat: Chat | null, stop: AbortSignal): LookUp {
  const members = new Map<string, MemberFacts>();
  return async (event, asked) => {
    const fromRecord: MemberFacts = { cases: decisions.casesOf(event), points: decisions.pointsOf(event) };
    if (chat === null || asked.every((name) => name === 'cases' || name === 'points')) return fromRecord;
    const key = `${event.group}\n${event.from}`;
    const known = members.get(key) ?? (await membership(chat, event, stop));
    if (members.size < MOST_MEMBERS) members.set(key, known);
    return { ...fromRecord, ...known };
  };
}

async function membership(chat: Chat, { group, from }: RuleEvent, signal: AbortSignal): Promise<MemberFacts> {
  const body = { GroupId: group, Member_List_Account: [from] };
  const [info, read] = await Promise.all([
    chat.call('get_group_info', { GroupIdList: [group] }, { signal }),
    chat.call('get_specified_group_member_info', body, { signal }),
  ]);
  const groupType = (info.ok && info.answer.GroupInfo[0]?.Type) || null;
  const member = read.ok ? read.answer.MemberList.find((one) => one.Member_Account === from) : undefined;
  if (member === undefined) return { groupType };
  const joinedAt = member.JoinTime === undefined ? null : member.JoinTime * 1_000;
  return { groupType, role: member.Role ?? null, joinedAt };
}
