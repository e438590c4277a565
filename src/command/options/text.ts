// Text of somebody's own, which takes the rest of a line.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import type { Option } from './option.ts';

/** Longest reason, in characters: what Discord's own audit log takes. */
const LONGEST_REASON = 512;

/** Text of at most `maxBytes` bytes of UTF-8, Chat's measure; a lone `-` clears, read as the empty text. */
export const clearableText = (maxBytes: number): Option<string, true> => ({
  required: true,
  takesRest: true,
  endsWithQuotes: true,
  maxLength: maxBytes,
  read(raw, name) {
    const text = raw.trim();
    if (text === '') return refuse(message('refused.emptyText', { option: literal(name) }));
    const bytes = Buffer.byteLength(text);
    if (bytes <= maxBytes) return readAs(text === '-' ? '' : text);
    const input = [...text].slice(0, 20).join('');
    return refuse(message('refused.tooManyBytes', { option: literal(name), input, bytes, max: maxBytes }));
  },
});

/** Why something is done, at most 512 characters. */
export const reason = (): Option<string, false> => ({
  required: false,
  takesRest: true,
  maxLength: LONGEST_REASON,
  read(raw, name) {
    const length = [...raw.trim()].length;
    return length > LONGEST_REASON
      ? refuse(message('refused.tooLong', { option: literal(name), length, max: LONGEST_REASON }))
      : readAs(raw.trim());
  },
});

/** Text of somebody's own, at most as long as a reason. */
export const freeText = reason;
