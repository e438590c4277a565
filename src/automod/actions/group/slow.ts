// Slow: one message a member in so much time, for a while.
import { message } from '../../../i18n/message.ts';
import { duration, map, span } from '../../../settings/shape.ts';
import { action } from '../../part.ts';

const FOR = '10m';

export const slow = action({
  name: 'slow',
  example: '{ every: 30s, for: 10m }',
  settings: () => map({ every: span, for: duration.optional() }),
  sentence: ({ every, for: time = FOR }) =>
    message('rules.action.slow', { every: { seconds: every }, duration: time }),
  action: ({ every, for: time = FOR }) => ({
    kind: 'command',
    command: 'slow',
    about: 'group',
    options: { every: String(every), duration: time },
  }),
});
