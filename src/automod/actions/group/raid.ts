// Raid: the profile of the settings for a raid, for a while.
import { message } from '../../../i18n/message.ts';
import { duration, map } from '../../../settings/shape.ts';
import { action } from '../../part.ts';
import { shorthand } from '../shared.ts';

export const raid = action({
  name: 'raid',
  example: '1h',
  settings: () => shorthand('for', map({ for: duration }), duration),
  sentence: ({ for: time }) => message('rules.action.raid', { duration: time }),
  action: ({ for: time }) => ({
    kind: 'command',
    command: 'raid',
    about: 'group',
    options: { state: 'on', duration: time },
  }),
});
