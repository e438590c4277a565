// Numbers: how many, and which case.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import type { Option } from './option.ts';

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max: number): Option<number, false> => ({
  required: false,
  maxLength: 10,
  resembles: ([word]) => (word !== undefined && /^\d+[.,:;!]?$/.test(word.text.normalize('NFKC')) ? 1 : 0),
  read(raw, name) {
    const text = raw.normalize('NFKC').trim();
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= min && number <= max
      ? readAs(number)
      : refuse(message('refused.number', { option: literal(name), input: raw.slice(0, 20), min, max }));
  },
});

/** The number of a case: `12` or `#12`. */
export const caseNumber = (): Option<number, false> => ({
  required: false,
  maxLength: 15,
  read(raw) {
    const digits = /^#?(\d{1,12})$/.exec(raw.trim())?.[1];
    return digits === undefined || Number(digits) === 0
      ? refuse(message('refused.caseNumber', { input: raw.slice(0, 20) }))
      : readAs(Number(digits));
  },
});
