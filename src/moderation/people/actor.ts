// Who asks: a person or a program, as a surface presents it.
import { everything, type Rank, type Rights } from '../capability.ts';

/**
 * Where a request comes from. `chat`: typed in a Chat group, or to the bot; `rule`: a rule of the settings; `system`: the
 * bot itself, when a time is over or the ladder of warnings asks for it.
 */
export type SurfaceName = 'discord' | 'terminal' | 'chat' | 'http' | 'rule' | 'system';

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
  /** Whether the account is only what the surface makes of a name or a number: it lends nobody anything. */
  readonly isGuessed?: boolean;
  /** Set for a linked actor: the most that the role of their account in a group can lift their rank to. */
  readonly linkedRank?: Rank;
  /** Identifiers of the roles that the actor has on the surface; grants name them. */
  readonly roles?: readonly string[];
  readonly authority: Authority;
}

/** Who acted, as recorded: a case outlives the surfaces and links of the program that wrote it. */
export interface CaseActor {
  readonly surface: string;
  /** Identifier within the surface. */
  readonly id: string;
  readonly name: string;
  /** Chat account, where it was known. */
  readonly account: string | null;
}

/** An actor as the record keeps them. */
export const actorOfRecord = ({ surface, id, name, account }: Actor): CaseActor => ({
  surface,
  id,
  name,
  account: account ?? null,
});

/** Everything, everywhere: the operator of the program has it, and the program itself. */
export const allRights: Rights = { capabilities: everything, rank: 3 };

/** Whoever runs the program, where nobody else is named. */
export const operatorId = 'operator';

/** The program itself: it acts when a time is over, and where the ladder of warnings says so. */
export const system: Actor = {
  surface: 'system',
  id: 'system',
  name: 'system',
  authority: { kind: 'granted', rights: allRights },
};
