// What the ways back share: the refusal where the state has moved on, and the time that is left.
import {
  type Change,
  endOf,
  isPermanent,
  labelOf,
  literal,
  type MemberFacts,
  type MemberSnapshot,
  type Message,
  message,
  PERMANENT,
  type Refusal,
  type Step,
  type UndoFacts,
} from '../../src/command/index.ts';
import { changeMember } from './profile.ts';

/** The facts of an undo that is about a member. */
export interface MemberUndo extends UndoFacts {
  readonly before: MemberSnapshot;
  readonly current: MemberFacts;
}

/** Runs a way back for a member; a case without a member's facts has none. */
export function forMember(facts: UndoFacts, wayBack: (undo: MemberUndo) => Step): Step {
  if (facts.member === null)
    return { target: facts.target, refused: message('undo.gone', { target: facts.target }) };
  return wayBack({ ...facts, before: facts.member.before, current: facts.member.now });
}

/** The state is not what the command left: somebody changed it since, and that stays. */
export const movedOn = ({ target, current }: MemberUndo, now: Message): Refusal => ({
  target,
  refused: message('undo.movedOn', { member: labelOf(current), now }),
});

/** What an undo did for a member. */
export const undone = ({ current }: MemberUndo, command: string): Message =>
  message('undo.done', { member: labelOf(current), command: literal(command) });

/** Seconds left until then: 0 when it has passed, `PERMANENT` when it never does. */
export const secondsLeft = (until: number, now: number): number =>
  isPermanent(until) ? PERMANENT : Math.max(0, until - now);

/** Whether a member is muted now, for a sentence about why something stays as it is. */
export const mutedNow = ({ mutedUntil }: MemberFacts): Message =>
  mutedUntil > 0 ? message('whois.muted', { until: endOf(mutedUntil) }) : message('whois.notMuted');

/** The same about a ban; the role in the group where there is none. */
export const bannedNow = (member: MemberFacts): Message =>
  member.bannedUntil > 0
    ? message('whois.banned', { until: endOf(member.bannedUntil) })
    : message('whois.role', { role: literal(member.role ?? 'NotMember') });

/** Brings somebody back into the group as they were: role, name card and notifications. */
export function bringBack(undo: MemberUndo, done: Message): Change {
  const { group, before, current } = undo;
  const fields = {
    ...(before.role === 'Admin' ? { Role: 'Admin' as const } : {}),
    ...(before.nameCard === '' ? {} : { NameCard: before.nameCard }),
    ...flagOf(before.msgFlag),
  };
  const add: Change = {
    endpoint: 'add_group_member',
    body: { GroupId: group.id, Silence: 1, MemberList: [{ Member_Account: current.account }] },
    covers: [{ target: current.account, done }],
  };
  return Object.keys(fields).length === 0
    ? add
    : { ...add, next: changeMember(group, current, fields, done) };
}

/** The kept flag, unless it is the one that a new member has anyway. */
function flagOf(flag: string | null) {
  if (flag === 'AcceptNotNotify' || flag === 'AcceptNotNotifyExceptAt' || flag === 'Discard')
    return { MsgFlag: flag } as const;
  return {};
}
