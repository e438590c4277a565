// The quota: how many members one moderator may act on in a while, so that a stolen account is stopped in time.
import { type Message, message } from '../i18n/message.ts';
import type { CaseFilter, CaseRepository } from './case.ts';
import type { Clock } from './groups.ts';
import type { Asker } from './policy.ts';
import type { GroupSettings } from './settings.ts';

/** One person's cases: by their account, where it is known, else by their identity on the surface. */
export const casesBy = ({ surface, id, account }: Asker['actor']): NonNullable<CaseFilter['actor']> =>
  account === undefined ? { surface, id } : { account };

/**
 * Whether the asker may act on so many members more; nobody with `bulk` is limited.
 * @returns the refusal, or `null` when allowed
 */
export async function overQuota(
  { cases, clock }: { readonly cases: CaseRepository; readonly clock: Clock },
  { actor, rights }: Asker,
  { quota }: Pick<GroupSettings, 'quota'>,
  more: number,
): Promise<Message | null> {
  if (quota === null || more === 0 || rights.capabilities.has('bulk')) return null;
  const done = await cases.countTargets(casesBy(actor), clock.now() - quota.seconds * 1_000);
  if (done + more <= quota.members) return null;
  return message('refused.quota', {
    count: more,
    done,
    max: quota.members,
    within: { seconds: quota.seconds },
  });
}
