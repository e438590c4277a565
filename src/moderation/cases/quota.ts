// The quota: how many members one moderator may act on in a while, so that a stolen account is stopped in time.
import { z } from 'zod';
import { type Message, message } from '../../i18n/message.ts';
import type { Clock } from '../../util/clock.ts';
import type { AuthorisedActor } from '../people/policy.ts';
import type { GroupSettings } from '../settings.ts';
import type { CaseFilter, CaseOutcome, CaseRepository, CaseTarget } from './case.ts';

/** What may still happen, or may have happened, counts. */
const counted: ReadonlySet<CaseOutcome> = new Set(['done', 'uncertain', 'pending']);

/** What of the facts before a change tells whom it concerns. */
const concerned = z
  .union([
    z.object({ kind: z.literal('member') }),
    z.object({ kind: z.literal('message'), sender: z.string().nullable() }),
  ])
  .nullable()
  .catch(null);

/** So many messages that are taken back count at least as one member, whoever wrote them. */
const MESSAGES_A_MEMBER = 10;

/**
 * What a case counts toward a quota: its members; of messages that were taken back those who wrote them, each unknown
 * one by itself, and at least one for each ten messages.
 */
export function weightOf(targets: readonly CaseTarget[]): number {
  const kept = targets
    .filter(({ outcome }) => counted.has(outcome))
    .map(({ target, before }) => ({ target, facts: concerned.parse(before) }));
  const members = kept.filter(({ facts }) => facts?.kind === 'member').length;
  const messages = kept.filter(({ facts }) => facts?.kind === 'message');
  const senders = new Set(
    messages.map(({ target, facts }) =>
      facts?.kind === 'message' && facts.sender !== null ? `from ${facts.sender}` : `message ${target}`,
    ),
  );
  return members + Math.max(senders.size, Math.ceil(messages.length / MESSAGES_A_MEMBER));
}

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
