// Emoji: more of them than allowed, with Chat's own faces.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { elementsOf, typedText, wholeText } from './shared.ts';

/** One emoji as people see it: families and flags are one. */
const one = /\p{RGI_Emoji}/gv;

export const emoji = trigger({
  name: 'emoji',
  example: '{ over: 10 }',
  settings: () => map({ over: between(0, 1_000) }),
  sentence: ({ over }) => message('rules.trigger.emoji', { count: over }),
  compile:
    ({ over }) =>
    (look) => {
      const count = (typedText(look).match(one)?.length ?? 0) + elementsOf(look, 'TIMFaceElem');
      return count > over ? wholeText(look) : null;
    },
});
