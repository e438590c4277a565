// The kinds of options: how each is read from text, and what a surface needs to offer it.
import { literal, message } from '../i18n/message.ts';
import { type Duration, type Read, readDuration, refuse } from './duration.ts';

export type { Duration, Read } from './duration.ts';

/** A member as a moderator names them, before anybody looked them up. */
export type MemberReference =
  /** A Chat account or a name card, as typed. */
  | { readonly kind: 'name'; readonly text: string }
  /** A Discord mention, `<@id>`. */
  | { readonly kind: 'mention'; readonly userId: string };

/** The messages that `/recall` takes. */
export type MessageSelection =
  | { readonly kind: 'sequence'; readonly seqs: readonly number[] }
  | { readonly kind: 'last'; readonly count: number };

/**
 * What completion offers: members, groups, commands, or one of `choices`.
 */
export type OptionKind =
  | 'members'
  | 'person'
  | 'duration'
  | 'messages'
  | 'choice'
  | 'text'
  | 'command'
  | 'group'
  | 'flag';

export interface Option<Value, Required extends boolean = boolean> {
  readonly kind: OptionKind;
  readonly required: Required;
  /** The values of a `choice`; their words are messages `choice.<option>.<value>`. */
  readonly choices?: readonly string[];
  /** Longest text that Discord lets a moderator type, in characters. */
  readonly maxLength?: number;
  /** In a line of text, an option that may hold blanks: it takes the rest of the line. */
  readonly takesRest?: boolean;
  /** In a line of text, an option that is only given by its name. */
  readonly named?: boolean;
  /** Reads what was typed. `name` is the option's own name, for the problem it may report. */
  read(raw: string, name: string): Read<Value>;
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

const value = <Value>(read: Value): Read<Value> => ({ ok: true, value: read });

/** Most members that one command names. */
const MOST_MEMBERS = 500;
/** Most messages that one `/recall` takes. */
const MOST_MESSAGES = 100;
/** Longest reason, in characters: what Discord's own audit log takes. */
const LONGEST_REASON = 512;

/** One or several members: `@bob`, `bob`, a name card, `<@id>`, with blanks or commas between. */
export const members = (): Option<readonly MemberReference[], true> => ({
  kind: 'members',
  required: true,
  read: readMembers,
});

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

/** Whose rights are asked about: one member, or one Discord user. */
export const moderator = (): Option<MemberReference, true> => ({
  kind: 'person',
  required: true,
  maxLength: 100,
  read(raw, name) {
    const read = readMembers(raw, name);
    if (!read.ok) return read;
    const [only, ...more] = read.value;
    return only === undefined || more.length > 0
      ? refuse(message('refused.onePerson', { input: raw }))
      : value(only);
  },
});

/** A Discord user: a mention, or the identifier. */
export const discordUser = (): Option<string, true> => ({
  kind: 'text',
  required: true,
  maxLength: 30,
  read(raw, name) {
    const id = /^(?:<@!?(\d{17,20})>|@?(\d{17,20}))$/.exec(raw.trim());
    const user = id?.[1] ?? id?.[2];
    return user === undefined
      ? refuse(message('refused.discordUser', { option: literal(name), input: raw.slice(0, 40) }))
      : value(user);
  },
});

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number): Option<number, false> => ({
  kind: 'text',
  required: false,
  maxLength: 10,
  read(raw, name) {
    const text = raw.normalize('NFKC').trim();
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max
      ? value(number)
      : refuse(message('refused.number', { option: literal(name), input: raw.slice(0, 20), min, max }));
  },
});

function readMembers(raw: string, name: string): Read<readonly MemberReference[]> {
  const pieces = [...raw.matchAll(/@?"([^"]*)"|[^\s,，、]+/gu)].map((match) => match[1] ?? match[0]);
  const references = pieces.map(referenceOf).filter((reference) => reference !== null);
  if (references.length === 0) return refuse(message('refused.noMember', { option: literal(name) }));
  if (references.length > MOST_MEMBERS)
    return refuse(message('refused.tooManyMembers', { max: MOST_MEMBERS }));
  return value(references);
}

function referenceOf(piece: string): MemberReference | null {
  const mention = /^<@!?(\d{1,20})>$/.exec(piece);
  if (mention?.[1] !== undefined) return { kind: 'mention', userId: mention[1] };
  const text = piece.replace(/^@/, '').trim();
  return text === '' ? null : { kind: 'name', text };
}

/** How long something lasts; see `duration.ts`. */
export const duration = (): Option<Duration, true> => ({
  kind: 'duration',
  required: true,
  maxLength: 100,
  read: readDuration,
});

/** After how long the program takes the effect back: a time that ends. */
export const untilRestored = (): Option<{ readonly seconds: number }, false> =>
  byName({
    kind: 'duration',
    required: false,
    maxLength: 100,
    read(raw, name) {
      const read = readDuration(raw);
      if (!read.ok) return read;
      return read.value === 'permanent'
        ? refuse(message('refused.noEnd', { option: literal(name) }))
        : value(read.value);
    },
  });

/** One of a few words. */
export const choice = <const Choice extends string, Required extends boolean>(
  choices: readonly Choice[],
  required: Required,
): Option<Choice, Required> => ({
  kind: 'choice',
  required,
  choices,
  read(raw, name) {
    const found = choices.find((one) => one === raw.trim().toLowerCase());
    return found === undefined
      ? refuse(
          message('refused.choice', {
            option: literal(name),
            input: raw,
            choices: literal(choices.join(', ')),
          }),
        )
      : value(found);
  },
});

