// `serve`: starts every configured surface and stays; takes commands from a prompt or from piped input meanwhile.
import { once } from 'node:events';
import { type Config, readConfig } from '../app/config.ts';
import type { Logger } from '../app/logger.ts';
import type { App } from '../app/open.ts';
import { openServices, type Services } from '../app/services.ts';
import { message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import { batch } from '../surfaces/terminal/batch.ts';
import { prompt } from '../surfaces/terminal/prompt.ts';
import { Shell } from '../surfaces/terminal/shell.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import { createDoor, type Door } from './door.ts';
import { wantsHttp } from './http.ts';
import { isQuiet } from './quiet.ts';
import { type CommandFlags, openSession } from './session.ts';
import { detailOf, openLogger, openRecorded, readEnvironment, readOrExplain, SetupProblem } from './setup.ts';
import { speakOn } from './speak.ts';
import { stateLines } from './state.ts';

interface Serving {
  readonly terminal: Terminal;
  readonly flags: CommandFlags;
  readonly config: Config;
  readonly logger: Logger;
  readonly translator: Translator;
  readonly services: Services;
  readonly app: App;
}

/**
 * Runs the app.
 * @returns the exit code: 1 when a piped command was not done, else 0
 * @throws SetupProblem for a faulty configuration, where Discord cannot be used or ended the connection for good, and where there is nothing to do
 */
export async function serve(terminal: Terminal, flags: CommandFlags): Promise<number> {
  const environment = readEnvironment(terminal);
  const config = readOrExplain(readConfig, environment);
  const hasHttp = wantsHttp(config, terminal.input);
  if (config.chat !== null && config.discord === null && terminal.input === 'none' && !hasHttp) {
    throw new SetupProblem([message('terminal.nothingToServe')]);
  }
  const logger = openLogger(terminal, config, terminal.input === 'person' ? 'error' : 'info');
  const translator = translatorFor(environment, flags.locale);
  const services = await openServices(config, logger);
  const app = await openRecorded(services, config, logger, {
    directory: terminal.directory,
    shared: false,
  });
  const serving = { terminal, flags, config, logger, translator, services, app };
  const door = hasHttp ? createDoor(serving) : null;
  try {
    // Lines that are piped in are carried out beside a server that may be running already.
    if (door !== null && (terminal.input !== 'piped' || (await isQuiet(terminal)))) await door.open();
    return await serveDoors(serving, door);
  } finally {
    await door?.close();
    await app.close();
    await services.close();
  }
}

async function serveDoors(serving: Serving, door: Door | null): Promise<number> {
  const discord = await openDiscord(serving);
  const ended = new AbortController();
  let problem: Error | null = null;
  void discord?.ended.then((why) => {
    problem = why;
    ended.abort();
  });
  const stop = AbortSignal.any([serving.terminal.stop, ended.signal]);
  try {
    announce(serving);
    serving.app.startMaintenance();
    const code = await takeCommands({ ...serving, terminal: { ...serving.terminal, stop } }, door);
    if (problem !== null) throw discordProblem(problem);
    return code;
  } finally {
    await discord?.close();
  }
}

const discordProblem = (error: unknown): SetupProblem =>
  new SetupProblem([message('terminal.discordFailed', { detail: detailOf(error) })], { cause: error });

/** @returns `null` without Discord, or when the program is to stop before Discord is there */
async function openDiscord({ services, app, logger, terminal, config }: Serving) {
  if (services.discord === null) return null;
  // discord.js takes longer to load than all the rest.
  const { startDiscord } = await import('../surfaces/discord/index.ts');
  if (terminal.stop.aborted) return null;
  const { moderation, record, defaultGroup } = app;
  const { accountTemplate } = config;
  const stopped = once(terminal.stop, 'abort').then(() => null);
  try {
    // What comes up after the wish to stop ends with the process.
    return await Promise.race([
      startDiscord({ ...services.discord, accountTemplate, moderation, record, defaultGroup, logger }),
      stopped,
    ]);
  } catch (error) {
    throw discordProblem(error);
  }
}

/** Says on stderr what runs, so that stdout holds replies alone. */
function announce({ terminal, services, translator }: Serving): void {
  const id = services.sandbox === null ? 'terminal.ready' : 'sandbox.notice';
  writeLine(terminal.stderr, translator.text(message(id)));
}

async function takeCommands(serving: Serving, door: Door | null): Promise<number> {
  const { terminal, translator, app, services } = serving;
  const { stop } = terminal;
  const shell = openShell(serving, door);
  if (stop.aborted) return 0;
  if (terminal.input === 'person') {
    await prompt(terminal, shell, { moderation: app.moderation, translator });
    return 0;
  }
  if (terminal.input === 'piped') {
    const { commands, allFine } = await batch(terminal, shell);
    // A service manager may hand in a pipe that ends at once: what else is configured is served all the same.
    const serves = door !== null || (services.discord !== null && services.sandbox === null);
    const staysOn = door?.isOpen === true || (commands === 0 && serves);
    if (!staysOn || stop.aborted) return allFine ? 0 : 1;
    await door?.open();
  }
  await once(stop, 'abort');
  return 0;
}

function openShell(
  { terminal, flags, logger, translator, app, services }: Serving,
  door: Door | null,
): Shell {
  const { sandbox } = services;
  const chatty = terminal.input === 'person' && flags.json !== true;
  return new Shell(openSession(terminal, app, flags, logger), {
    output: terminal.stdout,
    notices: terminal.stderr,
    translator,
    json: flags.json ?? false,
    chatty,
    ...(chatty && sandbox && { after: (executed) => stateLines(sandbox.chat.world, executed, translator) }),
    ...(chatty && sandbox && { speak: speakOn(sandbox, door, translator) }),
  });
}
