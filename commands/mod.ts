// /mod: everything that a moderator did in this group.
import { members, reading } from '../src/command/index.ts';
import { casesAbout, filters } from './shared/cases.ts';

export const mod = reading({
  name: 'mod',
  capability: 'cases',
  options: { member: members(), ...filters() },
  reach: 'account',
  calls: [],
  answer: (options, { members }, { cases }) =>
    casesAbout(members, cases, 'mod.head', options, (account) => ({ actor: { account } })),
});
