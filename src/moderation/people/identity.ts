// Who somebody is across surfaces: a Discord user and a Chat account that are linked are one person.

import { found, type Result } from '../result.ts';
import type { Actor, SurfaceName } from './actor.ts';
import type { LinkRepository } from './link.ts';

/** The surfaces whose users are not Chat accounts themselves. */
const linkable: ReadonlySet<SurfaceName> = new Set(['discord']);

/** What can be known of people through their links; `null` where nothing is recorded. */
export type Links = Pick<LinkRepository, 'ofUser' | 'ofAccount'> | null;

/**
 * The actor with the account that they are linked to; without the one that the surface guessed if it is somebody else's.
 * What an earlier look said of a link does not count any more.
 */
export async function identify(links: Links, { linkedRank: _past, ...actor }: Actor): Promise<Actor> {
  if (links === null || !linkable.has(actor.surface)) return actor;
  const link = await links.ofUser(actor.surface, actor.id);
  if (link !== null) return { ...actor, account: link.account, isGuessed: false, linkedRank: link.rank };
  if (actor.account === undefined || (await isFree(links, actor.surface, actor.account))) return actor;
  const { account: _somebodyElses, ...unlinked } = actor;
  return unlinked;
}

/**
 * The account of a mentioned Discord user: the linked one, else the one that the surface guesses.
 * @returns `null` where there is neither, or where the guess is linked to somebody else
 */
export async function accountOfUser(
  links: Links,
  user: string,
  guess: (user: string) => Promise<Result<string | null>>,
): Promise<Result<string | null>> {
  const link = (await links?.ofUser('discord', user)) ?? null;
  if (link !== null) return found(link.account);
  const account = await guess(user);
  if (!account.ok || account.value === null) return account;
  return (await isFree(links, 'discord', account.value)) ? account : found(null);
}

/** Whether an account is linked to nobody; asked only about accounts of users without a link. */
const isFree = async (links: Links, surface: string, account: string): Promise<boolean> =>
  links === null || (await links.ofAccount(surface, account)) === null;
