// Whose rights or deeds are asked about: one member, or one Discord user.
import { message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import { COMMA, readMembers, suggestMembers, wordsOfMembers } from './members.ts';
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
    const [only] = read.value.find(({ length }) => length === 1) ?? [];
    // Names between commas are several people; a name with a comma in it stands in quotes, or comes with its account.
    const isList = only?.kind === 'name' && !only.quoted && COMMA.test(only.text) && !only.text.endsWith(')');
    return only === undefined || isList ? refuse(message('refused.onePerson', { input: raw })) : readAs(only);
  },
});
