// What is found for a request on its way: who asks, about which group, and about whom.
import type { GroupView } from '../../moderation/cases/case.ts';
import type { GroupFacts, MemberFacts, MessageFacts } from '../../moderation/groups/facts.ts';
import type { AuthorisedActor } from '../../moderation/people/policy.ts';
import type { GroupSettings } from '../../moderation/settings.ts';
import type { TargetResult } from '../../request/outcome.ts';
import type { Doubt, Request, TypedOptions } from '../../request/request.ts';

/** A request from a person that is known, about a group that is named but not looked up yet. */
export interface Placed {
  readonly request: Request;
  readonly options: TypedOptions;
  /** `undefined`: none is named, bound to the place, or usual. */
  readonly groupId: string | undefined;
  readonly settings: GroupSettings;
}

/** A request whose options are read and whose asker and group are known. */
export interface Located {
  readonly request: Request;
  readonly options: TypedOptions;
  readonly asker: AuthorisedActor;
  readonly group: GroupFacts;
  /** The settings that hold in the group. */
  readonly settings: GroupSettings;
  /** What was done in the group before the facts were read: whatever overtakes the request is noticed by it. */
  readonly view?: GroupView;
}

/** Whom or what the options name. */
export interface Targets {
  readonly members: readonly MemberFacts[];
  readonly messages: readonly MessageFacts[];
  /** Targets that end here, and why. */
  readonly refused: readonly TargetResult[];
  /** Set where it is doubtful whom the options name; then nobody is. */
  readonly doubt?: Doubt;
}
