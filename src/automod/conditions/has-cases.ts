// Has cases: cases about the member that stand.
import { message } from '../../i18n/message.ts';
import { map, span } from '../../settings/shape.ts';
import { between } from '../fields.ts';
import { condition } from '../part.ts';

const WITHIN = 30 * 86_400;

export const hasCases = condition({
  name: 'has-cases',
  example: '{ at-least: 1, within: 30d }',
  settings: () => map({ 'at-least': between(1, 1_000).optional(), within: span.optional() }).optional(),
  sentence: (settings) =>
    message('rules.condition.has-cases', {
      count: settings?.['at-least'] ?? 1,
      within: { seconds: settings?.within ?? WITHIN },
    }),
  compile(settings) {
    const { 'at-least': least = 1, within = WITHIN } = settings ?? {};
    return ({ event, fact }) => {
      const cases = fact('cases');
      if (cases === null) return null;
      return cases.filter((at) => at <= event.at && at > event.at - within * 1_000).length >= least;
    };
  },
});
