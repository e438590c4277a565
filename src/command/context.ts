// What a command that answers may use: one group to look at, and the bot's own records about it.
import type { Role } from '../chat/protocol/schemas.ts';
import type { Message, Value } from '../i18n/message.ts';
import type { CaseFilter, CaseNote, CasePage, CaseReason, ModerationCase } from '../moderation/cases/case.ts';
import type { MemberFacts } from '../moderation/groups/facts.ts';
import type { MemberList, Until } from '../moderation/groups/lists.ts';
import type { Link } from '../moderation/people/link.ts';
import type { Binding, LogChannel } from '../moderation/place.ts';
import type { Result } from '../moderation/result.ts';
import type { GroupSettings } from '../moderation/settings.ts';
import type { MemberReference } from './options/option.ts';

/** Each of the books is `null` where nothing is recorded. */
export interface CommandContext extends GroupReader {
  readonly settings: GroupSettings;
  readonly cases: GroupCases | null;
  readonly links: GroupLinks | null;
  readonly places: GroupPlaces | null;
  readonly timers: GroupTimers | null;
  /** The sum of a member's warning points that still count. */
  pointsOf(account: string): Promise<number>;
  /** Whose cases are meant where somebody names a moderator. */
  doneBy(reference: MemberReference): Promise<Result<DoneBy>>;
  /** Explains a decision of the policy. */
  why(question: WhyQuestion): Promise<Result<Explanation>>;
}

/** What can be looked at in the group: nothing changes it. */
export interface GroupReader {
  members(role: Role | undefined): Promise<Result<MemberList>>;
  muted(): Promise<Result<Until>>;
  banned(): Promise<Result<Until>>;
  /** Nicknames of accounts in the whole application, by account; those without one are left out. */
  nicknames(accounts: readonly string[]): Promise<Result<ReadonlyMap<string, string>>>;
}

export interface GroupCases {
  find(number: number): Promise<ModerationCase | null>;
  /** @param before the `next` of the page before */
  list(filter: Omit<CaseFilter, 'group'>, limit: number, before?: string): Promise<CasePage>;
  /** The newest cases as JSON Lines, in the order in which they were opened. */
  export(most: { readonly cases: number; readonly bytes: number }): Promise<readonly string[]>;
  notes(number: number): Promise<readonly CaseNote[]>;
  reasons(number: number): Promise<readonly CaseReason[]>;
  /** `null`: no such case. */
  addNote(number: number, text: string): Promise<CaseNote | null>;
  /** The old reason stays in `reasons`. `null`: no such case. */
  changeReason(number: number, reason: string): Promise<CaseReason | null>;
}

export interface GroupLinks {
  /** Links a Discord user to the account of a member. */
  link(user: string, member: MemberFacts): Promise<Result<Link>>;
  unlink(user: string): Promise<Result<Link>>;
  /** Newest first. */
  list(limit: number): Promise<Result<readonly Link[]>>;
}

export interface GroupPlaces {
  /**
   * Binds the place to the group; takes it away only from a group that the asker may configure, too.
   * @param whole the whole server instead of the channel
   */
  bind(whole: boolean): Promise<Result<Binding>>;
  /** Refused where the place is not bound to this very group. @param whole the whole server instead of the channel */
  unbind(whole: boolean): Promise<Result<Binding>>;
  bindings(): Promise<readonly Binding[]>;
  /** The channel of the log that was chosen; `null` where none was. */
  log(): Promise<LogChannel | null>;
  /** Writes the group's log to the channel of the request. */
  logHere(): Promise<Result<LogChannel>>;
  stopLog(): Promise<void>;
}

export interface GroupTimers {
  /** The cases whose effect the program will take back, the earliest first. @param limit at most so many */
  list(limit: number): Promise<readonly ModerationCase[]>;
  /** Lets the effect stay for good; refused to whoever may not make such an effect. @returns the case */
  cancel(number: number): Promise<Result<ModerationCase>>;
}

export interface DoneBy {
  readonly name: Value;
  readonly actor: NonNullable<CaseFilter['actor']>;
}

export interface Explanation {
  readonly allowed: boolean;
  readonly command: string;
  readonly moderator: string;
  /** The steps in the order in which the policy takes them. */
  readonly steps: readonly Message[];
}

/** What is asked: whether this person may use that command, on that member where one is named. */
export interface WhyQuestion {
  readonly moderator: MemberReference;
  readonly command: string;
  readonly target: MemberFacts | undefined;
}
