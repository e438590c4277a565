// Hide: the message goes out and its text is hidden at once; the original is kept in the case. Or the last few.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { action } from '../../part.ts';

export const hide = action({
  name: 'hide',
  example: '{ last: 5 }',
  settings: () => map({ last: between(1, 50).optional() }).optional(),
  sentence: (settings) => message('rules.action.hide', { count: settings?.last ?? 1 }),
  action: (settings) => {
    const last = settings?.last ?? 1;
    return last === 1
      ? { kind: 'answer', answer: { kind: 'hide' } }
      : { kind: 'take-back', command: 'hide', last };
  },
});
