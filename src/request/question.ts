// A question: what the asker must say before anything is changed.
import type { Message } from '../i18n/message.ts';
import type { Actor } from '../moderation/people/actor.ts';

/** How long a question stands, in seconds. */
export const ANSWER_WITHIN = 60;

export interface Question {
  /** What will happen. */
  readonly message: Message;
  /** To whom. */
  readonly lines: readonly Message[];
  /** What can be answered, besides cancelling; their words are messages `choice.answer.<choice>`. */
  readonly choices: readonly string[];
}

/** What a surface heard from the asker. */
export type Answered =
  /** `actor`: the asker with the rights that they have by now, where the surface can tell. */
  | { readonly kind: 'chosen'; readonly choice: string; readonly actor?: Actor }
  | { readonly kind: 'cancelled' }
  /** Nobody answered in time. */
  | { readonly kind: 'late' };
