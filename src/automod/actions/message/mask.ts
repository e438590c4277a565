// Mask: what was found is written over. Where it stands in no text element, the message is blocked.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { shorthand } from '../shared.ts';

export const mask = action({
  name: 'mask',
  example: "'*'",
  settings: () => shorthand('with', map({ with: text.optional() }).optional(), text),
  sentence: () => message('rules.action.mask'),
  action: (settings) => ({ kind: 'answer', answer: { kind: 'mask', with: settings?.with ?? '*' } }),
});
