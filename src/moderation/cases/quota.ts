// The quota: how many members one moderator may act on in a while, so that a stolen account is stopped in time.
import { type Message, message } from '../../i18n/message.ts';
import type { Clock } from '../../util/clock.ts';
import type { AuthorisedActor } from '../people/policy.ts';
import type { GroupSettings } from '../settings.ts';
import type { CaseFilter, CaseRepository } from './case.ts';

/**
 * Under what one person's cases stand: their identity on the surface, and their account, which a link can change. An
 * account that is only guessed may be somebody else's.
 */
const identitiesOf = ({
  surface,
  id,
  account,
  isGuessed = false,
}: AuthorisedActor['actor']): readonly NonNullable<CaseFilter['actor']>[] => [
  { surface, id },
  ...(account === undefined || isGuessed ? [] : [{ account }]),
];

/**
 * Whether the asker may act on so many members more; nobody with `bulk` is limited.
 * @returns the refusal, or `null` when allowed
 */
export async function overQuota(
  { cases, clock }: { readonly cases: CaseRepository; readonly clock: Clock },
  { actor, rights }: AuthorisedActor,
  { quota }: Pick<GroupSettings, 'quota'>,
  more: number,
): Promise<Message | null> {
  if (quota === null || more === 0 || rights.capabilities.has('bulk')) return null;
  const since = clock.now() - quota.seconds * 1_000;
  const counts = await Promise.all(identitiesOf(actor).map((one) => cases.countTargets(one, since)));
  const done = Math.max(...counts);
  if (done + more <= quota.members) return null;
  return message('refused.quota', {
    count: more,
    done,
    max: quota.members,
    within: { seconds: quota.seconds },
  });
}
