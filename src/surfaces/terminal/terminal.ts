// The terminal as the rest of the surface sees it: streams, environment and the wish to stop.
import { styleText } from 'node:util';
import { localeOf } from '../../i18n/locale.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import type { Environment } from '../../util/environment.ts';
import { terminalStyle } from './style.ts';

export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** How commands arrive: typed by a person, piped in one a line, or not at all. */
  readonly input: 'person' | 'piped' | 'none';
  /** Variables of the process, without those of `.env`. */
  readonly environment: Environment;
  /** Where `.env` is looked for. */
  readonly directory: string;
  /** Aborted when the process is told to stop. */
  readonly stop: AbortSignal;
  /** A signal that is aborted after so many milliseconds; `AbortSignal.timeout` unless a test has its own. */
  readonly timeout?: (milliseconds: number) => AbortSignal;
}

type Colour = Parameters<typeof styleText>[0];

/** Writes a line of text, coloured where the stream shows colours and nobody forbade them. */
export function writeLine(stream: NodeJS.WritableStream, text: string, colour?: Colour): void {
  stream.write(`${colour === undefined ? text : styleText(colour, text, { stream })}\n`);
}

/** The reader's words: `tag` where given, else the language of the environment. */
export function translatorFor(environment: Environment, tag?: string): Translator {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const chosen = [tag, LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one.trim() !== '');
  return createTranslator(localeOf(chosen), terminalStyle);
}
