// Lines: a text of more lines than allowed.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { typedText, wholeText } from './shared.ts';

export const lines = trigger({
  name: 'lines',
  example: '{ over: 15 }',
  settings: () => map({ over: between(1, 1_000) }),
  sentence: ({ over }) => message('rules.trigger.lines', { count: over }),
  compile:
    ({ over }) =>
    (look) =>
      typedText(look).split(/\r\n|[\n\r\u2028\u2029]/).length > over ? wholeText(look) : null,
});
