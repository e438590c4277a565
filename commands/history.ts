// /history: everything that was done to a member in this group, from all surfaces.
import { members, reading } from '../src/command/index.ts';
import { casesAbout } from './shared/cases.ts';

export const history = reading({
  name: 'history',
  capability: 'cases',
  options: { member: members() },
  reach: 'account',
  calls: [],
  answer: (_options, facts, reader) =>
    casesAbout(facts.members, reader.cases, 'history.head', (account) => ({ target: account })),
});
