// /unban: lets banned accounts join again.
import { batches, changing, labelOf, members, message } from '../src/command/index.ts';
import { bannedNow, forMember, movedOn, secondsLeft, undone } from './shared/undo.ts';

export const unban = changing({
  name: 'unban',
  capability: 'ban',
  options: { member: members() },
  tells: true,
  reach: 'banned',
  calls: [{ endpoint: 'unban_group_member' }],
  plan(_options, { group, members }) {
    const banned = members.filter((member) => member.bannedUntil > 0);
    const others = members.filter((member) => member.bannedUntil === 0);
    return [
      ...batches('unban_group_member', banned).map((batch) => ({
        endpoint: 'unban_group_member' as const,
        body: { GroupId: group.id, Members_Account: batch.map((member) => member.account) },
        covers: batch.map((member) => ({
          target: member.account,
          done: message('unban.done', { member: labelOf(member) }),
        })),
      })),
      ...others.map((member) => ({
        target: member.account,
        refused: message('unban.notBanned', { member: labelOf(member) }),
      })),
    ];
  },
  undo(_options, facts) {
    return forMember(facts, (undo) => {
      const { before, current, now, group, target } = undo;
      const left = secondsLeft(before.bannedUntil, now);
      if (left === 0) return { target, refused: message('undo.over', { target }) };
      if (current.bannedUntil > 0 || current.role !== null) return movedOn(undo, bannedNow(current));
      return {
        endpoint: 'ban_group_member',
        body: { GroupId: group.id, Members_Account: [current.account], Duration: left },
        covers: [{ target, done: undone(undo, 'unban') }],
      };
    });
  },
});
