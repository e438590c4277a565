// A sentence before it has words: an identifier from the message files and the values that go into it.
type English = typeof import('./en.json', { with: { type: 'json' }});

export type MessageId = keyof English;

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

/** Makes a message. */
export const message = (id: MessageId, values?: Readonly<Record<string, Value>>): Message =>
  values === undefined ? { id } : { id, values };

export const literal = (text: string): Literal => ({ literal: text });
