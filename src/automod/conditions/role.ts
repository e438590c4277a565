// Role: that of the member in the group.
import { roles } from '../../chat/protocol/schemas.ts';
import { message } from '../../i18n/message.ts';
import { choice } from '../../settings/shape.ts';
import { oneOrMore } from '../fields.ts';
import { condition } from '../part.ts';

export const role = condition({
  name: 'role',
  example: '[Owner, Admin]',
  settings: () => oneOrMore(choice(roles)),
  sentence: (wanted) => message('rules.condition.role', { roles: wanted.join(', ') }),
  compile: (wanted) => {
    const all = new Set<string>(wanted);
    return ({ fact }) => {
      const own = fact('role');
      return own === null ? null : all.has(own);
    };
  },
});
