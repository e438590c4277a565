// Counters that rules add to in silence; each addition is forgotten after a time of its own.
import { message } from '../../i18n/message.ts';
import { matching } from '../../settings/shape.ts';
import type { Note } from './memory.ts';

/** What a counter may be called. */
export const counterName = matching(/^[\p{L}\p{N}._-]{1,40}$/u, (path) =>
  message('rules.counterName', { path }),
).meta({ type: 'string', maxLength: 40 });

/** How many additions of one member are kept. */
const MOST_ADDITIONS = 1_000;

/** The key of a member's counter. Rules that are tried add to counters of their own. */
export const counterKey = (name: string, group: string, account: string, isTest: boolean): string =>
  `${isTest ? 'tried' : 'counter'}\n${name}\n${group}\n${account}`;

/** What a counter holds. @param now Unix milliseconds */
export const totalOf = (note: Note | null, now: number): number =>
  (note?.items ?? []).reduce((sum, { at, amount }) => (at > now ? sum + amount : sum), 0);

/** Adds to a counter. An item's `at` is when it is forgotten. @param lasts in seconds */
export function added(note: Note | null, now: number, add: number, lasts: number): Note {
  const over = now + lasts * 1_000;
  const standing = (note?.items ?? []).filter(({ at }) => at > now);
  return {
    items: [...standing, { at: over, what: '', amount: add }].slice(-MOST_ADDITIONS),
    until: Math.max(over, note?.until ?? 0),
  };
}
