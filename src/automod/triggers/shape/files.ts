// Files: a message with more of them than allowed, or with one of these endings.
import { message } from '../../../i18n/message.ts';
import { accept, leaf, map, problemAt, refuse } from '../../../settings/shape.ts';
import { between, some } from '../../fields.ts';
import { type Finding, type Look, nowhere, trigger } from '../../part.ts';
import { elementsOf } from './shared.ts';

const ending = leaf((input) =>
  typeof input === 'string' && /^\.?[\p{L}\p{N}]{1,12}$/u.test(input)
    ? accept(input.replace(/^\./, '').toLowerCase())
    : refuse((path) => message('rules.ending', { path })),
).meta({ type: 'string', examples: ['exe'] });

export const files = trigger({
  name: 'files',
  example: '{ endings: [exe, apk, bat] }',
  settings: () =>
    map({ over: between(0, 100).optional(), endings: some(ending).optional() }).superRefine(
      (written, context) => {
        if (written.over !== undefined || written.endings !== undefined) return;
        context.addIssue(problemAt([], (path) => message('rules.overOrEndings', { path })));
      },
    ),
  sentence: ({ over, endings }) =>
    endings === undefined
      ? message('rules.trigger.files', { count: over ?? 0 })
      : message('rules.trigger.fileEndings', { endings: endings.join(', ') }),
  compile:
    ({ over, endings = [] }) =>
    (look) =>
      withEnding(look, endings) ??
      (over !== undefined && elementsOf(look, 'TIMFileElem') > over ? nowhere : null),
});

function withEnding({ event }: Look, endings: readonly string[]): Finding | null {
  const texts = event.kind === 'message' ? event.texts : [];
  const text = texts.findIndex(
    ({ place, text: name }) =>
      place === 'file' && endings.some((one) => name.trimEnd().toLowerCase().endsWith(`.${one}`)),
  );
  const found = texts[text];
  return found === undefined ? null : { text, span: { start: 0, end: found.text.length } };
}
