// /link: makes a Discord user and a Chat account one person.
import { discordUser, found, labelOf, members, message, recording, refused } from '../src/command/index.ts';

export const link = recording({
  name: 'link',
  capability: 'configure',
  options: { user: discordUser(), member: members() },
  reach: 'account',
  calls: [],
  reads: () => false,
  async answer({ user }, { members }, { links }) {
    const [member, ...others] = members;
    if (links === null) return refused(message('refused.recordOff'));
    if (member === undefined || others.length > 0) return refused(message('refused.oneAccount'));
    const linked = await links.link(user, member);
    if (!linked.ok) return linked;
    const done = message('link.done', { user, member: labelOf(member) });
    return found({ writes: [{ target: member.account, write: linked.value, done }] });
  },
});
