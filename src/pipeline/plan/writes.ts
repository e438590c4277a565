// The policy for changes of the bot's own records: who may make one, and who may take it back.
import { type Message, message } from '../../i18n/message.ts';
import type { RecordWrite, WriteOf } from '../../moderation/cases/write.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { generalActor } from '../../moderation/people/authorised-actor.ts';
import { type AuthorisedActor, authorise } from '../../moderation/people/policy.ts';
import type { CurrentSettings } from '../../moderation/settings.ts';
import type { Located } from '../find/located.ts';

type WriteDeps = Lookup & { readonly settings: CurrentSettings };

/** Whether the asker may say from where a group is moderated. */
export function mayConfigure(deps: WriteDeps, { request }: Pick<Located, 'request'>, group: string): boolean {
  const asker = generalActor(deps, request.actor, deps.settings().group(group));
  return authorise(asker, { name: 'group', capability: null, besides: 'configure' }) === null;
}

/** Why a write may not be taken back by the asker; the capability of its command is checked before. */
export function whyNotBack(deps: WriteDeps, located: Located, write: RecordWrite): Message | null {
  if (write.record === 'link') {
    return whyNotRelink(generalActor(deps, located.request.actor, deps.settings().group('')), write);
  }
  if (write.record === 'place') {
    const others = [write.from, write.to].filter((group) => group !== null && group !== located.group.id);
    return others.every((group) => group === null || mayConfigure(deps, located, group))
      ? null
      : message('refused.boundElsewhere', {
          scope: { literal: write.place.channel === null ? 'server' : 'channel' },
        });
  }
  return null;
}

/** Why a standing link may not be taken away, or put back: whoever does it needs at least the rank that it lends. */
export function whyNotRelink(asker: AuthorisedActor, { user, from, to }: WriteOf<'link'>): Message | null {
  const denied = authorise(asker, { name: 'unlink', capability: 'configure' });
  if (denied !== null) return denied;
  for (const link of [from, to]) {
    if (link === null) continue;
    if (changesThemselves(asker, user, link.account)) return message('refused.linkSelf');
    if (link.rank > asker.rights.rank) return message('refused.linkRank', { user });
  }
  return null;
}

/** Only those who stand above everybody anyway say who they are themselves. */
export const changesThemselves = (
  { actor, rights }: AuthorisedActor,
  user: string,
  account: string,
): boolean =>
  rights.rank < 3 && ((actor.surface === 'discord' && actor.id === user) || actor.account === account);
