// A case: what was done to whom, by whom, why, and what became of it; and the record that keeps the cases.

import type { JsonValue } from '../../util/json.ts';
import type { CaseActor } from '../people/actor.ts';

/** `pending` is written before the first call; every other state only after Chat answered. */
export type CaseState = 'pending' | 'applied' | 'partly' | 'failed' | 'undone' | 'expired';

/** What became of the calls. */
export type SettledState = Extract<CaseState, 'applied' | 'partly' | 'failed'>;

/** Why a case's effect is no longer there. */
export type EndedState = Extract<CaseState, 'undone' | 'expired'>;

const next: Readonly<Record<CaseState, readonly CaseState[]>> = {
  pending: ['applied', 'partly', 'failed'],
  applied: ['undone', 'expired'],
  partly: ['undone', 'expired'],
  failed: [],
  undone: [],
  expired: [],
};

// Object.keys widens to string[]; the table's keys are exactly the states.
export const caseStates = Object.keys(next) as readonly CaseState[];

export const canBecome = (from: CaseState, to: CaseState): boolean => next[from].includes(to);

/** Whether a case did something that nothing has ended since. */
export const isStanding = ({ state }: { readonly state: CaseState }): boolean => canBecome(state, 'undone');

/** The states from which a case can become `to`. */
export const statesBefore = (to: CaseState): readonly CaseState[] =>
  caseStates.filter((from) => canBecome(from, to));

/**
 * What became of one target. `pending`: not known yet. `uncertain`: sent, but the answer was lost, so that it may
 * have happened.
 */
export type CaseOutcome = 'pending' | 'done' | 'refused' | 'failed' | 'uncertain';

/** Whether something was done about a target, or may have been. */
export const mayHaveHappened = (outcome: CaseOutcome): boolean =>
  outcome === 'done' || outcome === 'uncertain';

/** The state of a case whose targets came out as told. What may have happened is never called failed. */
export function settledState(outcomes: readonly Exclude<CaseOutcome, 'pending'>[]): SettledState {
  if (!outcomes.some(mayHaveHappened)) return 'failed';
  return outcomes.every((outcome) => outcome === 'done') ? 'applied' : 'partly';
}

export interface CaseTarget {
  /** A member's account, a message's sequence number, or the group's identifier. */
  readonly target: string;
  /** The facts before the change, from which an undo is planned; `null` where there are none. */
  readonly before: JsonValue;
  readonly outcome: CaseOutcome;
  /** Chat's code, where it answered one for this target. */
  readonly code: number | null;
}

/** One call: an entry of the endpoint table with its body. */
export interface CaseChange {
  readonly endpoint: string;
  readonly body: JsonValue;
}

/** What is known before the first call. */
export interface CaseDraft {
  readonly group: string;
  readonly command: string;
  /** Raw options, as typed. */
  readonly options: Readonly<Record<string, string>>;
  readonly actor: CaseActor;
  readonly reason: string | null;
  readonly targets: readonly CaseTarget[];
  readonly changes: readonly CaseChange[];
  /** Number of the case in the same group that this one undoes. */
  readonly undoes: number | null;
  /** Idempotency key: the same actor's second draft with it in the group opens no second case. */
  readonly key: string | null;
  /** How long the effect is to last from when Chat accepted it, in seconds; `null`: without an end of its own. */
  readonly lasts: number | null;
}

export interface ModerationCase extends CaseDraft {
  /** Counted per group from 1; never given twice. */
  readonly number: number;
  readonly state: CaseState;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** Unix milliseconds; `null` while pending. */
  readonly settledAt: number | null;
  /** Number of the case in the same group that ended this one. */
  readonly undoneBy: number | null;
  /** When the effect is to end, in Unix milliseconds; `null` before the case is settled, and without an end. */
  readonly endsAt: number | null;
  /** When the end is looked after next, in Unix milliseconds; `null`: not at all (no end, over, or cancelled). */
  readonly timerAt: number | null;
}

