// Grants: what the settings add to and take from the rights that a surface gives.

import type { Capability, Rank, Rights } from '../capability.ts';
import type { Grant, Grants } from '../settings.ts';
import type { Actor } from './actor.ts';

/**
 * The rights after the grants of the actor's roles, level by level: a later level goes before an earlier one. Within a
 * level, what one role takes away no other role gives.
 */
export function withGrants(rights: Rights, { roles = [] }: Actor, levels: readonly Grants[]): Rights {
  return levels.reduce((before, level) => {
    const grants = roles.map((role) => level.get(role)).filter((grant) => grant !== undefined);
    return grants.length === 0 ? before : withLevel(before, grants);
  }, rights);
}

function withLevel(rights: Rights, grants: readonly Grant[]): Rights {
  const allow = union(grants.map((grant) => grant.allow));
  const deny = union(grants.map((grant) => grant.deny));
  const ranks = grants.map(({ rank }) => rank).filter((rank): rank is Rank => rank !== null);
  const stillDenied = (rights.denied ?? new Set<Capability>()).difference(allow);
  return {
    ...rights,
    capabilities: rights.capabilities.union(allow).difference(deny),
    denied: stillDenied.union(deny),
    // Of several ranks the highest, as a surface does with several roles.
    rank: ranks.length === 0 ? rights.rank : ranks.reduce((high, rank) => (rank > high ? rank : high)),
  };
}

const union = (sets: readonly ReadonlySet<Capability>[]): ReadonlySet<Capability> =>
  sets.reduce((all, set) => all.union(set), new Set<Capability>());
