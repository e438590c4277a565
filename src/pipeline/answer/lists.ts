// What a reading command may look at: one group, and nothing that changes it.

import { callOptions } from '../../chat/chat.ts';
import type { GroupReader } from '../../command/context.ts';
import type { GroupFacts } from '../../moderation/groups/facts.ts';
import { type Lookup, readBanned, readMemberList, readMuted } from '../../moderation/groups/lists.ts';
import { readMessagePage } from '../../moderation/groups/messages.ts';
import { failed, found, type Result } from '../../moderation/result.ts';

/** Most members that one answer lists. */
const mostListed = 100;

export function createReader(
  lookup: Lookup,
  group: GroupFacts,
  signal: AbortSignal | undefined,
): GroupReader {
  return {
    members: (role) =>
      readMemberList(lookup, group, { ...(role === undefined ? {} : { role }), most: mostListed, signal }),
    muted: () => readMuted(lookup, group, signal),
    banned: () => readBanned(lookup, group, signal),
    messages: (query) => readMessagePage(lookup, group, query, signal),
    nicknames: (accounts) => readNicknames(lookup, accounts, signal),
  };
}

async function readNicknames(
  { chat }: Lookup,
  accounts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Result<ReadonlyMap<string, string>>> {
  const nicknames = new Map<string, string>();
  for (let start = 0; start < accounts.length; start += 100) {
    const result = await chat.call(
      'portrait_get',
      { To_Account: accounts.slice(start, start + 100), TagList: ['Tag_Profile_IM_Nick'] },
      callOptions(signal),
    );
    if (!result.ok) return failed(result.error);
    for (const profile of result.answer.UserProfileItem) {
      const nick = profile.ProfileItem.find((item) => item.Tag === 'Tag_Profile_IM_Nick')?.Value;
      if (typeof nick === 'string' && nick !== '') nicknames.set(profile.To_Account, nick);
    }
  }
  return found(nicknames);
}
