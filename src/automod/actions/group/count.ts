// Count: adds to a counter that nobody sees; the trigger `counted` looks at it.
import { message } from '../../../i18n/message.ts';
import { map, span } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { counterName } from '../../judge/counters.ts';
import { action } from '../../part.ts';

const LASTS = 600;

export const count = action({
  name: 'count',
  example: '{ into: spam, add: 1, lasts: 10m }',
  settings: () => map({ into: counterName, add: between(1, 100).optional(), lasts: span.optional() }),
  sentence: ({ into, add = 1, lasts = LASTS }) =>
    message('rules.action.count', { count: add, counter: into, lasts: { seconds: lasts } }),
  action: ({ into, add = 1, lasts = LASTS }) => ({ kind: 'count', into, add, lasts }),
});
