// What a rule does: the answer to a message, and what else is to follow.

/** What becomes of a message, from mild to strict. */
export const answers = ['pass', 'mask', 'hide', 'hold', 'block'] as const;

export type Answer =
  | { readonly kind: 'pass' }
  /** What was found is written over. */
  | { readonly kind: 'mask'; readonly with: string }
  /** It goes out and is hidden at once, kept in the case. */
  | { readonly kind: 'hide' }
  /** It waits for a moderator. */
  | { readonly kind: 'hold' }
  /** `words`: what the sender is told; `null`: Chat's own words. Silent: the sender is told that it was sent. */
  | { readonly kind: 'block'; readonly words: string | null; readonly silent: boolean };

/** Whether one answer is stricter than another. */
export const isStricter = (one: Answer, other: Answer): boolean =>
  answers.indexOf(one.kind) > answers.indexOf(other.kind);

/** A command as a request of its own, by the rule as actor. */
export interface RuleCommand {
  readonly kind: 'command';
  readonly command: string;
  /** Raw options; the member is added where `about` says so. */
  readonly options: Readonly<Record<string, string>>;
  readonly about: 'member' | 'group';
}

/** Takes the member's last messages back, or hides them. */
export interface TakeBack {
  readonly kind: 'take-back';
  readonly command: 'recall' | 'hide';
  /** How many, with this one. */
  readonly last: number;
}

/** Adds to a counter that nobody sees; each addition is forgotten after `lasts` seconds. */
export interface Count {
  readonly kind: 'count';
  readonly into: string;
  readonly add: number;
  readonly lasts: number;
}

/** Tells moderators: a card with buttons, or an item of the queue. */
export interface Tell {
  readonly kind: 'alert' | 'queue';
  readonly words: string | null;
}

export type Deed = RuleCommand | TakeBack | Count | Tell;
export type Action = { readonly kind: 'answer'; readonly answer: Answer } | Deed;
