// One thing that the doctor looked at, and what is to be said about it.
import type { Message } from '../../i18n/message.ts';

export interface Check {
  /** A warning leaves the program usable; a note is neither good nor bad. */
  readonly status: 'ok' | 'note' | 'warning' | 'failed';
  readonly sentence: Message;
  /** How to mend it. */
  readonly remedy?: Message;
}

export const ok = (sentence: Message): Check => ({ status: 'ok', sentence });
export const note = (sentence: Message): Check => ({ status: 'note', sentence });
export const warning = (sentence: Message, remedy: Message): Check => ({
  status: 'warning',
  sentence,
  remedy,
});
export const failed = (sentence: Message, remedy?: Message): Check => ({
  status: 'failed',
  sentence,
  ...(remedy && { remedy }),
});
