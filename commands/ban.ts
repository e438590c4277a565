// /ban: removes members and keeps them out for a while, or for good; works on accounts that are not members, too.
import {
  batches,
  changing,
  duration,
  endOf,
  isSameEnd,
  labelOf,
  type MemberFacts,
  members,
  message,
  PERMANENT,
  shorten,
} from '../src/command/index.ts';
import { bannedNow, bringBack, forMember, movedOn, secondsLeft, undone } from './shared/undo.ts';

/** Bytes that a ban's description holds (page 50296). */
const DESCRIPTION_BYTES = 1_000;

export const ban = changing({
  name: 'ban',
  capability: 'ban',
  inMenu: true,
  removes: true,
  ends: true,
  unattended: {},
  options: { member: members(), duration: duration() },
  reach: 'account',
  confirms: true,
  tells: true,
  calls: [{ endpoint: 'ban_group_member' }],
  lasts: ({ duration }) => (duration === 'permanent' ? null : duration.seconds),
  plan({ duration }, { group, members, now, reason }) {
    // The page documents no permanent value; its field is the same 32-bit one as a mute's.
    const seconds = duration === 'permanent' ? PERMANENT : duration.seconds;
    const end = duration === 'permanent' ? PERMANENT : now + seconds;
    const isBanned = (member: MemberFacts) => member.bannedUntil >= end;
    const done = (member: MemberFacts) =>
      duration === 'permanent'
        ? message('ban.permanent', { member: labelOf(member) })
        : message('ban.done', { member: labelOf(member), duration: { seconds }, until: { seconds } });
    const bannable = members.filter((member) => !isBanned(member));
    return [
      ...batches('ban_group_member', bannable).map((batch) => ({
        endpoint: 'ban_group_member' as const,
        body: {
          GroupId: group.id,
          Members_Account: batch.map((member) => member.account),
          Duration: seconds,
          ...(reason === undefined ? {} : { Description: shorten(reason, DESCRIPTION_BYTES) }),
        },
        covers: batch.map((member) => ({ target: member.account, done: done(member) })),
      })),
      ...members.filter(isBanned).map((member) => ({
        target: member.account,
        refused: message('ban.already', { member: labelOf(member), until: endOf(member.bannedUntil) }),
      })),
    ];
  },
  undo({ duration }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, since, now, group } = undo;
      const set = duration === 'permanent' ? PERMANENT : since + duration.seconds;
      if (!isSameEnd(current.bannedUntil, set)) return movedOn(undo, bannedNow(current));
      const covers = [{ target: current.account, done: undone(undo, 'ban') }];
      const left = secondsLeft(before.bannedUntil, now);
      const body = { GroupId: group.id, Members_Account: [current.account] };
      if (left > 0) return { endpoint: 'ban_group_member', body: { ...body, Duration: left }, covers };
      const unban = { endpoint: 'unban_group_member', body, covers } as const;
      if (before.role === null) return unban;
      return { ...unban, next: bringBack(undo, message('undo.broughtBack', { member: labelOf(current) })) };
    });
  },
});
