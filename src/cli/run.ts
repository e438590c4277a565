// `run`: one command, its reply, and an exit code.

import { readConfig } from '../app/config.ts';
import { openChatService } from '../app/services.ts';
import { message } from '../i18n/message.ts';
import { execute } from '../surfaces/terminal/execute.ts';
import { isSuccess, report } from '../surfaces/terminal/report.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import { type CommandFlags, openSession } from './session.ts';
import { openLogger, openRecorded, readEnvironment, readOrExplain } from './setup.ts';

/** What a shell reports for a program that was interrupted. */
const INTERRUPTED = 130;

/**
 * Carries one line out.
 * @returns the exit code: 0 when it was done, answered or shown, else 1
 * @throws SetupProblem for a faulty configuration
 */
export async function run(terminal: Terminal, line: string, flags: CommandFlags): Promise<number> {
  const environment = readEnvironment(terminal);
  const config = readOrExplain(readConfig, environment);
  const logger = openLogger(terminal, config, 'error');
  const translator = translatorFor(environment, flags.locale);
  const services = await openChatService(config, logger);
  const app = await openRecorded(services, config, logger, {
    directory: terminal.directory,
    shared: true,
  });
  if (services.sandbox !== null)
    writeLine(terminal.stderr, translator.text(message('sandbox.notice')), 'dim');
  try {
    const { outcome } = await execute(line, openSession(terminal, app, flags, logger));
    report(outcome, {
      output: terminal.stdout,
      notices: terminal.stderr,
      translator,
      json: flags.json ?? false,
    });
    if (isSuccess(outcome)) return 0;
    return terminal.stop.aborted ? INTERRUPTED : 1;
  } finally {
    await app.close();
    await services.close();
  }
}
