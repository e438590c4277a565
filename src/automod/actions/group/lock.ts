// Lock: nobody but the owner and admins writes, for a while.
import { message } from '../../../i18n/message.ts';
import { duration, map } from '../../../settings/shape.ts';
import { action } from '../../part.ts';
import { rawOptions, shorthand } from '../shared.ts';

export const lock = action({
  name: 'lock',
  example: '10m',
  settings: () => shorthand('for', map({ for: duration.optional() }).optional(), duration),
  sentence: (settings) => message('rules.action.lock', { duration: settings?.for ?? 'permanent' }),
  action: (settings) => ({
    kind: 'command',
    command: 'lock',
    about: 'group',
    options: rawOptions({ duration: settings?.for }),
  }),
});
