// /banned: who is banned, and until when.
import { found, groupLabel, message, reading } from '../src/command/index.ts';
import { linesOfUntil } from './shared/until.ts';

export const banned = reading({
  name: 'banned',
  capability: 'lookup',
  options: {},
  calls: [{ endpoint: 'get_group_ban_member' }],
  async answer(_options, { group }, reader) {
    const until = await reader.banned();
    if (!until.ok) return until;
    const head = message('banned.head', { group: groupLabel(group), count: until.value.size });
    return found({ message: head, lines: linesOfUntil(until.value) });
  },
});
