// /history: everything that was done to a member in this group, from all surfaces, and their warnings.
import { found, labelOf, members, message, reading, refused } from '../src/command/index.ts';
import { filters, pageOf } from './shared/cases.ts';

export const history = reading({
  name: 'history',
  capability: 'cases',
  options: { member: members(), ...filters() },
  reach: 'account',
  calls: [],
  async answer({ member: _named, ...narrowed }, { members: [member, ...others] }, { cases, pointsOf }) {
    if (cases === null) return refused(message('refused.recordOff'));
    if (member === undefined || others.length > 0) return refused(message('refused.oneAccount'));
    const { account } = member;
    const page = await pageOf(cases, narrowed, { target: account }, (count) =>
      message('history.head', { member: labelOf(member), count }),
    );
    const points = await pointsOf(account);
    if (!page.ok || points === 0) return page;
    const standing = { target: account, message: message('warn.standing', { points }) };
    return found({ ...page.value, lines: [standing, ...page.value.lines] });
  },
});
