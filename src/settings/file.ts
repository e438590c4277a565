// The settings file while the program runs: what is in force stays until something right takes its place.
import { dirname, resolve } from 'node:path';
import { createTranslator } from '../i18n/translator.ts';
import { defaultSettings } from '../moderation/settings.ts';
import { faultLine, type SettingsFault } from './fault.ts';
import { DEFAULT_FILE, type Found, findSettings, type LoadDeps, loadSettings } from './load.ts';
import type { SettingsWith } from './read.ts';

/** Where the settings write; a pino logger fits. */
export interface SettingsLogger {
  info(details: object, text: string): void;
  warn(details: object, text: string): void;
  error(details: object, text: string): void;
}

export interface SettingsParts<Rules> extends LoadDeps<Rules> {
  readonly logger: SettingsLogger;
  /** Whether to read the file again when it changes. */
  readonly watch: boolean;
}

export interface OpenSettings<Rules> {
  readonly current: () => SettingsWith<Rules>;
  /** Ends watching; the settings stay as they are. */
  close(): Promise<void>;
}

/** For logs and errors, which are in English. */
const english = createTranslator('en', {
  escape: (text) => text,
  time: (at) => new Date(at * 1_000).toISOString(),
});

/** The settings file cannot be used. */
export class SettingsProblem extends Error {
  override readonly name = 'SettingsProblem';
  /** As it was named. */
  readonly path: string;
  readonly faults: readonly SettingsFault[];

  constructor(path: string, faults: readonly SettingsFault[]) {
    super(faults.map((fault) => english.text(faultLine(path, fault))).join('\n'));
    this.path = path;
    this.faults = faults;
  }
}

/**
 * Opens the settings.
 * @param path the file that was asked for; `undefined`: `marshal.yaml`, if there is one, now or later
 * @throws SettingsProblem when the file has faults or cannot be read, or was asked for and is not there
 */
export async function openSettings<Rules>(
  path: string | undefined,
  deps: SettingsParts<Rules>,
): Promise<OpenSettings<Rules>> {
  const file = path ?? DEFAULT_FILE;
  const found = await findSettings(path, deps);
  if (found.kind === 'faulty') throw new SettingsProblem(file, found.faults);
  const running = new Running(file, found, deps);
  const close = deps.watch ? await watchFile(file, deps, running) : () => Promise.resolve();
  return { current: () => running.settings, close };
}

/** The settings in force, and what was last found in the file. */
class Running<Rules> {
  readonly #file: string;
  readonly #logger: SettingsLogger;
  #settings: SettingsWith<Rules>;
  #seen: string;

  constructor(
    file: string,
    found: Exclude<Found<Rules>, { kind: 'faulty' }>,
    { logger, rules }: SettingsParts<Rules>,
  ) {
    this.#file = file;
    this.#logger = logger;
    this.#settings = found.kind === 'good' ? found.settings : { ...defaultSettings, rules: rules.none };
    this.#seen = found.seen;
  }

  get settings(): SettingsWith<Rules> {
    return this.#settings;
  }

  /** Takes over what was found, if it is right; says what it does. */
  update(found: Found<Rules>): void {
    if (found.seen === this.#seen) return;
    this.#seen = found.seen;
    const file = this.#file;
    if (found.kind === 'faulty') {
      this.#explain(found.faults);
    } else if (found.kind === 'missing' || found.isBlank) {
      // Nobody takes denials back by losing a file.
      this.#logger.warn({ file }, 'the settings file is gone or blank; the settings stay as they were');
    } else {
      this.#settings = found.settings;
      this.#logger.info({ file }, 'the settings were read again');
    }
  }

  #explain(faults: readonly SettingsFault[]): void {
    for (const { line, column, message: problem } of faults) {
      this.#logger.error(
        { file: this.#file, line, column, problem: english.text(problem) },
        'the changed settings have a fault; the settings stay as they were',
      );
    }
  }
}

/** Milliseconds for which a file keeps its size before it is read: some editors empty it first. */
const SETTLED = 200;
/** Milliseconds between two looks at the size. */
const LOOK = 50;

/** Watches from when it returns. @returns what ends watching */
async function watchFile<Rules>(
  file: string,
  deps: SettingsParts<Rules>,
  running: Running<Rules>,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  const path = resolve(deps.directory ?? '', file);
  const folder = dirname(path);
  // The folder, because a watch on the file alone ends with a file that another one replaces.
  const watcher = watch(folder, {
    depth: 0,
    ignored: (other) => ![folder, path].includes(resolve(other)),
    awaitWriteFinish: { stabilityThreshold: SETTLED, pollInterval: LOOK },
  });
  const complain = (error: unknown) =>
    deps.logger.error({ file, failure: String(error) }, 'the settings file cannot be watched');
  let reading: Promise<void> = Promise.resolve();
  // The file is reported once at the beginning, too: nothing is missed between the first reading and now.
  watcher.on('all', () => {
    reading = reading.then(async () => running.update(await loadSettings(file, deps))).catch(complain);
  });
  await new Promise<void>((done) => {
    watcher.once('ready', done).on('error', (error) => {
      complain(error);
      done();
    });
  });
  return async () => {
    await watcher.close();
    await reading;
  };
}
