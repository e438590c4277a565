// Wave of joins: many people join a group in a short time.
import { message } from '../../../i18n/message.ts';
import { map, span } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { withItem } from '../../judge/memory.ts';
import { nowhere, trigger } from '../../part.ts';

export const waveOfJoins = trigger({
  name: 'wave-of-joins',
  example: '{ members: 10, within: 30s }',
  events: ['join'],
  inHistory: false,
  remembers: true,
  settings: () => map({ members: between(2, 1_000), within: span }),
  sentence: ({ members, within }) =>
    message('rules.trigger.wave-of-joins', { count: members, within: { seconds: within } }),
  compile:
    ({ members, within }, { key }) =>
    ({ event, recall, note }) => {
      const place = `${key}\n${event.group}`;
      const before = recall(place);
      // Who leaves and joins again is one.
      const others = (before?.items ?? []).filter(({ what }) => what !== event.from);
      const item = { at: event.at, what: event.from, amount: 1 };
      const noted = withItem({ items: others, until: event.at }, item, within, members);
      note(place, noted);
      return noted.items.length >= members ? nowhere : null;
    },
});
