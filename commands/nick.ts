// /nick: sets or clears the name that members bear in the group.
import {
  changing,
  clearableText,
  labelOf,
  members,
  message,
  type Step,
  untilRestored,
} from '../src/command/index.ts';
import { changeMember } from './shared/profile.ts';
import { forMember, movedOn, undone } from './shared/undo.ts';

/** Bytes of UTF-8 that a name card holds (page 34900). */
const NAME_CARD_BYTES = 50;

export const nick = changing({
  name: 'nick',
  capability: 'nick',
  options: { member: members(), name: clearableText(NAME_CARD_BYTES), duration: untilRestored() },
  tells: true,
  restores: true,
  lasts: ({ duration }) => duration?.seconds ?? null,
  calls: [{ endpoint: 'modify_group_member_info', field: 'NameCard' }],
  plan({ name }, { group, members }) {
    return members.map((member): Step => {
      const label = labelOf(member);
      if (member.nameCard === name) {
        const same =
          name === ''
            ? message('nick.none', { member: label })
            : message('nick.same', { member: label, name });
        return { target: member.account, refused: same };
      }
      const done =
        name === ''
          ? message('nick.cleared', { member: label })
          : message('nick.done', { member: label, name });
      return changeMember(group, member, { NameCard: name }, done);
    });
  },
  undo({ name }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, group } = undo;
      if (current.nameCard !== name)
        return movedOn(undo, message('undo.nameCard', { name: current.nameCard }));
      return changeMember(group, current, { NameCard: before.nameCard }, undone(undo, 'nick'));
    });
  },
});
