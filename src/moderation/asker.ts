// The asker: an actor together with the rights they have in one group.
import type { Actor } from './actor.ts';
import { type Rights, rightsOfRole } from './capability.ts';
import type { GroupFacts } from './facts.ts';
import { findRole } from './members.ts';
import type { Asker } from './policy.ts';
import { found, type Result } from './result.ts';
import type { Lookup } from './roster.ts';

/** The asker whose rights the surface granted; `null` when the role in a group must be looked up first. */
export function grantedAsker({ chat }: Lookup, actor: Actor): Asker | null {
  return actor.authority.kind === 'granted' ? askerWith(actor, actor.authority.rights, chat.admin) : null;
}

/** The asker in a group; one read where the Chat role decides. */
export async function findAsker(
  lookup: Lookup,
  actor: Actor,
  group: GroupFacts,
  signal: AbortSignal | undefined,
): Promise<Result<Asker>> {
  const granted = grantedAsker(lookup, actor);
  if (granted !== null) return found(granted);
  const role = await findRole(lookup, group, actor.account ?? actor.id, signal);
  if (!role.ok) return role;
  return found(askerWith(actor, rightsOfRole(role.value, group.permissionGroups), lookup.chat.admin));
}

const askerWith = (actor: Actor, rights: Rights, admin: string): Asker => ({ actor, rights, admin });
