import type { Role } from '../chat/protocol/schemas.ts';
import type { Message, Value } from '../i18n/message.ts';
import type { CaseFilter, CaseNote, CasePage, CaseReason, ModerationCase } from '../moderation/cases/case.ts';
import type { WriteOf } from '../moderation/cases/write.ts';
import type { MemberFacts } from '../moderation/groups/facts.ts';
import type { MemberList, Until } from '../moderation/groups/lists.ts';
import type { MessagePage, MessagePageQuery } from '../moderation/groups/messages.ts';
import type { Link } from '../moderation/people/link.ts';
import type { Binding, LogChannel } from '../moderation/place.ts';
import type { Result } from '../moderation/result.ts';
import type { GroupSettings } from '../moderation/settings.ts';
import type { MemberReference } from './options/option.ts';

/**
 * Nothing is written by these: where a change is asked for, they check whether it may be made and say which it would be.
 * Only notes are written at once. Each record is `null` where nothing is recorded.
 */
export interface CommandContext extends GroupReader {
  /** Whether the request only wants to see what would be done. */
  readonly dryRun: boolean;
  /** The asker's own Chat account, where it is known for certain or linked. */
  readonly self: string | null;
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
  /** A page of messages; refused in a live room of which nothing is remembered. */
  messages(query: MessagePageQuery): Promise<Result<MessagePage>>;
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
  /** Removes a note by its place among the notes of the case, from 1; refused where it is somebody else's. */
  removeNote(number: number, position: number): Promise<Result<CaseNote>>;
  /** A better reason; the old one stays in `reasons`. */
  changeReason(number: number, reason: string): Promise<Result<WriteOf<'reason'>>>;
}

/** A write that takes something away, and one that puts something there. */
type Removal<Write extends { from: unknown }> = Write & { readonly from: NonNullable<Write['from']> };
type Addition<Write extends { to: unknown }> = Write & { readonly to: NonNullable<Write['to']> };

export interface GroupLinks {
  /** Links a Discord user to the account of a member. */
  link(user: string, member: MemberFacts): Promise<Result<WriteOf<'link'>>>;
  unlink(user: string): Promise<Result<Removal<WriteOf<'link'>>>>;
  /** Newest first. */
  list(limit: number): Promise<Result<readonly Link[]>>;
}

export interface GroupPlaces {
  /**
   * Binds the place to the group; takes it away only from a group that the asker may configure, too.
   * @param whole the whole server instead of the channel
   */
  bind(whole: boolean): Promise<Result<WriteOf<'place'>>>;
  /** Refused where the place is not bound to this very group. @param whole the whole server instead of the channel */
  unbind(whole: boolean): Promise<Result<WriteOf<'place'>>>;
  bindings(): Promise<readonly Binding[]>;
  /** The channel of the log that was chosen; `null` where none was. */
  log(): Promise<LogChannel | null>;
  /** Writes the group's log to the channel of the request. */
  logHere(): Promise<Result<Addition<WriteOf<'log'>>>>;
  stopLog(): Promise<WriteOf<'log'>>;
}

export interface GroupTimers {
  /** The cases whose effect the program will take back, the earliest first. @param limit at most so many */
  list(limit: number): Promise<readonly ModerationCase[]>;
  /** Lets the effect stay for good; refused to whoever may not make such an effect. */
  cancel(
    number: number,
  ): Promise<Result<{ readonly record: ModerationCase; readonly write: WriteOf<'timer'> }>>;
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
