// Has points: points of warnings that stand.
import { message } from '../../i18n/message.ts';
import { map, span } from '../../settings/shape.ts';
import { between } from '../fields.ts';
import { condition } from '../part.ts';

const WITHIN = 30 * 86_400;

export const hasPoints = condition({
  name: 'has-points',
  example: '{ at-least: 3, within: 30d }',
  settings: () => map({ 'at-least': between(1, 10_000).optional(), within: span.optional() }).optional(),
  sentence: (settings) =>
    message('rules.condition.has-points', {
      count: settings?.['at-least'] ?? 1,
      within: { seconds: settings?.within ?? WITHIN },
    }),
  compile(settings) {
    const { 'at-least': least = 1, within = WITHIN } = settings ?? {};
    return ({ event, fact }) => {
      const points = fact('points');
      if (points === null) return null;
      const standing = points.filter(({ at }) => at <= event.at && at > event.at - within * 1_000);
      return standing.reduce((sum, one) => sum + one.points, 0) >= least;
    };
  },
});
