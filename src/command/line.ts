// A command as a line of text that can only be read in one way.
import type { RawOptions } from '../request/request.ts';
import { quote } from './words.ts';

/** Every option by its name, in quotes where it is more than one plain word. */
export const lineOf = (command: string, options: RawOptions): string =>
  [`/${command}`, ...Object.entries(options).map(([name, value]) => `${name}:${plainOrQuoted(value)}`)].join(
    ' ',
  );

const plainOrQuoted = (value: string): string => (/^[^\s"“”\\]+$/u.test(value) ? value : quote(value));
