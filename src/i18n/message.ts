// A sentence before it has words: an identifier from the message files and the values that go into it.
import type { Placeholders } from './messages.gen.ts';

export type MessageId = keyof Placeholders;

/** A moment, in Unix seconds. */
export interface Instant {
  readonly at: number;
}

/** A length of time, in seconds. */
export interface Span {
  readonly seconds: number;
}

/** Text that our own code chose (a command, an option, a number in a unit): shown as it is. */
export interface Literal {
  readonly literal: string;
}

/**
 * What a sentence can hold. A bare string comes from people (a name card, a reason) and is made harmless
 * for the surface that shows it; a message is put into words in the same language.
 */
export type Value = string | number | Instant | Span | Literal | Message | readonly Value[];

export interface Message {
  readonly id: MessageId;
  readonly values?: Readonly<Record<string, Value>>;
}

/** What a placeholder of each kind takes; a word is what a `select` looks up. */
interface Kinds {
  readonly any: Value;
  readonly number: number;
  readonly word: string | Literal;
}

type ValuesOfOne<Id extends MessageId> = {
  readonly [Name in keyof Placeholders[Id]]: Kinds[Placeholders[Id][Name] & keyof Kinds];
};

/** The values that a message takes; for an identifier that may be one of several, those of all of them. */
export type ValuesOf<Id extends MessageId> = (
  Id extends MessageId
    ? (values: ValuesOfOne<Id>) => void
    : never
) extends (values: infer Values) => void
  ? Values
  : never;

/** Messages that take no values. */
export type BareId = { [Id in MessageId]: keyof Placeholders[Id] extends never ? Id : never }[MessageId];

/** What stands behind the identifier when a message is made: its values, or nothing when it takes none. */
export type ValuesAfter<Id extends MessageId, Given = ValuesOf<Id>> = [keyof ValuesOf<Id>] extends [never]
  ? []
  : [values: Given & { readonly [Extra in Exclude<keyof Given, keyof ValuesOf<Id>>]: never }];

/** Makes a message. Each placeholder of the English sentence needs its value, and there is no other value. */
export const message = <Id extends MessageId, Given extends ValuesOf<Id>>(
  id: Id,
  ...[values]: ValuesAfter<Id, Given>
): Message => (values === undefined ? { id } : { id, values });

export const literal = (text: string): Literal => ({ literal: text });
