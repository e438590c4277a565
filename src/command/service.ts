// What every door is handed: the commands, what carries a request out, and what completes one that is being typed.
import type { Actor } from '../moderation/people/actor.ts';
import type { Outcome } from '../request/outcome.ts';
import type { Request } from '../request/request.ts';
import type { Suggestion } from './options/option.ts';
import type { Registry } from './registry.ts';

export interface Pipeline {
  /** Takes a request through all steps. Never throws for anything a person or Chat did. */
  handle(request: Request): Promise<Outcome>;
}

export interface CompletionRequest {
  readonly actor: Actor;
  readonly command: string;
  readonly option: string;
  /** What was typed into the option so far. */
  readonly typed: string;
  /** Group that the command names. */
  readonly group: string | undefined;
  /** Where it is typed, and the group where none is named or bound to the place: as in a request. */
  readonly places?: Request['places'];
  readonly defaultGroup?: string | undefined;
  readonly signal?: AbortSignal;
}

export interface Completion {
  /** At most 25 suggestions; none for an actor who may not use the command. Never throws for what Chat did. */
  suggest(request: CompletionRequest): Promise<readonly Suggestion[]>;
}

/** The moderation commands, for a surface to offer. */
export interface Moderation {
  readonly registry: Registry;
  readonly pipeline: Pipeline;
  readonly completion: Completion;
}
