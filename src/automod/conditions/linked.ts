// Linked: whether a Discord user is linked to the member's account.

import { message } from '../../i18n/message.ts';
import { yesNo } from '../../settings/shape.ts';

import { condition } from '../part.ts';

export const linked = condition({
  name: 'linked',
  example: 'true',
  settings: () => yesNo,
  sentence: (wanted) => message('rules.condition.linked', { linked: String(wanted) }),
  compile:
    (wanted) =>
    ({ fact }) => {
      const is = fact('linked');
      return is === null ? null : is === wanted;
    },
});
