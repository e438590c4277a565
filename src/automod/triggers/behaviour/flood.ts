// Flood: one member sends many messages in a short time.
import { message } from '../../../i18n/message.ts';
import { map, span } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { withItem } from '../../judge/memory.ts';
import { nowhere, trigger } from '../../part.ts';

export const flood = trigger({
  name: 'flood',
  example: '{ messages: 6, within: 10s }',
  remembers: true,
  settings: () => map({ messages: between(2, 200), within: span }),
  sentence: ({ messages, within }) =>
    message('rules.trigger.flood', { count: messages, within: { seconds: within } }),
  compile:
    ({ messages, within }, { key }) =>
    ({ event, recall, note }) => {
      const place = `${key}\n${event.group}\n${event.from}`;
      const noted = withItem(recall(place), { at: event.at, what: '', amount: 1 }, within, messages);
      note(place, noted);
      return noted.items.length >= messages ? nowhere : null;
    },
});
