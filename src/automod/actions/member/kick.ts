// Kick: puts the member out of the group.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';
import { rawOptions } from '../shared.ts';

export const kick = action({
  name: 'kick',
  example: "{ reason: 'advertising' }",
  settings: () => map({ reason: text.optional() }).optional(),
  sentence: () => message('rules.action.kick'),
  action: (settings) => ({
    kind: 'command',
    command: 'kick',
    about: 'member',
    options: rawOptions({ reason: settings?.reason }),
  }),
});
