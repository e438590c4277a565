// Length: a text of more characters than allowed.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { typedText, wholeText } from './shared.ts';

export const length = trigger({
  name: 'length',
  example: '{ over: 1000 }',
  settings: () => map({ over: between(1, 12_000) }),
  sentence: ({ over }) => message('rules.trigger.length', { count: over }),
  compile:
    ({ over }) =>
    (look) => {
      const text = typedText(look);
      return text.length > over && [...text].length > over ? wholeText(look) : null;
    },
});
