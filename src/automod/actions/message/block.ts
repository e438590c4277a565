// Block: the message is not sent; the sender is told Chat's own words, others, or that it was sent.
import { message } from '../../../i18n/message.ts';
import { map, problemAt, yesNo } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { shorthand } from '../shared.ts';

export const block = action({
  name: 'block',
  example: "'No ads, please.'",
  settings: () =>
    shorthand(
      'words',
      map({ words: text.optional(), silent: yesNo.optional() })
        .optional()
        .superRefine((written, context) => {
          if (written?.words === undefined || written.silent !== true) return;
          context.addIssue(problemAt(['silent'], (path) => message('rules.silentWords', { path })));
        }),
      text,
    ),
  sentence: (settings) =>
    message(settings?.silent === true ? 'rules.action.blockSilently' : 'rules.action.block'),
  action: (settings) => ({
    kind: 'answer',
    answer: { kind: 'block', words: settings?.words ?? null, silent: settings?.silent ?? false },
  }),
});
