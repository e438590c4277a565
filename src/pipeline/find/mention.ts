// Mentioned Discord users: their link says who they are, else the surface does, where it can find out.
import { message } from '../../i18n/message.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { accountOfUser } from '../../moderation/people/identity.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Request } from '../../request/request.ts';
import type { PipelineParts } from '../deps.ts';

type Parts = Pick<PipelineParts, 'recorder'>;

/** The Chat account of a mentioned user; refused where none is known. */
export async function accountOfMention(
  parts: Parts,
  request: Request,
  userId: string,
): Promise<Result<string>> {
  const account = await accountOfUser(parts.recorder?.links ?? null, userId, (user) =>
    ask(parts, user, async () => request.accountOfMention?.(user)),
  );
  if (!account.ok) return account;
  return account.value === null
    ? refused(message('refused.unlinkedMention', { user: userId }))
    : found(account.value);
}

/** A mentioned user with their rights; `null` for nobody of the server. */
export const actorOfMention = (
  parts: Parts,
  request: Request,
  userId: string,
): Promise<Result<Actor | null>> => ask(parts, userId, async () => request.actorOfMention?.(userId));

/** Asks the surface. Where it cannot find out now, that is a refusal, and why stands in the log. */
async function ask<Value>(
  { recorder }: Parts,
  user: string,
  look: () => Promise<Value | null | undefined>,
): Promise<Result<Value | null>> {
  try {
    return found((await look()) ?? null);
  } catch (error) {
    // Only its words: the errors of HTTP libraries hold whole requests.
    const why = error instanceof Error ? error.message : String(error);
    recorder?.logger.warn({ user, why }, 'a mentioned user could not be looked up');
    return refused(message('refused.mentionUnread', { user }));
  }
}
