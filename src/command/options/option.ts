// What a kind of option is: how it is read, completed and typed in a line, and what is looked up for it.
import type { Message } from '../../i18n/message.ts';
import type { Read } from '../../i18n/read.ts';
import type { Word } from '../words.ts';

export type { Read } from '../../i18n/read.ts';

/** A member as a moderator names them, before anybody looked them up. */
export type MemberReference =
  /** A Chat account, a name card or a label, as typed; `quoted`: without the quotes around it. */
  | { readonly kind: 'name'; readonly text: string; readonly quoted: boolean }
  /** A Discord mention, `<@id>`. */
  | { readonly kind: 'mention'; readonly userId: string };

/** Whom a field names. It may be read as one name or as several: each reading is a list, the likeliest first. */
export type MembersNamed = readonly (readonly MemberReference[])[];

/** Messages of a group, before anybody looked them up. */
export type MessageSelection =
  | { readonly kind: 'sequence'; readonly seqs: readonly number[] }
  | { readonly kind: 'last'; readonly count: number };

/** What in Chat the value of an option names: it is looked up before the command is planned. */
export type Subject<Value> =
  | { readonly kind: 'members'; of(value: Value): MembersNamed }
  | { readonly kind: 'messages'; of(value: Value): MessageSelection };

/** Somebody or something that an option can name: what is typed for it, and what people call it. */
export interface Candidate {
  readonly id: string;
  /** May be empty. */
  readonly name: string;
}

/** One suggestion: what is shown and what is typed for it. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

/** Whom or what a kind is completed from; `nothing` where the kind itself knows all its values. */
export type Source = 'people' | 'messages' | 'groups' | 'commands' | 'nothing';

export interface Completion {
  readonly from: Source;
  /** What fits what was typed so far, best first. */
  suggest(typed: string, candidates: readonly Candidate[]): readonly Suggestion[];
}

/** How many words a value has; where it is doubtful, what else it may be. */
export interface Taken {
  readonly count: number;
  readonly doubt?: {
    /** A higher count. */
    readonly count: number;
    /** What is doubtful about the words that are more. */
    message(input: string): Message;
    /** The words for the lower count and for the higher one; see `Reading.choice`. */
    readonly choices: readonly [string, string];
  };
}

/** The commands that there are, as far as an option may know them. */
export interface KnownCommands {
  readonly commands: readonly { readonly name: string }[];
  find(name: string): { readonly name: string } | null;
}

/** One option of a command. A kind of option is a file with a function that makes one. */
export interface Option<Value, Required extends boolean = boolean> {
  readonly required: Required;
  /** The values where there are few; their words are messages `choice.<option>.<value>`. */
  readonly choices?: readonly string[];
  /** Longest text that Discord lets a moderator type, in characters. */
  readonly maxLength?: number;
  /** Yes or no: its name alone says yes. */
  readonly toggle?: boolean;
  /** In a line of text, an option that is only given by its name. */
  readonly named?: boolean;
  /** In a line of text, an option that may hold blanks: it takes the rest of the line. */
  readonly takesRest?: boolean;
  /** For a text: one in quotes is whole, and nothing follows it. */
  readonly endsWithQuotes?: boolean;
  /**
   * In a line of text, how many of the words that begin with its value belong to it; one unless set.
   * @param next the option that the words after them would belong to
   */
  takes?(words: readonly Word[], next: Option<unknown> | undefined): Taken;
  /** How many words at the beginning of a text look like its value, where it is given by name only; 0 for none. */
  resembles?(words: readonly Word[]): number;
  /** Whether the reader itself reads quotes, so that a line hands them on. */
  readonly readsQuotes?: boolean;
  /** Left out where a question repeats the options, because its other sentences say it. */
  readonly unrepeated?: boolean;
  readonly subject?: Subject<Value>;
  readonly completion?: Completion;
  /**
   * Reads what was typed.
   * @param name the option's own name, for the problem it may report
   * @param known the commands that there are; absent where a value is read that was read once before
   */
  read(raw: string, name: string, known?: KnownCommands): Read<Value>;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of a command's options, by name; an optional one may be missing. */
export type ValuesOf<Specs extends Options> = {
  readonly [Name in keyof Specs]: Specs[Name] extends Option<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

/** An option that may be left out. */
export const optional = <Value>(option: Option<Value, boolean>): Option<Value, false> => ({
  ...option,
  required: false,
});

/** An option that may be left out, and that a line of text gives by its name: `duration:7d`. */
export const byName = <Value>(option: Option<Value, boolean>): Option<Value, false> => ({
  ...option,
  required: false,
  named: true,
});

/** The suggestions that hold what was typed, in label or value. */
export function containing(typed: string, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  return suggestions.filter(({ label, value }) => `${label}\n${value}`.toLowerCase().includes(wanted));
}
