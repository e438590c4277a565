// Who asks: a person or a program, as a surface presents it.
import type { Rights } from './capability.ts';

/** `system`: the program itself, when a time is over or the ladder of warnings asks for it. */
export type SurfaceName = 'discord' | 'terminal' | 'system';

/**
 * Where an actor's rights come from.
 * - `granted`: the surface maps its own permissions onto rights.
 * - `groupRole`: the actor acts as a Chat member; the role in the group decides.
 */
export type Authority =
  | { readonly kind: 'granted'; readonly rights: Rights }
  | { readonly kind: 'groupRole' };

export interface Actor {
  readonly surface: SurfaceName;
  /** Identifier within the surface. */
  readonly id: string;
  /** What people call the actor. */
  readonly name: string;
  /** The actor's own Chat account, where known: nobody mutes, kicks, bans or promotes themselves. */
  readonly account?: string;
  /** Identifiers of the roles that the actor has on the surface; grants name them. */
  readonly roles?: readonly string[];
  readonly authority: Authority;
}
