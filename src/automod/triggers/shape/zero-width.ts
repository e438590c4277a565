// Zero width: characters that show nothing, which hide words, and marks piled over letters.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { typedText, wholeText } from './shared.ts';

const MOST = 3;
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const piled = /\p{Mn}{4,}/gu;
/** Joiners and selectors within emoji, and the joiners that Persian and Indian scripts write with, hide nothing. */
const ordinary =
  /\p{RGI_Emoji}|[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{M}]\u200c|\ufe0f|\u200d/gv;

export const zeroWidth = trigger({
  name: 'zero-width',
  example: '{ over: 3 }',
  settings: () => map({ over: between(0, 1_000).optional() }).optional(),
  sentence: (settings) => message('rules.trigger.zero-width', { count: settings?.over ?? MOST }),
  compile(settings) {
    const most = settings?.over ?? MOST;
    return (look) => {
      const text = typedText(look).replace(ordinary, '');
      const count = (text.match(invisible)?.length ?? 0) + (text.match(piled)?.join('').length ?? 0);
      return count > most ? wholeText(look) : null;
    };
  },
});
