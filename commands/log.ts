// /log: the channel in which a group's cases are told as they happen.
import { choice, found, groupLabel, literal, message, reading, refused } from '../src/command/index.ts';

export const log = reading({
  name: 'log',
  capability: 'lookup',
  options: { log: choice(['here', 'off', 'show'], true) },
  needs: ({ log }) => (log === 'show' ? null : 'configure'),
  calls: [],
  async answer({ log }, { group }, { places, settings }) {
    if (places === null) return refused(message('refused.recordOff'));
    const about = { group: groupLabel(group) };
    if (log === 'here') {
      const chosen = await places.logHere();
      if (!chosen.ok) return chosen;
      const { channel } = chosen.value;
      return found({ message: message('log.here', { ...about, channel: literal(channel) }), lines: [] });
    }
    if (log === 'off') await places.stopLog();
    const channel = (await places.log())?.channel ?? settings.log;
    const state = channel === null ? message('log.none', about) : message('log.shown', { ...about, channel });
    return found({ message: state, lines: [] });
  },
});
