// Links: a user of a surface and a Chat account that are one person.
import type { Rank } from '../capability.ts';
import type { CaseActor } from './actor.ts';

export interface Link {
  readonly surface: string;
  /** Identifier within the surface. */
  readonly user: string;
  readonly account: string;
  /**
   * The most that the account's role in a group can lift the user's rank to: the rank of whoever made the link, so
   * that nobody hands out more than they have.
   */
  readonly rank: Rank;
  readonly by: CaseActor;
  /** Unix milliseconds. */
  readonly at: number;
}

export type LinkAdded =
  | { readonly kind: 'added'; readonly link: Link }
  /** The user or the account is linked already, by this link; nothing was written. */
  | { readonly kind: 'taken'; readonly link: Link };

/** On one surface a user has at most one account, and an account at most one user. */
export interface LinkRepository {
  ofUser(surface: string, user: string): Promise<Link | null>;
  ofAccount(surface: string, account: string): Promise<Link | null>;
  add(link: Omit<Link, 'at'>): Promise<LinkAdded>;
  /** @returns the link that was removed; `null` where there was none */
  remove(surface: string, user: string): Promise<Link | null>;
  /** Newest first. @param limit 1 to 1,000 */
  list(limit: number): Promise<readonly Link[]>;
}
