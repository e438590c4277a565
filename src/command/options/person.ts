// Whose rights or deeds are asked about: one member, or one Discord user.
import { message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import { readMembers, suggestMembers, wordsOfMembers } from './members.ts';
import type { MemberReference, Option } from './option.ts';

export const moderator = (): Option<MemberReference, true> => ({
  required: true,
  maxLength: 100,
  readsQuotes: true,
  takes: wordsOfMembers,
  completion: { from: 'people', suggest: suggestMembers },
  read(raw, name) {
    const read = readMembers(raw, name);
    if (!read.ok) return read;
    const [only, ...more] = read.value;
    return only === undefined || more.length > 0
      ? refuse(message('refused.onePerson', { input: raw }))
      : readAs(only);
  },
});
