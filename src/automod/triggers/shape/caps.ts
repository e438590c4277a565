// Capitals: most letters of a text are capitals. Scripts without them do not count.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { typedText, wholeText } from './shared.ts';

const [SHARE, LETTERS] = [70, 10];

export const caps = trigger({
  name: 'caps',
  example: '{ share: 70, letters: 10 }',
  settings: () =>
    map({ share: between(1, 100).optional(), letters: between(1, 1_000).optional() }).optional(),
  sentence: (settings) => message('rules.trigger.caps', { share: settings?.share ?? SHARE }),
  compile(settings) {
    const { share = SHARE, letters = LETTERS } = settings ?? {};
    return (look) => {
      const text = typedText(look);
      const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
      const cased = capitals + (text.match(/\p{Ll}/gu)?.length ?? 0);
      return cased >= letters && capitals * 100 >= cased * share ? wholeText(look) : null;
    };
  },
});
