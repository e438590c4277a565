// The style of texts that Chat's clients show: plain, without anything that a client could take for more.
import type { Style } from './translator.ts';

/** Blanks and line breaks of every kind. */
const blanks = /[\s\u0085]+/g;
/** Control characters, and those that turn the direction of the text around them. */
const invisible = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const MINUTE = 60;

/** What people wrote is one line of plain text. Nobody knows the member's time zone, so times are told in UTC. */
export const plainStyle: Style = {
  escape: (text) => text.replace(blanks, ' ').replace(invisible, '').trim(),
  // Up to the full minute: nothing ends later than it says.
  time: (at) => {
    const minute = new Date(Math.ceil(at / MINUTE) * MINUTE * 1_000);
    return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  },
};
