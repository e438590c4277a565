// /notify: sets which of the group's messages reach members with a push.
import { changing, choice, labelOf, literal, members, message, type Step } from '../src/command/index.ts';
import { changeMember } from './shared/profile.ts';
import { forMember, movedOn, undone } from './shared/undo.ts';

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
  undo({ mode }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, group } = undo;
      const flag = Object.values(flags).find((known) => known === before.msgFlag);
      if (current.msgFlag !== flags[mode] || flag === undefined) {
        return movedOn(undo, message('whois.notify', { flag: literal(current.msgFlag ?? '') }));
      }
      return changeMember(group, current, { MsgFlag: flag }, undone(undo, 'notify'));
    });
  },
});
