// /mute: keeps members from speaking for a while, or for good.
import {
  changing,
  duration,
  endOf,
  labelOf,
  type MemberFacts,
  members,
  message,
  PERMANENT,
  setMute,
} from '../src/command/index.ts';
import { endsWhereSet, forMember, movedOn, mutedNow, secondsLeft, undone } from './shared/undo.ts';

export const mute = changing({
  name: 'mute',
  capability: 'mute',
  options: { member: members(), duration: duration() },
  calls: [{ endpoint: 'modify_group_member_info', field: 'MuteTime' }, { endpoint: 'forbid_send_msg' }],
  plan({ duration }, { group, members, now }) {
    const seconds = duration === 'permanent' ? PERMANENT : duration.seconds;
    const end = duration === 'permanent' ? PERMANENT : now + seconds;
    // A mute that already lasts as long is left alone: shortening it takes an unmute, never an accident.
    const already = members.filter((member) => member.mutedUntil >= end);
    const done = (member: MemberFacts) => {
      if (duration === 'permanent') return message('mute.permanent', { member: labelOf(member) });
      return member.mutedUntil > 0
        ? message('mute.extended', {
            member: labelOf(member),
            duration: { seconds },
            until: { seconds },
            before: endOf(member.mutedUntil),
          })
        : message('mute.done', { member: labelOf(member), duration: { seconds }, until: { seconds } });
    };
    return [
      ...setMute(
        group,
        members.filter((member) => !already.includes(member)),
        seconds,
        done,
      ),
      ...already.map((member) => ({
        target: member.account,
        refused: message('mute.already', { member: labelOf(member), until: endOf(member.mutedUntil) }),
      })),
    ];
  },
  undo({ duration }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, now, since, group, target } = undo;
      const set = duration === 'permanent' ? duration : duration.seconds;
      if (set !== 'permanent' && since + set <= now)
        return { target, refused: message('undo.over', { target }) };
      if (!endsWhereSet(current.mutedUntil, since, set)) return movedOn(undo, mutedNow(current));
      const [change] = setMute(group, [current], secondsLeft(before.mutedUntil, now), () =>
        undone(undo, 'mute'),
      );
      return change ?? movedOn(undo, mutedNow(current));
    });
  },
});
