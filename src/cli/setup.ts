// What every subcommand does first: reads the configuration and opens the log.
import { resolve } from 'node:path';
import { type Config, type ConfigResult, type LogLevel, loadEnvironment } from '../app/config.ts';
import { createLogger, type Logger } from '../app/logger.ts';
import { type App, openApp, settingsContext } from '../app/open.ts';
import { sentenceHider } from '../app/secrets.ts';
import type { Services } from '../app/services.ts';
import { type Message, message } from '../i18n/message.ts';
import { defaultSettings, type Settings } from '../moderation/settings.ts';
import { faultLine } from '../settings/fault.ts';
import { SettingsProblem } from '../settings/file.ts';
import { DEFAULT_FILE, findSettings } from '../settings/load.ts';
import type { Terminal } from '../surfaces/terminal/terminal.ts';
import type { Environment } from '../util/environment.ts';

/** Something outside the program keeps it from starting; told to people without a stack trace. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
  readonly sentences: readonly Message[];

  constructor(sentences: readonly Message[], options?: ErrorOptions) {
    super(sentences.map(({ id }) => id).join(', '), options);
    this.sentences = sentences;
  }
}

/** The variables of `.env` and of the process. @throws SetupProblem when `.env` cannot be read, or in two ways */
export function readEnvironment({ directory, environment }: Terminal): Environment {
  return orExplain(loaded(directory, environment));
}

function loaded(directory: string, environment: Environment): ConfigResult<Environment> {
  try {
    return loadEnvironment(directory, environment);
  } catch (error) {
    throw new SetupProblem([message('config.unreadable', { detail: detailOf(error) })], { cause: error });
  }
}

/** Keeps secrets out of sentences that repeat what somebody wrote, also where the configuration has faults. */
export function hiderFor({ directory, environment }: Terminal): (text: string) => string {
  try {
    const read = loadEnvironment(directory, environment);
    return sentenceHider(read.ok ? read.config : environment);
  } catch {
    // What cannot be read cannot be repeated either.
    return sentenceHider(environment);
  }
}

/** The configuration. @throws SetupProblem with every fault of it */
export const readOrExplain = <Value>(
  read: (environment: Environment) => ConfigResult<Value>,
  environment: Environment,
): Value => orExplain(read(environment));

function orExplain<Value>(result: ConfigResult<Value>): Value {
  if (result.ok) return result.config;
  throw new SetupProblem([message('config.faults', { count: result.faults.length }), ...result.faults]);
}

/** The log on the terminal's stderr. @param usual the level where `LOG_LEVEL` is not set */
export function openLogger(
  { stderr }: Terminal,
  config: { readonly logLevel: LogLevel | undefined; readonly secrets: readonly string[] },
  usual: LogLevel,
): Logger {
  return createLogger({ level: config.logLevel ?? usual, secrets: config.secrets, output: stderr });
}

/** The settings as the file has them now. @throws SetupProblem with every fault of it */
export async function readSettings(path: string | undefined, directory: string): Promise<Settings> {
  const found = await findSettings(path, { ...settingsContext, directory });
  if (found.kind === 'faulty') {
    throw new SetupProblem(found.faults.map((fault) => faultLine(path ?? DEFAULT_FILE, fault)));
  }
  return found.kind === 'good' ? found.settings : defaultSettings;
}

/** The words of an error that the system or a library reports. */
export const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The product on opened services.
 * @throws SetupProblem when its settings cannot be used or its record cannot be opened; the services are closed
 */
export async function openRecorded(
  services: Services,
  config: Config,
  logger: Logger,
  { directory, shared }: { readonly directory: string; readonly shared: boolean },
): Promise<App> {
  try {
    const { settingsFile } = config;
    const databaseUrl = located(config.databaseUrl, directory);
    return await openApp(services.chat, { databaseUrl, settingsFile, directory, shared }, logger);
  } catch (error) {
    await services.close();
    if (error instanceof SettingsProblem) {
      const { path, faults } = error;
      throw new SetupProblem(
        faults.map((fault) => faultLine(path, fault)),
        { cause: error },
      );
    }
    throw new SetupProblem([message('terminal.recordFailed', { detail: detailOf(error) })], { cause: error });
  }
}

/** The database's URL with a file's path from the working directory; memory, servers and slips are no files. */
export function located(url: string, directory: string): string {
  const path = /^sqlite:(?!:memory:$|\/\/)(.+)$/.exec(url)?.[1];
  return path === undefined ? url : `sqlite:${resolve(directory, path)}`;
}
