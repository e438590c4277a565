// Counted: a counter, to which other rules have added, has reached a number.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { counterName } from '../../judge/counters.ts';
import { nowhere, trigger } from '../../part.ts';

export const counted = trigger({
  name: 'counted',
  example: '{ in: spam, reaches: 3 }',
  events: ['message', 'join', 'name'],
  settings: () => map({ in: counterName, reaches: between(1, 1_000) }),
  sentence: ({ in: name, reaches }) => message('rules.trigger.counted', { counter: name, count: reaches }),
  compile:
    ({ in: name, reaches }) =>
    ({ counter }) => {
      // Only where this event added to it: a message without fault brings nothing to pass.
      const { total, grew } = counter(name);
      return grew && total >= reaches ? nowhere : null;
    },
});
