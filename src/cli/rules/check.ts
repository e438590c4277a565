// `rules check`: every fault of a settings file, and whether its rules do what is expected of them.
import { readConfig } from '../../app/config.ts';
import { literal, message } from '../../i18n/message.ts';
import { DEFAULT_FILE } from '../../settings/load.ts';
import { type Terminal, translatorFor, writeLine } from '../../surfaces/terminal/terminal.ts';
import { readEnvironment, readOrExplain } from '../setup.ts';
import { allRules, readRules } from './settings.ts';

/**
 * Checks a file.
 * @param path `undefined`: the configured one
 * @returns the exit code: 0 for a file without fault
 * @throws SetupProblem with every fault
 */
export async function checkRules(
  terminal: Terminal,
  path: string | undefined,
  locale: string | undefined,
): Promise<number> {
  const file = path ?? readOrExplain(readConfig, readEnvironment(terminal)).settingsFile;
  const book = await readRules(file, terminal.directory);
  const { text } = translatorFor(terminal.environment, locale);
  const counted = { rules: allRules(book).length, texts: book.expectations };
  writeLine(
    terminal.stdout,
    text(message('rules.checked', { file: literal(file ?? DEFAULT_FILE), ...counted })),
  );
  return 0;
}
