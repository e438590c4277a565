// A request: the one value that every surface hands to the pipeline.
import type { Message, Value } from '../i18n/message.ts';
import type { Actor } from '../moderation/people/actor.ts';
import type { Place } from '../moderation/place.ts';

/** Options as typed, by name, before anybody read them. */
export type RawOptions = Readonly<Record<string, string>>;

export interface Answer {
  /** The proof of the question: what would be done must still be the same. */
  readonly proof: string;
  /** One of the question's choices. */
  readonly choice: string;
}

/** Options once they are read, by name. */
export type TypedOptions = Readonly<Record<string, unknown>>;

/** One way to read a request that is doubtful. */
export interface Reading {
  /** Its word: a message `choice.answer.<choice>`. */
  readonly choice: string;
  readonly options: RawOptions;
  /** The command as a line that can only be read in this way. */
  readonly line: string;
  /** Whom it names, where that is what is doubtful. */
  readonly who?: readonly Value[];
  /** What is doubtful still. */
  readonly doubt?: Doubt;
}

export interface Doubt {
  /** What is doubtful, as a question. */
  readonly message: Message;
  /** One or two. */
  readonly readings: readonly Reading[];
}

export interface Request {
  readonly actor: Actor;
  /** Command name without the slash. */
  readonly command: string;
  /** The command's own options and the common ones: `reason`, `group`, `dry-run`. */
  readonly options: RawOptions;
  /** What can be read in several ways; then `options` holds what is the same in all of them. */
  readonly doubt?: Doubt;
  /** Where the request was made; a place can be bound to a group. The narrowest first: a thread, its channel, the server. */
  readonly places?: readonly Place[];
  /** Group to act on where the options name none and no place is bound to one. */
  readonly defaultGroup?: string;
  /** Only what changes nothing is carried out: for requests that a page of a list makes. */
  readonly readOnly?: boolean;
  /** Show the requests and send none. */
  readonly dryRun?: boolean;
  /**
   * Chat account of a mentioned Discord user; `null` when there is none.
   * Only a surface on which people mention Discord users hands it in.
   */
  accountOfMention?(userId: string): Promise<string | null>;
  /** The rights of a mentioned Discord user, for `/why`; `null` for nobody of this server. */
  actorOfMention?(userId: string): Promise<Actor | null>;
  /**
   * `ask`: a question is an outcome, and the answer to it a further request. `confirmed`: there is nobody to ask; what
   * needs consent is done at once, and what is unclear is refused with the words that make it clear.
   */
  readonly questions: 'ask' | 'confirmed';
  /** The answer to the question that this very request was answered with before. */
  readonly answer?: Answer;
  /** Idempotency key, at most 255 characters: the actor's second request with it in a group opens no second case. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}
