// The names of members that were read lately: more than one list holds of a large group, and never the last word.
import type { MemberFacts } from './facts.ts';

/** Somebody who was a member when they were read, with the name that they bore then. */
export type SeenMember = Pick<MemberFacts, 'account' | 'nameCard'>;

export interface SeenMembers {
  /** Notes members of a group; whoever left it is forgotten. */
  note(group: string, members: readonly Pick<MemberFacts, 'account' | 'nameCard' | 'role'>[]): void;
  /** The members of a group that were read, the latest last. */
  of(group: string): Iterable<SeenMember>;
}

const MOST_GROUPS = 50;
/** Names that are kept of a group: what was read longest ago is forgotten first. */
const MOST_MEMBERS = 20_000;

export function createSeenMembers(): SeenMembers {
  const groups = new Map<string, Map<string, SeenMember>>();

  function namesOf(group: string): Map<string, SeenMember> {
    const names = groups.get(group) ?? new Map<string, SeenMember>();
    groups.delete(group);
    groups.set(group, names);
    dropFirst(groups, MOST_GROUPS);
    return names;
  }

  return {
    note(group, members) {
      const names = namesOf(group);
      for (const { account, nameCard, role } of members) {
        names.delete(account);
        if (role !== null) names.set(account, { account, nameCard });
      }
      dropFirst(names, MOST_MEMBERS);
    },
    of: (group) => groups.get(group)?.values() ?? [],
  };
}

/** A map keeps the order in which its keys were set. */
function dropFirst(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
