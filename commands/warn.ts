// /warn: gives members points; enough of them lead up the ladder of the settings.
import { byName, changing, labelOf, members, message, wholeNumber } from '../src/command/index.ts';

/** Points that one warning gives at most. */
const MOST_POINTS = 100;

export const warn = changing({
  name: 'warn',
  capability: 'mute',
  options: { member: members(), points: byName(wholeNumber(1, MOST_POINTS)) },
  tells: true,
  points: ({ points = 1 }) => points,
  calls: [],
  plan: ({ points = 1 }, { members }) =>
    members.map((member) => ({
      target: member.account,
      entered: message('warn.done', { member: labelOf(member), points }),
    })),
  undo: (_options, { target, member }) => ({
    target,
    entered: message('warn.undone', { member: member === null ? target : labelOf(member.now) }),
  }),
});
