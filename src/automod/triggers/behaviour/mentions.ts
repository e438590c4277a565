// Mentions: more people called at once than allowed, or everybody.
import { message } from '../../../i18n/message.ts';
import { map, problemAt, yesNo } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { type Look, nowhere, trigger } from '../../part.ts';

/** A mention in the text: the history and the webhook before sending name no accounts. */
const written = /(?<![\p{L}\p{N}._%+-])@([^\s@,，。:：;；!！?？]{1,64})/gu;
const everybody =
  /(?<![\p{L}\p{N}])@(?:all|everyone|here|所有人|全体成员|全員|みんな|모두|전체)(?![\p{L}\p{N}])/iu;

export const mentions = trigger({
  name: 'mentions',
  example: '{ over: 5, everybody: true }',
  settings: () =>
    map({ over: between(0, 100).optional(), everybody: yesNo.optional() }).superRefine(
      (settings, context) => {
        if (settings.over !== undefined || settings.everybody === true) return;
        context.addIssue(problemAt([], (path) => message('rules.overOrEverybody', { path })));
      },
    ),
  sentence: ({ over, everybody: all }) =>
    over === undefined
      ? message('rules.trigger.mentionsAll')
      : message('rules.trigger.mentions', { count: over, all: String(all ?? false) }),
  compile:
    ({ over = Number.POSITIVE_INFINITY, everybody: all = false }) =>
    (look) =>
      count(look) > over || (all && callsAll(look)) ? nowhere : null,
});

const ownText = ({ event }: Look): string =>
  event.kind === 'message' ? (event.texts.find(({ place }) => place === 'text')?.text ?? '') : '';

function count(look: Look): number {
  const inText = new Set([...ownText(look).matchAll(written)].map(([, name]) => name));
  const named = look.event.kind === 'message' ? look.event.mentioned.length : 0;
  return Math.max(inText.size, named);
}

const callsAll = (look: Look): boolean =>
  (look.event.kind === 'message' && look.event.mentionsAll) || everybody.test(ownText(look));
