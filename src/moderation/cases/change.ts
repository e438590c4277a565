// A change: one call of the endpoint table with its body, and whom it concerns.
import type { BodyOf, EndpointName } from '../../chat/protocol/endpoints.ts';
import type { Message } from '../../i18n/message.ts';
import type { RecordWrite } from './write.ts';

/** One target that a change covers, and the sentence that is true once Chat accepted it. */
export interface Covered {
  /** A member's account, a message's sequence number, or the group's identifier. */
  readonly target: string;
  readonly done: Message;
  /** What the target is, for whoever looks before it is done; its name unless set. */
  readonly shown?: Shown;
}

/** What is seen of a target before anything is done about it. */
export interface Shown {
  readonly message: Message;
  readonly lines: readonly Message[];
}

type ChangeOf<Name extends EndpointName> = {
  readonly endpoint: Name;
  readonly body: BodyOf<Name>;
  readonly covers: readonly Covered[];
  /** A call that follows once this one succeeded; the targets are done when it did, too. */
  readonly next?: Change;
};
export type Change = { [Name in EndpointName]: ChangeOf<Name> }[EndpointName];

/** A target that nothing is sent for, and why. */
export interface Refusal {
  readonly target: string;
  readonly refused: Message;
}

/** A target about which something is only written in the record: Chat has nothing to do for it. */
export interface Entry {
  readonly target: string;
  readonly entered: Message;
}

/** A change of the bot's own records, for which Chat is not asked. */
export interface Write {
  /** Whom or what it is about. */
  readonly target: string;
  readonly write: RecordWrite;
  /** The sentence that is true once it is written. */
  readonly done: Message;
}

export type Step = Change | Entry | Write | Refusal;

export const isRefusal = (step: Step): step is Refusal => 'refused' in step;
export const isEntry = (step: Step): step is Entry => 'entered' in step;
export const isWrite = (step: Step): step is Write => 'write' in step;
export const isChange = (step: Step): step is Change => 'endpoint' in step;

/** The targets that a step is about. */
export const targetsOf = (step: Step): readonly string[] =>
  isChange(step) ? step.covers.map(({ target }) => target) : [step.target];

/** What is seen of a step's targets beforehand, by target. */
export const shownIn = (step: Step): ReadonlyMap<string, Shown> =>
  new Map(
    isChange(step)
      ? step.covers.flatMap(({ target, shown }) => (shown === undefined ? [] : [[target, shown] as const]))
      : [],
  );

/** The targets of all steps that do something. */
export const activeTargets = (steps: readonly Step[]): readonly string[] =>
  steps.filter((step) => !isRefusal(step)).flatMap(targetsOf);

/** A change and those that follow it. */
export const chainOf = (change: Change): readonly Change[] =>
  change.next === undefined ? [change] : [change, ...chainOf(change.next)];
