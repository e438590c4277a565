// /muted: who is muted, and until when.
import { found, groupLabel, message, reading } from '../src/command/index.ts';
import { linesOfUntil } from './shared/until.ts';

export const muted = reading({
  name: 'muted',
  capability: 'lookup',
  options: {},
  calls: [{ endpoint: 'get_group_muted_account' }],
  async answer(_options, { group }, reader) {
    const until = await reader.muted();
    if (!until.ok) return until;
    const head = message('muted.head', { group: groupLabel(group), count: until.value.size });
    return found({ message: head, lines: linesOfUntil(until.value) });
  },
});
