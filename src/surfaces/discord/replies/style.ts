// How words look in Discord, and how text that people wrote is kept from being more than text.
import { TimestampStyles, time } from 'discord.js';
import type { Style } from '../../../i18n/translator.ts';

/** Line breaks of every kind: a name card must not start a line of its own. */
const LINE_BREAKS = /[\r\n\v\f\u0085\u2028\u2029]+/g;
/** Control characters, and those that turn the direction of what follows them. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Every character that begins or ends something in Discord's Markdown, mentions, links and timestamps. */
const MARKUP = /[\\*_~`|<>[\]()#:+-]/g;
/** Ordered lists: a number and a dot at the start. */
const LIST_NUMBER = /^(\s*\d+)\./;
/** No backslash keeps these two from looking like a mention. */
const EVERYBODY = /@(?=everyone|here)/gi;

/** One line without invisible characters, for the places where Discord reads no Markdown. */
export const plain = (text: string): string => text.replace(LINE_BREAKS, ' ').replace(INVISIBLE, '');

/**
 * One line that Discord shows letter by letter. discord.js's `escapeMarkdown` leaves links, custom emojis and lists
 * as they are; a backslash before every character of the markup leaves nothing to be forged.
 */
export const harmless = (text: string): string =>
  plain(text).replace(MARKUP, '\\$&').replace(LIST_NUMBER, '$1\\.').replace(EVERYBODY, '@\u200b');

/** Moments are timestamps, which every reader sees in their own language and time zone. */
export const discordStyle: Style = {
  escape: harmless,
  time: (at) => `${time(at, TimestampStyles.LongDateTime)} (${time(at, TimestampStyles.RelativeTime)})`,
};

/** The text, cut to `max` characters with "…" where it was cut. Never cuts a character in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
