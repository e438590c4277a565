// /mod: everything that a moderator did in this group, on all surfaces.
import { message, moderator, reading, refused } from '../src/command/index.ts';
import { filters, pageOf } from './shared/cases.ts';

export const mod = reading({
  name: 'mod',
  capability: 'cases',
  options: { moderator: moderator(), ...filters() },
  calls: [],
  async answer({ moderator, ...narrowed }, _facts, { cases, doneBy }) {
    if (cases === null) return refused(message('refused.recordOff'));
    const by = await doneBy(moderator);
    if (!by.ok) return by;
    const { name, actor } = by.value;
    return pageOf(cases, narrowed, { actor }, (count) => message('mod.head', { member: name, count }));
  },
});
