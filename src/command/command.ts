// What a command is: a description and pure functions. It is handed facts and never holds an effect.

import { allowsGroupType, type EndpointName } from '../chat/protocol/endpoints.ts';
import { type GroupType, groupTypes } from '../chat/protocol/schemas.ts';
import type { Message } from '../i18n/message.ts';
import type { Capability } from '../moderation/capability.ts';
import type { Refusal, Step, Write } from '../moderation/cases/change.ts';
import type { MemberSnapshot } from '../moderation/cases/snapshot.ts';
import type { GroupFacts, MemberFacts, MessageFacts } from '../moderation/groups/facts.ts';
import type { Reach } from '../moderation/groups/members.ts';
import type { Result } from '../moderation/result.ts';
import type { AnswerFile } from '../request/outcome.ts';
import type { Question } from '../request/question.ts';
import type { RawOptions } from '../request/request.ts';
import type { SettingsCommands } from '../settings/schema.ts';
import type { CommandContext } from './context.ts';
import { flag } from './options/flag.ts';
import { groupName } from './options/group-name.ts';
import { byName, type Option, type Options, type ValuesOf } from './options/option.ts';
import { reason } from './options/text.ts';

/** A Chat call that a command makes, and the field it sets where one call serves several commands. */
export interface Call {
  readonly endpoint: EndpointName;
  readonly field?: string;
}

interface Description<Specs extends Options> {
  /** Lower-case English name; words for people are the messages `command.<name>.…`. */
  readonly name: string;
  /** What the asker must be allowed to do; `null` for everybody. */
  readonly capability: Capability | null;
  readonly options: Specs;
  /** The calls that do the work; the command exists in group types that at least one of them allows. */
  readonly calls: readonly Call[];
  /** Whether it stands in the Apps menu of a member; Discord shows five at most. */
  readonly inMenu?: boolean;
  /** Whom a `members` option may name; `member` unless set. */
  readonly reach?: Reach;
  /** Read the group anew: set by commands for which its changeable facts matter. */
  readonly freshGroup?: boolean;
  /** Custom fields of members to read, from the options. */
  fields?(options: ValuesOf<Specs>): readonly string[];
  /** What the asker must be allowed besides, for what the options ask. */
  needs?(options: ValuesOf<Specs>): Capability | null;
}

export interface Facts {
  readonly group: GroupFacts;
  /** The members named, without those whom the policy protects. */
  readonly members: readonly MemberFacts[];
  /** The messages named, or written by the members named; without those whose senders the policy protects. */
  readonly messages: readonly MessageFacts[];
  readonly reason: string | undefined;
  /** Unix seconds. */
  readonly now: number;
}

/** What only the asker can decide, asked before anything is planned. */
export interface Choice extends Question {
  /** The option that the answer fills in. */
  readonly option: string;
  /** The facts that the question is about: an answer holds while they are the same. */
  readonly about: string;
}

/** A command that changes something. Facts are read before `plan`, and every target passed the rank check. */
export interface ChangingCommand<Specs extends Options = Options> extends Description<Specs> {
  readonly kind: 'changing';
  /** Whether it asks first, whomever it is about; more than a few members are asked about anyway. */
  readonly confirms?: boolean;
  /** Whether the member learns of it. */
  readonly tells?: boolean;
  /** Whether nobody named is in the group once it is done. */
  readonly removes?: boolean;
  /**
   * Set where it takes messages away: those that its options name, or those that the members named wrote lately. They
   * are among the facts, and the case keeps what they said.
   */
  readonly takes?: 'named' | 'written';
  /** Whether its own sentence says when the effect ends, or that it does not. */
  readonly ends?: boolean;
  /** Set where its effect is a warning: the points that it gives, which the ladder counts. */
  points?(options: ValuesOf<Specs>): number;
  /** Set where the bot may carry it out by itself, as on the ladder: what its options are then, besides those named. */
  readonly unattended?: RawOptions;
  /**
   * What the options leave open in view of the facts; `null` where nothing is. Where there is nobody to ask, `plan`
   * has to do without the answer.
   */
  choice?(options: ValuesOf<Specs>, facts: Facts): Choice | null;
  /** How long the effect lasts, in seconds; `null` for good. */
  lasts?(options: ValuesOf<Specs>, facts: Facts): number | null;
  /** What the number at the beginning of a reason may have been meant as, as a question. */
  misread?(number: string): Message;
  /** Whether the program itself has to take the effect back when its time is over: Chat does not. */
  readonly restores?: boolean;
  plan(options: ValuesOf<Specs>, facts: Facts): readonly Step[];
  /** How it is undone for one member, or for the group; absent where Chat has no way back. */
  undo?(options: ValuesOf<Specs>, facts: UndoFacts): Step;
}

/** What an undo is planned from: the facts before the change, and those of now. */
export interface UndoFacts {
  readonly group: GroupFacts;
  /** Unix seconds. */
  readonly now: number;
  /** When Chat accepted the change, Unix seconds. */
  readonly since: number;
  readonly target: string;
  /** Set for a command about members. */
  readonly member: { readonly before: MemberSnapshot; readonly now: MemberFacts } | null;
  /** Set for a command about the group. */
  readonly wasLocked: boolean | null;
}

/** `/undo`: the pipeline plans the inverse of a case with the `undo` of the command that made it. */
export interface UndoingCommand<Specs extends Options = Options> extends Description<Specs> {
  readonly kind: 'undoing';
}

export interface AnswerLine {
  readonly target: string;
  readonly message: Message;
}

export interface Answer {
  readonly message: Message;
  readonly lines: readonly AnswerLine[];
  /** Where the page that follows begins; given back as the option `before`. */
  readonly next?: string | null;
  /** More than fits into lines. */
  readonly file?: AnswerFile;
}

