// The log: one JSON object a line on stderr, with every secret cut out of the finished line.
import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Values that must not appear, whatever they are called where they turn up. */
  readonly secrets: readonly string[];
  /** Where lines go; the process's stderr unless told. */
  readonly output?: { write(line: string): unknown };
}

const STDERR = 2;
const HIDDEN = '<hidden>';

/** Makes the log. What is written is searched as text, so that no depth or spelling of a field hides a secret. */
export function createLogger({ level, secrets, output }: LoggerOptions): Logger {
  const hide = hider(secrets);
  return pino(
    { level, base: null, hooks: { streamWrite: hide } },
    output === undefined
      ? destination({ dest: STDERR, sync: true })
      : { write: (line) => output.write(line) },
  );
}

const names = '(?:user_?sig|token|secret(?:_?key)?|authorization)';
const secretField = new RegExp(`("(?:\\w*_)?${names}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi');
/** The same in JSON that is itself a text, where every quote bears backslashes; ends at the next that bears as many. */
const quotedField = new RegExp(`(${names}(\\\\+)"\\s*:\\s*\\2")(?:[^"]|(?<=\\\\)")*?(?=(?<!\\\\)\\2")`, 'gi');
const secretParameter = /(usersig=)[^&\s"'\\]*/gi;

/** A function that cuts the given values, usersigs, and fields that are named like secrets out of a text. */
function hider(secrets: readonly string[]): (text: string) => string {
  const known = secrets
    .filter((value) => value !== '')
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return (text) =>
    known
      .reduce((rest, value) => rest.replaceAll(value, HIDDEN), text)
      .replace(secretField, `$1${HIDDEN}`)
      .replace(quotedField, `$1${HIDDEN}`)
      .replace(secretParameter, `$1${HIDDEN}`);
}
