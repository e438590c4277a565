// /unlink: a Discord user and a Chat account are no longer one person.
import { discordUser, found, message, recording, refused } from '../src/command/index.ts';

export const unlink = recording({
  name: 'unlink',
  capability: 'configure',
  options: { user: discordUser() },
  calls: [],
  reads: () => false,
  async answer({ user }, _facts, { links }) {
    if (links === null) return refused(message('refused.recordOff'));
    const unlinked = await links.unlink(user);
    if (!unlinked.ok) return unlinked;
    const { account } = unlinked.value.from;
    const done = message('unlink.done', { user, account });
    return found({ writes: [{ target: account, write: unlinked.value, done }] });
  },
});
