// /unlink: parts a Discord user and a Chat account again.
import { discordUser, found, message, reading, refused } from '../src/command/index.ts';

export const unlink = reading({
  name: 'unlink',
  capability: 'configure',
  options: { user: discordUser() },
  calls: [],
  async answer({ user }, _facts, { links }) {
    if (links === null) return refused(message('refused.recordOff'));
    const removed = await links.unlink(user);
    if (!removed.ok) return removed;
    const { account } = removed.value;
    return found({ message: message('unlink.done', { user, account }), lines: [] });
  },
});
