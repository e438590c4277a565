// /history: everything that was done to a member in this group, from all surfaces.
import { found, labelOf, members, message, reading, refused } from '../src/command/index.ts';
import { lineOf } from './shared/cases.ts';

const LISTED = 50;

export const history = reading({
  name: 'history',
  capability: 'cases',
  options: { member: members() },
  reach: 'account',
  calls: [],
  async answer(_options, { members }, { cases }) {
    const [member] = members;
    if (cases === null || member === undefined) return refused(message('refused.recordOff'));
    const { cases: latest } = await cases.list({ target: member.account }, LISTED);
    const head = message('history.head', { member: labelOf(member), count: latest.length });
    return found({ message: head, lines: latest.map(lineOf) });
  },
});
