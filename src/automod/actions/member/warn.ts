// Warn: gives the member points, which lead up the ladder.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between, text } from '../../fields.ts';
import { action } from '../../part.ts';
import { rawOptions } from '../shared.ts';

export const warn = action({
  name: 'warn',
  example: '{ points: 1 }',
  settings: () => map({ points: between(1, 100).optional(), reason: text.optional() }).optional(),
  sentence: (settings) => message('rules.action.warn', { points: settings?.points ?? 1 }),
  action: (settings) => ({
    kind: 'command',
    command: 'warn',
    about: 'member',
    options: rawOptions({ points: settings?.points, reason: settings?.reason }),
  }),
});
