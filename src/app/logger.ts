// The log: one JSON object a line on stderr, with every secret cut out of the finished line, and nothing in it that a reader obeys.
import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';
import { secretHider } from './secrets.ts';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Values that must not appear, whatever they are called where they turn up. */
  readonly secrets: readonly string[];
  /** Where lines go; the process's stderr unless told. */
  readonly output?: { write(line: string): unknown };
}

const STDERR = 2;

/** Makes the log. What is written is searched as text, so that no depth or spelling of a field hides a secret. */
export function createLogger({ level, secrets, output }: LoggerOptions): Logger {
  const hide = secretHider(secrets);
  return pino(
    { level, base: null, hooks: { streamWrite: (line) => harmless(hide(line)) } },
    output === undefined
      ? destination({ dest: STDERR, sync: true })
      : { write: (line) => output.write(line) },
  );
}

/** What a terminal obeys, what ends lines, and what turns the direction of text or is not seen, outside of ASCII. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** JSON that says the same; all of these stand inside its texts. */
const harmless = (line: string): string =>
  line.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
