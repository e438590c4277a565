// /notify: sets which of the group's messages reach members with a push.
import { changing, choice, labelOf, literal, members, message, type Step } from '../src/command/index.ts';
import { changeMember } from './shared/profile.ts';

/** Our words for Chat's `MsgFlag` (page 34900). */
const flags = {
  all: 'AcceptAndNotify',
  silent: 'AcceptNotNotify',
  mentions: 'AcceptNotNotifyExceptAt',
  block: 'Discard',
} as const;

export const notify = changing({
  name: 'notify',
  capability: 'notify',
  options: { member: members(), mode: choice(['all', 'silent', 'mentions', 'block'], true) },
  calls: [{ endpoint: 'modify_group_member_info', field: 'MsgFlag' }],
  plan({ mode }, { group, members }) {
    return members.map((member): Step => {
      const values = { member: labelOf(member), mode: literal(mode) };
      if (member.msgFlag === flags[mode])
        return { target: member.account, refused: message('notify.same', values) };
      return changeMember(group, member, { MsgFlag: flags[mode] }, message('notify.done', values));
    });
  },
});
