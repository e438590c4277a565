// How long something lasts; see `moderation/duration.ts`. In a line, a unit may stand apart: `1 h`, `12 days`, `10 分钟`.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import { type Duration, readDuration, unitLike } from '../../moderation/duration.ts';
import type { Word } from '../words.ts';
import { byName, type Option, type Taken } from './option.ts';

export type { Duration } from '../../moderation/duration.ts';

/** Five units, each apart from its number. */
const MOST_WORDS = 10;

/** What both kinds of durations have in common in a line of text. */
const inText = { maxLength: 100, takes: wordsOfDuration } as const;

export const duration = (): Option<Duration, true> => ({ ...inText, required: true, read: readDuration });

/** After how long the program takes the effect back: a time that ends. */
export const untilRestored = (): Option<{ readonly seconds: number }, false> =>
  byName({
    ...inText,
    required: false,
    resembles: readableWords,
    read(raw, name) {
      const read = readDuration(raw);
      if (!read.ok) return read;
      return read.value === 'permanent'
        ? refuse(message('refused.noEnd', { option: literal(name) }))
        : readAs(read.value);
    },
  });

/** How many of the first words are a duration; the most that can be read. */
function readableWords(words: readonly Word[]): number {
  const texts = words.slice(0, MOST_WORDS).map(({ text }) => text);
  if (words[0]?.quoted === true) return 0;
  return (
    texts.findLastIndex(
      (text, index) => text !== '' && readDuration(texts.slice(0, index + 1).join(' ')).ok,
    ) + 1
  );
}

const isNumber = (word: Word | undefined): boolean =>
  word !== undefined && /^[-+]?\d+$/.test(word.text.normalize('NFKC'));

/** Words that would be a doubtful unit or a further part are handed to the reader with the rest, which refuses them. */
function wordsOfDuration(words: readonly Word[]): Taken {
  const count = Math.max(1, readableWords(words));
  const next = words[count];
  if (next === undefined || next.quoted || words[0]?.quoted === true) return { count };
  const doubt = {
    count: count + 1,
    message: (input: string) => message('doubt.duration', { input }),
    choices: ['reason', 'option'],
  } as const;
  const unit = isNumber(words[count - 1]) ? unitLike(next.text) : 'other';
  if (unit === 'unit') return { count: count + 1 };
  return unit === 'slip' || (isNumber(next) && readableWords(words) > 0) ? { count, doubt } : { count };
}
