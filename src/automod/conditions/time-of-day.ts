// Time of day: between two times, also across midnight, in a zone.
import { message } from '../../i18n/message.ts';
import { accept, leaf, map, matching, refuse } from '../../settings/shape.ts';
import { condition } from '../part.ts';

const clock = matching(/^(?:[01]\d|2[0-3]):[0-5]\d$/, (path) => message('rules.clock', { path })).meta({
  type: 'string',
  examples: ['22:00'],
});

const zone = leaf((input) =>
  typeof input === 'string' && isZone(input)
    ? accept(input)
    : refuse((path) => message('rules.zone', { path })),
).meta({ type: 'string', examples: ['Asia/Shanghai'] });

export const timeOfDay = condition({
  name: 'time-of-day',
  example: "{ from: '22:00', to: '06:00', zone: Asia/Shanghai }",
  settings: () => map({ from: clock, to: clock, zone: zone.optional() }),
  sentence: ({ from, to, zone: at = 'UTC' }) =>
    message('rules.condition.time-of-day', { from, to, zone: at }),
  compile({ from, to, zone: at = 'UTC' }) {
    const format = formatIn(at);
    return ({ event }) => {
      const now = format.format(event.at);
      return from <= to ? from <= now && now < to : from <= now || now < to;
    };
  },
});

/** `hh:mm`, whose order is that of time. */
const formatIn = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });

function isZone(name: string): boolean {
  try {
    formatIn(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
