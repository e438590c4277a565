// How long something lasts; see `moderation/duration.ts`.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import { type Duration, readDuration } from '../../moderation/duration.ts';
import { byName, type Option } from './option.ts';

export type { Duration } from '../../moderation/duration.ts';

export const duration = (): Option<Duration, true> => ({
  required: true,
  maxLength: 100,
  read: readDuration,
});

/** After how long the program takes the effect back: a time that ends. */
export const untilRestored = (): Option<{ readonly seconds: number }, false> =>
  byName({
    required: false,
    maxLength: 100,
    read(raw, name) {
      const read = readDuration(raw);
      if (!read.ok) return read;
      return read.value === 'permanent'
        ? refuse(message('refused.noEnd', { option: literal(name) }))
        : readAs(read.value);
    },
  });
