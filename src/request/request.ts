// A request: the one value that every surface hands to the pipeline.
import type { Actor } from '../moderation/people/actor.ts';
import type { Place } from '../moderation/place.ts';
import type { Answered, Question } from './question.ts';

/** Options as typed, by name, before anybody read them. */
export type RawOptions = Readonly<Record<string, string>>;

export interface Request {
  readonly actor: Actor;
  /** Command name without the slash. */
  readonly command: string;
  /** The command's own options and the common ones: `reason`, `group`, `dry-run`. */
  readonly options: RawOptions;
  /** Where the request was made; a place can be bound to a group. The narrowest first: a thread, its channel, the server. */
  readonly places?: readonly Place[];
  /** Group to act on where the options name none and no place is bound to one. */
  readonly defaultGroup?: string;
  /** Show the requests and send none. */
  readonly dryRun?: boolean;
  /**
   * Chat account of a mentioned Discord user; `null` when there is none.
   * Only a surface on which people mention Discord users hands it in.
   */
  accountOfMention?(userId: string): Promise<string | null>;
  /** The rights of a mentioned Discord user, for `/why`; `null` for nobody of this server. */
  actorOfMention?(userId: string): Promise<Actor | null>;
  /** Asks the asker, and only them. Absent where there is nobody to ask: a script acts at once. */
  ask?(question: Question): Promise<Answered>;
  readonly signal?: AbortSignal;
}
