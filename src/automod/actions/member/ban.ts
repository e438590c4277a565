// Ban: puts the member out and keeps them out.
import { message } from '../../../i18n/message.ts';
import { duration, map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { rawOptions, shorthand } from '../shared.ts';

export const ban = action({
  name: 'ban',
  example: '7d',
  settings: () => shorthand('duration', map({ duration, reason: text.optional() }), duration),
  sentence: (settings) => message('rules.action.ban', { duration: settings.duration }),
  action: ({ duration: time, reason }) => ({
    kind: 'command',
    command: 'ban',
    about: 'member',
    options: rawOptions({ duration: time, reason }),
  }),
});
