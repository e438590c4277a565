// Puts messages into words, in one language and in the style of one surface.
import { IntlMessageFormat } from 'intl-messageformat';
import { catalogs } from './catalogs.ts';
import type { Locale } from './locale.ts';
import type { Message, MessageId, Value } from './message.ts';

/** How a surface shows what is not plain words. */
export interface Style {
  /** Makes text that people wrote harmless on this surface. */
  escape(text: string): string;
  /** A moment, given in Unix seconds. */
  time(at: number, locale: Locale): string;
}

export interface Translator {
  readonly locale: Locale;
  text(message: Message): string;
}

/** Makes each value once: Intl's formatters take longer to make than a whole command takes to run. */
function memoised<Key extends string, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

const sentencesOf = memoised((locale: Locale) =>
  memoised((id: MessageId) => new IntlMessageFormat(catalogs[locale][id], locale)),
);
const listsOf = memoised((locale: Locale) => new Intl.ListFormat(locale));
const unitListsOf = memoised((locale: Locale) => new Intl.ListFormat(locale, { type: 'unit' }));
const unitsOf = memoised((locale: Locale) =>
  memoised(
    (unit: 'day' | 'hour' | 'minute' | 'second') =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
  ),
);

export function createTranslator(locale: Locale, style: Style): Translator {
  const sentence = sentencesOf(locale);
  const text = (message: Message): string => {
    const values = Object.entries(message.values ?? {}).map(([name, value]) => [name, show(value)] as const);
    return String(sentence(message.id).format(Object.fromEntries(values)));
  };

  function show(value: Value): string | number {
    if (typeof value === 'string') return style.escape(value);
    if (typeof value === 'number') return value;
    if (isList(value)) return listsOf(locale).format(value.map((item) => String(show(item))));
    if ('literal' in value) return value.literal;
    if ('at' in value) return style.time(value.at, locale);
    if ('seconds' in value) return lengthInWords(value.seconds, locale);
    return text(value);
  }

  return { locale, text };
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const lengths = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * A length of time in words, such as "1 hour, 30 minutes".
 * Made of numbers with units: `Intl.DurationFormat` says the same and takes twenty times as long.
 */
export function lengthInWords(seconds: number, locale: Locale): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, length] of lengths) {
    const amount = Math.floor(rest / length);
    rest %= length;
    if (amount > 0) parts.push(unitsOf(locale)(unit).format(amount));
  }
  return unitListsOf(locale).format(parts);
}
