// A word of a fixed form: the key of a custom field, and where a page of a list begins.
import { message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import type { Option } from './option.ts';

/** The key of a member's custom field: at most 16 of `A-Z a-z 0-9 _` (page 33529). */
export const fieldKey = (): Option<string, true> => ({
  required: true,
  maxLength: 16,
  read: (raw) =>
    /^[A-Za-z0-9_]{1,16}$/.test(raw.trim())
      ? readAs(raw.trim())
      : refuse(message('refused.key', { input: raw.slice(0, 40) })),
});

/** Where a page of a list begins, as the page before it said. */
export const pageCursor = (): Option<string, false> => ({
  required: false,
  maxLength: 31,
  named: true,
  read: (raw) =>
    /^\d{1,15}\.\d{1,15}$/.test(raw.trim())
      ? readAs(raw.trim())
      : refuse(message('refused.cursor', { input: raw.slice(0, 40) })),
});
