// /links: which Discord users are which Chat accounts.
import { found, message, momentOf, reading, refused } from '../src/command/index.ts';

/** Links that one answer lists. */
const LISTED = 100;

export const links = reading({
  name: 'links',
  capability: 'lookup',
  options: {},
  calls: [],
  async answer(_options, _facts, { links }) {
    if (links === null) return refused(message('refused.recordOff'));
    const list = await links.list(LISTED);
    if (!list.ok) return list;
    return found({
      message: message('links.head', { count: list.value.length }),
      lines: list.value.map(({ user, account, by, at }) => ({
        target: account,
        message: message('links.line', { user, account, by: by.name, at: momentOf(at) }),
      })),
    });
  },
});
