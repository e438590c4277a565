// Newcomer: somebody writes who joined a short time ago.
import { message } from '../../../i18n/message.ts';
import { map, span } from '../../../settings/shape.ts';
import { nowhere, trigger } from '../../part.ts';

export const newcomer = trigger({
  name: 'newcomer',
  example: '{ within: 10m }',
  inHistory: false,
  settings: () => map({ within: span }),
  sentence: ({ within }) => message('rules.trigger.newcomer', { within: { seconds: within } }),
  compile:
    ({ within }) =>
    ({ event, fact }) => {
      const joinedAt = fact('joinedAt');
      return joinedAt !== null && event.at - joinedAt < within * 1_000 ? nowhere : null;
    },
});
