// /kick: removes members from the group; they may come back.
import { batches, changing, labelOf, members, message, shorten } from '../src/command/index.ts';
import { bannedNow, bringBack, forMember, movedOn } from './shared/undo.ts';

/** The notice's limit is not documented; a generous cut keeps it a notice. */
const REASON_BYTES = 1_000;

export const kick = changing({
  name: 'kick',
  capability: 'kick',
  inMenu: true,
  removes: true,
  unattended: {},
  options: { member: members() },
  tells: true,
  calls: [{ endpoint: 'delete_group_member' }],
  plan(_options, { group, members, reason }) {
    return batches('delete_group_member', members).map((batch) => ({
      endpoint: 'delete_group_member',
      body: {
        GroupId: group.id,
        MemberToDel_Account: batch.map((member) => member.account),
        ...(reason === undefined ? {} : { Reason: shorten(reason, REASON_BYTES) }),
      },
      covers: batch.map((member) => ({
        target: member.account,
        done: message('kick.done', { member: labelOf(member) }),
      })),
    }));
  },
  undo(_options, facts) {
    return forMember(facts, (undo) => {
      const { current } = undo;
      if (current.role !== null || current.bannedUntil > 0) return movedOn(undo, bannedNow(current));
      return bringBack(undo, message('undo.broughtBack', { member: labelOf(current) }));
    });
  },
});
