// Recall: takes the member's last messages back, with this one.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { action } from '../../part.ts';

export const recall = action({
  name: 'recall',
  example: '{ last: 5 }',
  settings: () => map({ last: between(1, 50).optional() }).optional(),
  sentence: (settings) => message('rules.action.recall', { count: settings?.last ?? 1 }),
  action: (settings) => ({ kind: 'take-back', command: 'recall', last: settings?.last ?? 1 }),
});
