// Mentioned Discord users: their link says who they are, else the surface does, where it can find out.
import { message } from '../../i18n/message.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { accountOfUser } from '../../moderation/people/identity.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Request } from '../../request/request.ts';
import type { PipelineDeps } from '../deps.ts';

type MentionDeps = Pick<PipelineDeps, 'recorder'>;

/** The Chat account of a mentioned user; refused where none is known. */
export async function accountOfMention(
  deps: MentionDeps,
  request: Request,
  userId: string,
): Promise<Result<string>> {
  const account = await accountOfUser(deps.recorder?.links ?? null, userId, (user) =>
    ask(deps, user, async () => request.accountOfMention?.(user)),
  );
  if (!account.ok) return account;
  return account.value === null
    ? refused(message('refused.unlinkedMention', { user: userId }))
    : found(account.value);
}

/** A mentioned user with their rights; `null` for nobody of the server. */
export const actorOfMention = (
  deps: MentionDeps,
  request: Request,
  userId: string,
): Promise<Result<Actor | null>> => ask(deps, userId, async () => request.actorOfMention?.(userId));

/** Asks the surface. Where it cannot find out now, that is a refusal, and why stands in the log. */
async function ask<Value>(
  { recorder }: MentionDeps,
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
