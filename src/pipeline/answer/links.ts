// Links as a command may use them: in the asker's name, and never beyond the asker's own rank.
import type { GroupLinks } from '../../command/context.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { rankOf } from '../../moderation/capability.ts';
import { labelOf, type MemberFacts } from '../../moderation/groups/facts.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';
import type { Link, LinkRepository } from '../../moderation/people/link.ts';
import {
  type AuthorisedActor,
  authorise,
  botAccountRefusal,
  isBotAccount,
} from '../../moderation/people/policy.ts';
import { found, refused } from '../../moderation/result.ts';

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
      const denied = whyNotLink(asker, user, member);
      if (denied !== null) return refused(denied);
      const { account } = member;
      const by = actorOfRecord(asker.actor);
      const added = await links.add({ surface: SURFACE, user, account, rank: asker.rights.rank, by });
      if (added.kind === 'added') return found(added.link);
      return refused(message('refused.linked', { user: added.link.user, account: added.link.account }));
    },
    async unlink(user) {
      const link = await links.ofUser(SURFACE, user);
      if (link === null) return refused(message('refused.notLinked', { user }));
      const denied = whyNotUnlink(asker, link);
      if (denied !== null) return refused(denied);
      const removed = await links.remove(SURFACE, user);
      return removed === null ? refused(message('refused.notLinked', { user })) : found(removed);
    },
  };
}

/** A link makes two identities one person, so it must not hand out a rank, nor hide who somebody is. */
function whyNotLink(asker: AuthorisedActor, user: string, member: MemberFacts): Message | null {
  const denied = authorise(asker, { name: 'link', capability: 'configure' });
  if (denied !== null) return denied;
  if (isBotAccount(asker, member.account)) return botAccountRefusal(member.account);
  if (changesThemselves(asker, user, member.account)) return message('refused.linkSelf');
  if (rankOf(member.role) <= asker.rights.rank) return null;
  return message('refused.rank', { member: labelOf(member), role: literal(member.role ?? 'Member') });
}

function whyNotUnlink(asker: AuthorisedActor, { user, account, rank }: Link): Message | null {
  const denied = authorise(asker, { name: 'unlink', capability: 'configure' });
  if (denied !== null) return denied;
  if (changesThemselves(asker, user, account)) return message('refused.linkSelf');
  return rank > asker.rights.rank ? message('refused.linkRank', { user }) : null;
}

/** Only those who stand above everybody anyway say who they are themselves. */
const changesThemselves = ({ actor, rights }: AuthorisedActor, user: string, account: string): boolean =>
  rights.rank < 3 && ((actor.surface === SURFACE && actor.id === user) || actor.account === account);
