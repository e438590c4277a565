// Which call mutes: the choice between Chat's two ways, shared by mute and unmute.
import {
  batches,
  type Change,
  type GroupFacts,
  type MemberFacts,
  type Message,
  PERMANENT,
} from '../../src/command/index.ts';

/**
 * Mutes or unmutes members. `modify_group_member_info` takes one member of a group that keeps profiles;
 * `forbid_send_msg` takes live rooms, the permanent mute, several members, and members who left.
 * @param seconds from now; 0 unmutes, `PERMANENT` has no end.
 */
export function setMute(
  group: GroupFacts,
  members: readonly MemberFacts[],
  seconds: number,
  done: (member: MemberFacts) => Message,
): readonly Change[] {
  const [only, ...others] = members;
  if (only === undefined) return [];
  const single =
    others.length === 0 && only.role !== null && group.type !== 'AVChatRoom' && seconds !== PERMANENT;
  if (single) {
    return [
      {
        endpoint: 'modify_group_member_info',
        body: { GroupId: group.id, Member_Account: only.account, MuteTime: seconds },
        covers: [{ target: only.account, done: done(only) }],
      },
    ];
  }
  return batches('forbid_send_msg', members).map((batch) => ({
    endpoint: 'forbid_send_msg',
    body: { GroupId: group.id, Members_Account: batch.map((member) => member.account), MuteTime: seconds },
    covers: batch.map((member) => ({ target: member.account, done: done(member) })),
  }));
}
