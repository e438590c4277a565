// /whois: what is known of members: role, mute, ban, notifications, when they came and last spoke.
import {
  type AnswerLine,
  endOf,
  found,
  labelOf,
  literal,
  type MemberFacts,
  type Message,
  members,
  message,
  reading,
} from '../src/command/index.ts';

export const whois = reading({
  name: 'whois',
  capability: 'lookup',
  inMenu: true,
  options: { member: members() },
  reach: 'account',
  calls: [],
  async answer(_options, { members }, reader) {
    const nicknames = await reader.nicknames(members.map((member) => member.account));
    const nickOf = (account: string): Message | null => {
      if (!nicknames.ok) return message('whois.nicknameUnread');
      const nickname = nicknames.value.get(account);
      return nickname === undefined ? null : message('whois.nickname', { nickname });
    };
    const [only] = members;
    const head =
      members.length === 1 && only !== undefined
        ? message('whois.head', { member: labelOf(only) })
        : message('whois.several', { count: members.length });
    return found({
      message: head,
      lines: members.flatMap((member) => linesOf(member, nickOf(member.account), members.length > 1)),
    });
  },
});

function linesOf(member: MemberFacts, nickname: Message | null, headed: boolean): readonly AnswerLine[] {
  const facts = [
    headed ? message('whois.head', { member: labelOf(member) }) : null,
    message('whois.role', { role: literal(member.role ?? 'NotMember') }),
    nickname,
    member.mutedUntil > 0
      ? message('whois.muted', { until: endOf(member.mutedUntil) })
      : message('whois.notMuted'),
    member.bannedUntil > 0 ? message('whois.banned', { until: endOf(member.bannedUntil) }) : null,
    member.msgFlag === null ? null : message('whois.notify', { flag: literal(member.msgFlag) }),
    member.joinedAt === null ? null : message('whois.joined', { at: { at: member.joinedAt } }),
    member.lastSpokeAt === null ? null : message('whois.lastSpoke', { at: { at: member.lastSpokeAt } }),
  ];
  return facts.filter((fact) => fact !== null).map((fact) => ({ target: member.account, message: fact }));
}