/** Text of at most `maxBytes` bytes of UTF-8, Chat's measure; a lone `-` clears, read as the empty text. */
export const clearableText = (maxBytes: number): Option<string, true> => ({
  kind: 'text',
  required: true,
  takesRest: true,
  maxLength: maxBytes,
  read(raw, name) {
    const text = raw.trim();
    if (text === '') return refuse(message('refused.emptyText', { option: literal(name) }));
    const bytes = Buffer.byteLength(text);
    if (bytes > maxBytes) {
      return refuse(
        message('refused.tooManyBytes', {
          option: literal(name),
          input: [...text].slice(0, 20).join(''),
          bytes,
          max: maxBytes,
        }),
      );
    }
    return value(text === '-' ? '' : text);
  },
});

/** The key of a member's custom field: at most 16 of `A-Z a-z 0-9 _` (page 33529). */
export const fieldKey = (): Option<string, true> => ({
  kind: 'text',
  required: true,
  maxLength: 16,
  read(raw) {
    return /^[A-Za-z0-9_]{1,16}$/.test(raw.trim())
      ? value(raw.trim())
      : refuse(message('refused.key', { input: raw.slice(0, 40) }));
  },
});

/** Why something is done, at most 512 characters. */
export const reason = (): Option<string, false> => ({
  kind: 'text',
  required: false,
  takesRest: true,
  maxLength: LONGEST_REASON,
  read(raw, name) {
    const length = [...raw.trim()].length;
    return length > LONGEST_REASON
      ? refuse(message('refused.tooLong', { option: literal(name), length, max: LONGEST_REASON }))
      : value(raw.trim());
  },
});

/** The number of a case: `12` or `#12`. */
export const caseNumber = (): Option<number, false> => ({
  kind: 'text',
  required: false,
  maxLength: 15,
  read(raw) {
    const digits = /^#?(\d{1,12})$/.exec(raw.trim())?.[1];
    return digits === undefined || Number(digits) === 0
      ? refuse(message('refused.caseNumber', { input: raw.slice(0, 20) }))
      : value(Number(digits));
  },
});

/** Where a page of a list begins, as the page before it said. */
export const pageCursor = (): Option<string, false> => ({
  kind: 'text',
  required: false,
  maxLength: 31,
  named: true,
  read(raw) {
    const cursor = raw.trim();
    return /^\d{1,15}\.\d{1,15}$/.test(cursor)
      ? value(cursor)
      : refuse(message('refused.cursor', { input: raw.slice(0, 40) }));
  },
});

/** Text of somebody's own, at most as long as a reason. */
export const freeText = reason;

/** A name of something the surface completes: a command or a group. */
export const nameOf = (kind: 'command' | 'group'): Option<string, false> => ({
  kind,
  required: false,
  maxLength: 100,
  read: (raw) => value(raw.trim()),
});

/** The name of a command, with or without its slash. */
export const commandName = (): Option<string, true> => ({ ...nameOf('command'), required: true });

/** Yes or no. */
export const flag = (): Option<boolean, false> => ({
  kind: 'flag',
  required: false,
  read(raw, name) {
    const word = raw.trim().toLowerCase();
    if (['true', 'yes', 'on', '1', ''].includes(word)) return value(true);
    if (['false', 'no', 'off', '0'].includes(word)) return value(false);
    return refuse(
      message('refused.choice', { option: literal(name), input: raw, choices: literal('true, false') }),
    );
  },
});

/** Sequence numbers (`7`, `7 9`, `7-12`) or `last 5`. */
export const messages = (): Option<MessageSelection, true> => ({
  kind: 'messages',
  required: true,
  maxLength: 500,
  read: readMessages,
});

function readMessages(raw: string): Read<MessageSelection> {
  const text = raw.normalize('NFKC').trim().toLowerCase();
  const last = /^last\s*(\d{1,9})$/.exec(text);
  if (last !== null) {
    const count = Number(last[1]);
    if (count === 0) return refuse(message('refused.messages', { input: raw.slice(0, 50) }));
    return count > MOST_MESSAGES
      ? refuse(message('refused.tooManyMessages', { max: MOST_MESSAGES }))
      : value({ kind: 'last', count });
  }
  const seqs = new Set<number>();
  for (const piece of text.split(/[\s,、]+/u).filter((part) => part !== '')) {
    const range = /^#?(\d{1,15})(?:-#?(\d{1,15}))?$/.exec(piece);
    const first = Number(range?.[1]);
    const until = Number(range?.[2] ?? range?.[1]);
    if (range === null || first < 1 || until < first)
      return refuse(message('refused.messages', { input: raw.slice(0, 50) }));
    if (until - first >= MOST_MESSAGES)
      return refuse(message('refused.tooManyMessages', { max: MOST_MESSAGES }));
    for (let seq = first; seq <= until; seq += 1) seqs.add(seq);
  }
  if (seqs.size === 0) return refuse(message('refused.messages', { input: raw.slice(0, 50) }));
  if (seqs.size > MOST_MESSAGES) return refuse(message('refused.tooManyMessages', { max: MOST_MESSAGES }));
  return value({ kind: 'sequence', seqs: [...seqs].sort((a, b) => a - b) });
}
