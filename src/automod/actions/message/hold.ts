// Hold: the message waits until a moderator lets it through.
import { message } from '../../../i18n/message.ts';
import { action } from '../../part.ts';
import { nothing } from '../nothing.ts';

export const hold = action({
  name: 'hold',
  example: '',
  settings: () => nothing,
  sentence: () => message('rules.action.hold'),
  action: () => ({ kind: 'answer', answer: { kind: 'hold' } }),
});
