// A Discord user: a mention, or the identifier.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import type { Option } from './option.ts';

export const discordUser = (): Option<string, true> => ({
  required: true,
  maxLength: 30,
  read(raw, name) {
    const id = /^(?:<@!?(\d{17,20})>|@?(\d{17,20}))$/.exec(raw.trim());
    const user = id?.[1] ?? id?.[2];
    return user === undefined
      ? refuse(message('refused.discordUser', { option: literal(name), input: raw.slice(0, 40) }))
      : readAs(user);
  },
});
