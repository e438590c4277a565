// Queue: the message goes out, and stands in the moderators' queue.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { shorthand } from '../shared.ts';

export const queue = action({
  name: 'queue',
  example: "'may be an advertisement'",
  settings: () => shorthand('words', map({ words: text.optional() }).optional(), text),
  sentence: () => message('rules.action.queue'),
  action: (settings) => ({ kind: 'queue', words: settings?.words ?? null }),
});
