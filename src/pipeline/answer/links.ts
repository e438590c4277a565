// Links as a command may use them: in the asker's name, and never beyond the asker's own rank.
import type { GroupLinks } from '../../command/context.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { rankOf } from '../../moderation/capability.ts';
import { labelOf, type MemberFacts } from '../../moderation/groups/facts.ts';
import type { Link, LinkRepository } from '../../moderation/people/link.ts';
import {
  type AuthorisedActor,
  authorise,
  botAccountRefusal,
  isBotAccount,
} from '../../moderation/people/policy.ts';
import { found, refused } from '../../moderation/result.ts';
import { changesThemselves, whyNotRelink } from '../plan/writes.ts';

/** The surface whose users are linked. */
const SURFACE = 'discord';

/** @param asker with the rights that they have in every group: links hold in every group */
export function linksOf(links: LinkRepository | null, asker: AuthorisedActor): GroupLinks | null {
  if (links === null) return null;
  return {
    async list(limit) {
      const denied = authorise(asker, { name: 'links', capability: 'lookup' });
      return denied === null ? found(await links.list(limit)) : refused(denied);
    },
    async link(user, member) {
      const { account } = member;
      const denied = whyNotLink(asker, user, member);
      if (denied !== null) return refused(denied);
      const standing = (await links.ofUser(SURFACE, user)) ?? (await links.ofAccount(SURFACE, account));
      if (standing !== null) return refused(taken(standing));
      const { rank } = asker.rights;
      return found({ record: 'link', user, from: null, to: { account, rank } });
    },
    async unlink(user) {
      const link = await links.ofUser(SURFACE, user);
      if (link === null) return refused(message('refused.notLinked', { user }));
      const { account, rank } = link;
      const write = { record: 'link', user, from: { account, rank }, to: null } as const;
      const denied = whyNotRelink(asker, write);
      return denied === null ? found(write) : refused(denied);
    },
  };
}

const taken = ({ user, account }: Pick<Link, 'user' | 'account'>): Message =>
  message('refused.linked', { user, account });

/** A link makes two identities one person, so it must not hand out a rank, nor hide who somebody is. */
function whyNotLink(asker: AuthorisedActor, user: string, member: MemberFacts): Message | null {
  const denied = authorise(asker, { name: 'link', capability: 'configure' });
  if (denied !== null) return denied;
  if (isBotAccount(asker, member.account)) return botAccountRefusal(member.account);
  if (changesThemselves(asker, user, member.account)) return message('refused.linkSelf');
  if (rankOf(member.role) <= asker.rights.rank) return null;
  return message('refused.rank', { member: labelOf(member), role: literal(member.role ?? 'Member') });
}
