// Group type: that of the group in which it happened.
import { groupTypes } from '../../chat/protocol/schemas.ts';
import { message } from '../../i18n/message.ts';
import { choice } from '../../settings/shape.ts';
import { oneOrMore } from '../fields.ts';
import { condition } from '../part.ts';

export const groupType = condition({
  name: 'group-type',
  example: 'AVChatRoom',
  settings: () => oneOrMore(choice(groupTypes)),
  sentence: (types) => message('rules.condition.group-type', { types: types.join(', ') }),
  compile: (types) => {
    const all = new Set<string>(types);
    return ({ fact }) => {
      const own = fact('groupType');
      return own === null ? null : all.has(own);
    };
  },
});