/** A command about a group that changes nothing. */
export interface ReadingCommand<Specs extends Options = Options> extends Description<Specs> {
  readonly kind: 'reading';
  answer(
    options: ValuesOf<Specs>,
    facts: Pick<Facts, 'group' | 'members'>,
    context: CommandContext,
  ): Promise<Result<Answer>>;
}

/** What a recording command would write. */
export interface Writes {
  readonly writes: readonly (Write | Refusal)[];
}

/** A command about the bot's own records: its options say whether it answers or changes one. */
export interface RecordingCommand<Specs extends Options = Options> extends Description<Specs> {
  readonly kind: 'recording';
  /** Whether these options change nothing. */
  reads(options: ValuesOf<Specs>): boolean;
  answer(
    options: ValuesOf<Specs>,
    facts: Pick<Facts, 'group' | 'members'>,
    context: CommandContext,
  ): Promise<Result<Answer | Writes>>;
}

/** A command about the commands themselves. */
export interface GuideCommand<Specs extends Options = Options> extends Description<Specs> {
  readonly kind: 'guide';
  answer(options: ValuesOf<Specs>, commands: readonly Command[]): Result<Answer>;
}

export type Command = ChangingCommand | ReadingCommand | RecordingCommand | GuideCommand | UndoingCommand;

/** Declares a changing command; the options' types reach `plan`. */
export const changing = <const Specs extends Options>(
  command: Omit<ChangingCommand<Specs>, 'kind'>,
): ChangingCommand<Specs> => ({
  kind: 'changing',
  ...command,
});

/** Declares a reading command. */
export const reading = <const Specs extends Options>(
  command: Omit<ReadingCommand<Specs>, 'kind'>,
): ReadingCommand<Specs> => ({
  kind: 'reading',
  ...command,
});

/** Declares a recording command. */
export const recording = <const Specs extends Options>(
  command: Omit<RecordingCommand<Specs>, 'kind'>,
): RecordingCommand<Specs> => ({
  kind: 'recording',
  ...command,
});

/** Declares an undoing command. */
export const undoing = <const Specs extends Options>(
  command: Omit<UndoingCommand<Specs>, 'kind'>,
): UndoingCommand<Specs> => ({ kind: 'undoing', ...command });

/** Declares a guide. */
export const guide = <const Specs extends Options>(
  command: Omit<GuideCommand<Specs>, 'kind'>,
): GuideCommand<Specs> => ({
  kind: 'guide',
  ...command,
});

const changingOptions = {
  reason: reason(),
  group: byName(groupName()),
  'dry-run': byName(flag()),
} as const;
/** Where the last of a command's own options takes the rest of a line, a reason is given by its name. */
const namedReason = { ...changingOptions, reason: byName(changingOptions.reason) };
const readingOptions = { group: byName(groupName()) } as const;
const guideOptions = {} as const;

/** Whether a command can change anything in Chat. */
export const changesChat = (command: Command): boolean =>
  command.kind === 'changing' || command.kind === 'undoing';

/** Whether a command can change anything, in Chat or in the bot's own records; then it takes a reason. */
export const changesAnything = (command: Command): boolean =>
  changesChat(command) || command.kind === 'recording';

/** Whether what a command did can be taken back by `/undo`. */
export const isUndoable = (command: Command): boolean =>
  command.kind === 'recording' || (command.kind === 'changing' && command.undo !== undefined);

/** Whether the program itself takes the effect of a command back when its time is over; Chat ends the others. */
export const isRestored = (command: Command): command is ChangingCommand =>
  command.kind === 'changing' && command.restores === true;

/** Whether a command's effect is a warning. */
export const isWarning = (command: Command): command is WarningCommand =>
  command.kind === 'changing' && command.points !== undefined;

export type WarningCommand = ChangingCommand & Required<Pick<ChangingCommand, 'points'>>;

/** What the settings may name. */
export const settingsCommands = (commands: readonly Command[]): SettingsCommands => ({
  withReason: commands.filter(changesAnything).map(({ name }) => name),
  onLadder: new Map(
    commands
      .filter((command) => command.kind === 'changing' && command.unattended !== undefined)
      .map(({ name, options }) => [name, { takesDuration: 'duration' in options }]),
  ),
});

/** The options that a command takes besides its own. */
function commonOptions(command: Command): Options {
  const endsInText = Object.values(command.options).some(({ takesRest }) => takesRest === true);
  // A word too many after what only answers would else become a reason.
  const named = endsInText || command.kind === 'recording';
  if (changesAnything(command)) return named ? namedReason : changingOptions;
  return command.kind === 'reading' ? readingOptions : guideOptions;
}

/** All options of a command in the order every surface shows them. */
export function optionsOf(command: Command): readonly (readonly [name: string, option: Option<unknown>])[] {
  return [...Object.entries(command.options), ...Object.entries(commonOptions(command))];
}

/** Group types in which a command can work, from the endpoint table. */
export function groupTypesOf(command: Command): readonly GroupType[] {
  if (command.calls.length === 0) return groupTypes;
  return groupTypes.filter((type) =>
    command.calls.some((call) => allowsGroupType(call.endpoint, type, call.field)),
  );
}

/** How a command is typed: `/mute member duration [reason]`. */
export function usageOf(command: Command): string {
  const shown = Object.entries(command.options).concat(
    Object.entries(commonOptions(command)).filter(([name]) => name === 'reason'),
  );
  const words = shown.map(([name, option]) => {
    const word = option.named === true ? `${name}:…` : name;
    return option.required ? word : `[${word}]`;
  });
  return [`/${command.name}`, ...words].join(' ');
}
