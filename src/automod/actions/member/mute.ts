// Mute: keeps the member from writing for a while.
import { message } from '../../../i18n/message.ts';
import { duration, map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { rawOptions, shorthand } from '../shared.ts';

export const mute = action({
  name: 'mute',
  example: '10m',
  settings: () => shorthand('duration', map({ duration, reason: text.optional() }), duration),
  sentence: (settings) => message('rules.action.mute', { duration: settings.duration }),
  action: ({ duration: time, reason }) => ({
    kind: 'command',
    command: 'mute',
    about: 'member',
    options: rawOptions({ duration: time, reason }),
  }),
});
