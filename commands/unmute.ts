// /unmute: lets members speak again; a mute outlives the membership, so members who left count too.

import { changing, labelOf, members, message } from '../src/command/index.ts';
import { setMute } from './shared/mute.ts';
import { forMember, movedOn, mutedNow, secondsLeft, undone } from './shared/undo.ts';

export const unmute = changing({
  name: 'unmute',
  capability: 'mute',
  inMenu: true,
  options: { member: members() },
  tells: true,
  reach: 'muted',
  calls: [{ endpoint: 'modify_group_member_info', field: 'MuteTime' }, { endpoint: 'forbid_send_msg' }],
  plan(_options, { group, members }) {
    const muted = members.filter((member) => member.mutedUntil > 0);
    const others = members.filter((member) => member.mutedUntil === 0);
    return [
      ...setMute(group, muted, 0, (member) => message('unmute.done', { member: labelOf(member) })),
      ...others.map((member) => ({
        target: member.account,
        refused: message('unmute.notMuted', { member: labelOf(member) }),
      })),
    ];
  },
  undo(_options, facts) {
    return forMember(facts, (undo) => {
      const { before, current, now, group, target } = undo;
      const left = secondsLeft(before.mutedUntil, now);
      if (left === 0) return { target, refused: message('undo.over', { target }) };
      const [change] = setMute(group, [current], left, () => undone(undo, 'unmute'));
      return current.mutedUntil > 0 || change === undefined ? movedOn(undo, mutedNow(current)) : change;
    });
  },
});
