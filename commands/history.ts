// /history: everything that was done to a member in this group, from all surfaces, and their warnings.
import { members, message, reading } from '../src/command/index.ts';
import { casesAbout, filters } from './shared/cases.ts';

export const history = reading({
  name: 'history',
  capability: 'cases',
  options: { member: members(), ...filters() },
  reach: 'account',
  calls: [],
  async answer(options, { members }, desk) {
    const about = (account: string) => ({ target: account });
    const page = await casesAbout(members, desk.cases, 'history.head', options, about);
    const [member] = members;
    if (!page.ok || member === undefined) return page;
    const warnings = await desk.warnings(member.account);
    const points = warnings.reduce((sum, warning) => sum + warning.points, 0);
    if (points === 0) return page;
    const line = { target: member.account, message: message('warn.standing', { points }) };
    return { ...page, value: { ...page.value, lines: [line, ...page.value.lines] } };
  },
});
