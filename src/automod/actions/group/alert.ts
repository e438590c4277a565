// Alert: a card with buttons for the moderators.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { shorthand } from '../shared.ts';

export const alert = action({
  name: 'alert',
  example: "'look at this'",
  settings: () => shorthand('words', map({ words: text.optional() }).optional(), text),
  sentence: () => message('rules.action.alert'),
  action: (settings) => ({ kind: 'alert', words: settings?.words ?? null }),
});
