// /log: the channel to which a group's cases are posted as they happen.
import { choice, found, groupLabel, literal, message, recording, refused } from '../src/command/index.ts';

export const log = recording({
  name: 'log',
  capability: 'lookup',
  options: { log: choice(['here', 'off', 'show'], true) },
  needs: ({ log }) => (log === 'show' ? null : 'configure'),
  calls: [],
  reads: ({ log }) => log === 'show',
  async answer({ log }, { group }, { places, settings }) {
    if (places === null) return refused(message('refused.recordOff'));
    const about = { group: groupLabel(group) };
    const shownIn = (channel: string | null) =>
      channel === null ? message('log.none', about) : message('log.shown', { ...about, channel });
    if (log === 'here') {
      const chosen = await places.logHere();
      if (!chosen.ok) return chosen;
      const done = message('log.here', { ...about, channel: literal(chosen.value.to.channel) });
      return found({ writes: [{ target: group.id, write: chosen.value, done }] });
    }
    if (log === 'off') {
      return found({
        writes: [{ target: group.id, write: await places.stopLog(), done: shownIn(settings.log) }],
      });
    }
    const channel = (await places.log())?.channel ?? settings.log;
    return found({ message: shownIn(channel), lines: [] });
  },
});
