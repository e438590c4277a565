// A fault of the settings file: where it stands, and how its path is written.
import { type Message, message } from '../i18n/message.ts';

export interface SettingsFault {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly message: Message;
}

/** A fault that no line of the file makes. */
export const wholeFile = (problem: Message): SettingsFault => ({ line: 1, column: 1, message: problem });

/** `marshal.yaml:3:5 …`, which editors can jump to. */
export const faultLine = (file: string, { line, column, message: problem }: SettingsFault): Message =>
  message('settings.at', { place: `${file}:${line}:${column}`, problem });

/** The largest file that is read, in bytes: some hundred times what a large one needs. */
export const LARGEST = 262_144;
export const tooLarge = wholeFile(message('settings.tooLarge', { limit: LARGEST }));

/** Keys and, in lists, positions from 0 that lead to a value. */
export type Path = readonly (string | number)[];

/** What is wrong with a value, in a sentence that is whole once the value's path is known. */
export type Problem = (path: string) => Message;

/** What a token may be called: too short for most tokens, which people write in the name's place by mistake. */
export const tokenName = /^[\w.-]{1,24}$/;

/**
 * A path in words: `groups.lobby.warnings.ladder[0].points`. What is neither a name nor a group is not shown: it could
 * be a token in the wrong place.
 */
export function pathText(path: Path): string {
  const shown = path.map((key, index) => {
    if (typeof key === 'number') return `[${key}]`;
    const isGroup = index === 1 && path[0] === 'groups';
    return isGroup || tokenName.test(key) ? `.${key}` : '.…';
  });
  return shown.join('').replace(/^\./, '');
}
