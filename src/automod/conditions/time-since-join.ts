// Time since the member joined: longer or shorter than given.
import { message } from '../../i18n/message.ts';
import { map, problemAt, span } from '../../settings/shape.ts';
import { condition } from '../part.ts';

export const timeSinceJoin = condition({
  name: 'time-since-join',
  example: '{ over: 7d }',
  settings: () =>
    map({ over: span.optional(), under: span.optional() }).superRefine(({ over, under }, context) => {
      if (over !== undefined || under !== undefined) return;
      context.addIssue(problemAt([], (path) => message('rules.overOrUnder', { path })));
    }),
  sentence: ({ over, under }) =>
    over !== undefined
      ? message('rules.condition.joinedOver', { time: { seconds: over } })
      : message('rules.condition.joinedUnder', { time: { seconds: under ?? 0 } }),
  compile:
    ({ over, under }) =>
    ({ event, fact }) => {
      const joinedAt = fact('joinedAt');
      if (joinedAt === null) return null;
      const seconds = (event.at - joinedAt) / 1_000;
      return (over === undefined || seconds > over) && (under === undefined || seconds < under);
    },
});
