// `doctor`: looks at the configuration and both services, and says what is wrong and how to mend it.

import { commands } from '../../../commands/index.ts';
import { type Config, readConfig } from '../../app/config.ts';
import { settingsContext } from '../../app/open.ts';
import { sentenceHider } from '../../app/secrets.ts';
import { openServices } from '../../app/services.ts';
import { type Message, message } from '../../i18n/message.ts';
import { type Terminal, translatorFor, writeLine } from '../../surfaces/terminal/terminal.ts';
import type { Environment } from '../../util/environment.ts';
import { located, openLogger, readEnvironment } from '../setup.ts';
import { checkChat } from './chat.ts';
import { type Check, failed, note } from './check.ts';
import { checkDiscord } from './discord.ts';
import { checkRecord } from './record.ts';
import { checkSettings } from './settings.ts';
import { checkVariables } from './variables.ts';
import { checkWebhooks } from './webhooks.ts';

const commandNames = commands.map(({ name }) => name);

/** @returns the exit code: 1 when something must be mended @throws SetupProblem when `.env` cannot be read */
export async function doctor(terminal: Terminal, locale: string | undefined): Promise<number> {
  const environment = readEnvironment(terminal);
  const checks = await examine(terminal, environment);
  const { text } = translatorFor(environment, locale);
  const hide = sentenceHider(environment);
  show(checks, terminal.stdout, (sentence) => hide(text(sentence)));
  return checks.some(({ status }) => status === 'failed') ? 1 : 0;
}

async function examine(terminal: Terminal, environment: Environment): Promise<readonly Check[]> {
  const config = readConfig(environment);
  const variables = checkVariables(environment, !config.ok);
  return config.ok
    ? [
        ...variables,
        ...(await checkSettings(config.config.settingsFile, settingsContext, terminal.directory)),
        ...(await examineServices(terminal, config.config)),
      ]
    : [...variables, ...config.faults.map((fault) => failed(fault))];
}

async function examineServices(terminal: Terminal, config: Config): Promise<readonly Check[]> {
  const logger = openLogger(terminal, config, 'silent');
  const services = await openServices(config, logger);
  try {
    return [
      ...(await checkRecord(located(config.databaseUrl, terminal.directory), logger)),
      ...(services.sandbox === null ? [] : [note(message('doctor.sandbox'))]),
      ...(await checkChat(services.chat, logger, terminal.stop)),
      ...(services.discord === null
        ? [note(message('doctor.noDiscord'))]
        : await checkDiscord(services.discord, commandNames, terminal.stop)),
      ...(await checkWebhooks(config, terminal.stop)),
    ];
  } finally {
    await services.close();
  }
}

const marks = {
  ok: ['✓', 'green'],
  note: ['·', 'dim'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
} as const;

function show(
  checks: readonly Check[],
  output: NodeJS.WritableStream,
  text: (sentence: Message) => string,
): void {
  for (const { status, sentence, remedy } of checks) {
    const [mark, colour] = marks[status];
    writeLine(output, `${mark} ${text(sentence)}`, colour);
    if (remedy !== undefined) writeLine(output, `  ${text(remedy)}`);
  }
  const count = checks.filter(({ status }) => status === 'failed').length;
  writeLine(output, text(message('doctor.summary', { count })), count === 0 ? 'green' : 'red');
}
