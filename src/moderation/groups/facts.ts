// What is known of a group, its members and its messages before anything is changed.
import { type GroupType, type MessageElement, PERMANENT, type Role } from '../../chat/protocol/schemas.ts';
import { message, type Value } from '../../i18n/message.ts';

export interface GroupFacts {
  readonly id: string;
  readonly type: GroupType;
  readonly name: string;
  /** Account of the owner; groups without one exist. */
  readonly owner: string | null;
  readonly introduction: string;
  readonly memberCount: number | null;
  readonly maxMemberCount: number | null;
  /** Unix seconds. */
  readonly createdAt: number | null;
  /** Whether only the owner and admins may speak (`MuteAllMember`). */
  readonly locked: boolean;
  /** A community whose permission groups are on: the role Admin has no power there. */
  readonly permissionGroups: boolean;
}

export interface MemberFacts {
  readonly account: string;
  /** `null`: not in the group. */
  readonly role: Role | null;
  readonly nameCard: string;
  /** Unix seconds of the end of the mute, `PERMANENT`, or 0 when not muted now. */
  readonly mutedUntil: number;
  /** Unix seconds of the end of the ban, or 0; read only where the command needs it. */
  readonly bannedUntil: number;
  readonly msgFlag: string | null;
  /** Custom fields that the command asked for, by key. */
  readonly fields: ReadonlyMap<string, string>;
  /** Unix seconds. */
  readonly joinedAt: number | null;
  /** Unix seconds. */
  readonly lastSpokeAt: number | null;
}

export interface MessageFacts {
  readonly seq: number;
  /** Who sent it and their role now; `null` where the group keeps no history to look it up in. */
  readonly sender: MemberFacts | null;
  /** Unix seconds; `null` where it is not known. */
  readonly at: number | null;
  /** What it holds, as Chat has it; empty where nobody knows. */
  readonly body: readonly MessageElement[];
}

/** A moment that Chat stores for "without end". */
export const isPermanent = (until: number): boolean => until >= PERMANENT;

/** How far the two clocks, Chat's and ours, and repeated requests put the ends of one mute or ban apart; in seconds. */
const SLACK = 30;

/** Whether two ends of a mute or ban are the same, both in Unix seconds. */
export const isSameEnd = (one: number, other: number): boolean =>
  isPermanent(one) || isPermanent(other)
    ? isPermanent(one) && isPermanent(other)
    : Math.abs(one - other) <= SLACK;

/** How a member is called in an answer: the name card with the account, or the account alone. */
export function labelOf(member: MemberFacts): Value {
  return member.nameCard === '' || member.nameCard === member.account
    ? member.account
    : message('member.label', { nameCard: member.nameCard, account: member.account });
}

/** The end of a mute or ban for a sentence: "until …" or "for good". */
export const endOf = (until: number): Value =>
  isPermanent(until) ? message('time.permanent') : message('time.until', { at: { at: until } });

/** A group by name and identifier. */
export const groupLabel = (group: GroupFacts): Value =>
  group.name === '' ? group.id : message('group.label', { name: group.name, group: group.id });
