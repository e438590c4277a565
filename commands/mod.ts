// /mod: everything that a moderator did in this group.
import { members, reading } from '../src/command/index.ts';
import { casesAbout } from './shared/cases.ts';

export const mod = reading({
  name: 'mod',
  capability: 'cases',
  options: { member: members() },
  reach: 'account',
  calls: [],
  answer: (_options, facts, reader) =>
    casesAbout(facts.members, reader.cases, 'mod.head', (account) => ({ actor: { account } })),
});
