// The asker: an actor together with the rights they have in one group.

import { type Rights, rankOf, rightsIn, rightsOfRole } from '../capability.ts';
import type { GroupFacts } from '../groups/facts.ts';
import type { Lookup } from '../groups/lists.ts';
import { findRole } from '../groups/members.ts';
import { found, type Result } from '../result.ts';
import type { GroupSettings } from '../settings.ts';
import { type Actor, allRights, system } from './actor.ts';
import { withGrants } from './grants.ts';
import type { AuthorisedActor } from './policy.ts';

type Granting = Pick<GroupSettings, 'discordRoles' | 'discordRights'>;

/**
 * The asker whose rights the surface granted; `null` when the role in a group must be looked up first.
 * @param group the group that they are asked about; `undefined`: none in particular
 */
export function grantedActor(
  { chat }: Pick<Lookup, 'chat'>,
  actor: Actor,
  settings: Granting,
  group: string | undefined,
): AuthorisedActor | null {
  if (actor.authority.kind !== 'granted') return null;
  const rights =
    settings.discordRights === 'channel' ? unwithheld(actor.authority.rights) : actor.authority.rights;
  return actorWith(actor, rightsIn(withGrants(rights, actor, settings.discordRoles), group), chat.admin);
}

/** The rights as the place gives them. */
function unwithheld({ withheld, ...rights }: Rights): Rights {
  const given = new Set(withheld?.keys() ?? []);
  return { ...rights, capabilities: rights.capabilities.union(given) };
}

/** The asker with the rights that they have in every group: neither a role in one nor what holds only there counts. */
export const generalActor = (lookup: Lookup, actor: Actor, settingsForAll: Granting): AuthorisedActor =>
  grantedActor(lookup, actor, settingsForAll, undefined) ??
  actorWith(actor, rightsOfRole(null, false), lookup.chat.admin);

/** The asker in a group; one read where the Chat role decides or counts. */
export async function authoriseActor(
  lookup: Lookup,
  actor: Actor,
  group: GroupFacts,
  settings: Granting,
  signal: AbortSignal | undefined,
): Promise<Result<AuthorisedActor>> {
  const granted = grantedActor(lookup, actor, settings, group.id);
  if (granted !== null) return withLinkedRank(lookup, granted, group, signal);
  const role = await findRole(lookup, group, actor.account ?? actor.id, signal);
  if (!role.ok) return role;
  return found(actorWith(actor, rightsOfRole(role.value, group.permissionGroups), lookup.chat.admin));
}

/** The Chat role of a linked actor counts for the rank, as far as the link carries. */
async function withLinkedRank(
  lookup: Lookup,
  asker: AuthorisedActor,
  group: GroupFacts,
  signal: AbortSignal | undefined,
): Promise<Result<AuthorisedActor>> {
  const { account, linkedRank } = asker.actor;
  const { rights } = asker;
  if (account === undefined || linkedRank === undefined || linkedRank <= rights.rank) return found(asker);
  const role = await findRole(lookup, group, account, signal);
  if (!role.ok) return role;
  const ownRank = rankOf(role.value);
  const rank = ownRank < linkedRank ? ownRank : linkedRank;
  return found(rank > rights.rank ? { ...asker, rights: { ...rights, rank } } : asker);
}

const actorWith = (actor: Actor, rights: Rights, admin: string): AuthorisedActor => ({
  actor,
  rights,
  admin,
});

/** The program itself as the asker. */
export const systemActor = ({ admin }: Pick<Lookup['chat'], 'admin'>): AuthorisedActor =>
  actorWith(system, allRights, admin);