/** A remark, or an attachment by its link. */
export interface CaseNote {
  readonly author: CaseActor;
  readonly text: string;
  readonly url: string | null;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface CaseReason {
  readonly author: CaseActor;
  readonly reason: string | null;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface OpenedCase {
  readonly case: ModerationCase;
  /** The key was used before: this is the earlier case, and nothing may be sent for the draft. */
  readonly repeated: boolean;
}

/** What was done in a group when somebody began to look at it. */
export interface GroupView {
  /** The highest number so far; 0 without a case. */
  readonly last: number;
  /** Cases that were under way. */
  readonly pending: readonly number[];
}

/** Nothing was written: another case did something to a target of the draft, or does, since the view. */
export interface Overtaken {
  readonly overtakenBy: number;
}

export interface Settlement {
  readonly state: SettledState;
  /** The targets of the draft with their outcomes; they replace the recorded ones. */
  readonly targets: readonly CaseTarget[];
  /** When the effect began, in Unix milliseconds; now unless told. It lasts from then on. */
  readonly since?: number;
  /** What the case named by `undoes` becomes in the same step, if it is still applied or partly applied. */
  readonly ends?: EndedState;
}

/** The answer to a change of state, which happens only from a state that allows it. */
export type Transition =
  | { readonly kind: 'changed'; readonly case: ModerationCase }
  /** Nothing was written: the case, as it is, had moved on. */
  | { readonly kind: 'stale'; readonly case: ModerationCase }
  | { readonly kind: 'missing' };

/** All conditions must hold. */
export interface CaseFilter {
  readonly group?: string;
  readonly target?: string;
  /** One identity on one surface, or everything done with one Chat account. */
  readonly actor?: { readonly surface: string; readonly id: string } | { readonly account: string };
  readonly command?: string;
  readonly state?: CaseState;
  /** Unix milliseconds, included. */
  readonly since?: number;
  /** Unix milliseconds, excluded. */
  readonly until?: number;
}

export interface CasePage {
  /** Newest first. */
  readonly cases: readonly ModerationCase[];
  /** Cursor of the page that follows; `null` on the last one. */
  readonly next: string | null;
}

/**
 * Every promise resolves only when what it wrote would survive the end of the process. What `open` wrote survives that of
 * the machine, too; what became of a case, and whether it was logged, may be lost in the moment before: the case is
 * pending again then, or told once more.
 */
export interface CaseRepository {
  /** Writes a pending case under the group's next number. */
  open(draft: CaseDraft): Promise<OpenedCase>;
  /** The case that an actor's request with this key opened in a group. */
  withKey(
    group: string,
    actor: Pick<CaseActor, 'surface' | 'id'>,
    key: string,
  ): Promise<ModerationCase | null>;
  /** What was done in a group up to now; to be taken before facts are read. */
  view(group: string): Promise<GroupView>;
  /**
   * As `open`, unless another case about one of the targets was under way at the view or was opened after it, in this
   * process or another. A case that nobody is at work on any more counts for nothing.
   */
  openUnlessOvertaken(draft: CaseDraft, view: GroupView): Promise<OpenedCase | Overtaken>;
  /** Whether `openUnlessOvertaken` would refuse a draft about these targets now; for what would do nothing. */
  overtaken(draft: Pick<CaseDraft, 'group' | 'targets'>, view: GroupView): Promise<Overtaken | null>;
  /** Writes what became of a pending case. */
  settle(group: string, number: number, settlement: Settlement): Promise<Transition>;
  /** Ends an applied or partly applied case. @param by number of the case that ended it */
  mark(group: string, number: number, state: EndedState, by: number | null): Promise<Transition>;
  find(group: string, number: number): Promise<ModerationCase | null>;
  /** All pending cases of all groups, oldest first. */
  pending(): Promise<readonly ModerationCase[]>;
  /** The pending cases that nobody is at work on any more: their process has ended, or could not settle them. */
  abandoned(): Promise<readonly ModerationCase[]>;
  /**
   * @param page `limit`: 1 to 1,000; `before`: the `next` of the page before
   * @throws RangeError for another limit or a cursor that no page gave
   */
  list(
    filter: CaseFilter,
    page: { readonly limit: number; readonly before?: string | undefined },
  ): Promise<CasePage>;
  /** `null`: no such case. */
  addNote(group: string, number: number, note: Omit<CaseNote, 'at'>): Promise<CaseNote | null>;
  /** Removes one note; the oldest of several that are the same. */
  removeNote(group: string, number: number, note: CaseNote): Promise<boolean>;
  /** Oldest first. */
  notes(group: string, number: number): Promise<readonly CaseNote[]>;
  /** The new reason stands in the case from now on; the old ones stay in `reasons`. `null`: no such case. */
  changeReason(group: string, number: number, change: Omit<CaseReason, 'at'>): Promise<CaseReason | null>;
  /** From the reason that the case was opened with to the one that stands. */
  reasons(group: string, number: number): Promise<readonly CaseReason[]>;
  /** Cases whose `timerAt` is at or before a moment (Unix milliseconds) and whose effect stands, the earliest first. */
  due(at: number, limit: number): Promise<readonly ModerationCase[]>;
  /** The earliest `timerAt` of all cases whose effect stands; `null` where there is none. */
  nextTimer(): Promise<number | null>;
  /** The cases of a group, by these commands, whose effect stands and that have a timer, the earliest first. */
  timers(group: string, commands: readonly string[], limit: number): Promise<readonly ModerationCase[]>;
  /**
   * Sets or takes away a case's timer.
   * @param seen the `timerAt` that the change is based on: of two processes that saw the same, one changes it
   * @returns whether it was changed
   */
  setTimer(group: string, number: number, seen: number | null, next: number | null): Promise<boolean>;
  /** Settled cases that are not in any log yet, the oldest first. */
  unlogged(limit: number): Promise<readonly ModerationCase[]>;
  /** @returns whether this call, and no earlier one, marked the case as logged */
  markLogged(group: string, number: number): Promise<boolean>;
  /** Marks cases that are told in no log. */
  markAllLogged(cases: readonly Pick<ModerationCase, 'group' | 'number'>[]): Promise<void>;
  /**
   * The newest cases of a group as lines of JSON, each with its notes and reasons, in the order in which they were
   * opened; the store's import reads them.
   * @param most 1 to 10,000 cases, and so many bytes of lines with their ends
   * @throws RangeError for another number of cases
   */
  export(group: string, most: { readonly cases: number; readonly bytes: number }): Promise<readonly string[]>;
  /**
   * How many members the actor's cases of all groups concern: targets that were done, may have been, or still may be;
   * a member counts once for each case.
   * @param since Unix milliseconds, included; cases opened from then on count
   */
  countTargets(actor: NonNullable<CaseFilter['actor']>, since: number): Promise<number>;
}
