// `sandbox`: the two stand-ins alone, for other programs to use.
import { once } from 'node:events';
import { readSandboxConfig, type SandboxConfig } from '../app/config.ts';
import type { Logger } from '../app/logger.ts';
import { message } from '../i18n/message.ts';
import { WorldFileFault } from '../sandbox/chat/state/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/start.ts';
import { type Terminal, writeLine } from '../surfaces/terminal/terminal.ts';
import { detailOf, openLogger, readEnvironment, readOrExplain, SetupProblem } from './setup.ts';

export interface SandboxFlags {
  readonly chatPort?: number;
  readonly discordPort?: number;
  readonly host?: string;
  /** File that the world starts from and is saved to. */
  readonly world?: string;
  /** False: the file stays as it is. */
  readonly save?: boolean;
}

/**
 * Runs the stand-ins until the program is told to stop; says on one line of JSON where they are.
 * @throws SetupProblem for a faulty configuration, or an address that cannot be used
 */
export async function runSandbox(terminal: Terminal, flags: SandboxFlags): Promise<number> {
  const config = readOrExplain(readSandboxConfig, readEnvironment(terminal));
  const logger = openLogger(terminal, config, 'info');
  const sandbox = await start(optionsOf(flags, config, logger));
  try {
    writeLine(terminal.stdout, JSON.stringify(describe(sandbox)));
    if (!terminal.stop.aborted) await once(terminal.stop, 'abort');
    if (flags.world !== undefined && flags.save !== false) await save(sandbox, flags.world);
    return 0;
  } finally {
    await sandbox.close();
  }
}

function optionsOf(flags: SandboxFlags, config: SandboxConfig, logger: Logger): SandboxOptions {
  const { sdkAppId, secretKey, admin, token } = config;
  const app = {
    ...(sdkAppId !== undefined && { sdkAppId }),
    ...(secretKey !== undefined && { secretKey }),
    ...(admin !== undefined && { admins: [admin] }),
  };
  const { save: _save, ...options } = flags;
  return { ...options, app, ...(token !== undefined && { token }), logger };
}

/** @throws SetupProblem when the file cannot be written */
async function save(sandbox: Sandbox, path: string): Promise<void> {
  try {
    await sandbox.save(path);
  } catch (error) {
    throw new SetupProblem([message('sandbox.cannotSave', { path, detail: detailOf(error) })], {
      cause: error,
    });
  }
}

async function start(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    if (error instanceof WorldFileFault) {
      const faults = error.faults.join('\n');
      throw new SetupProblem([message('sandbox.worldFaulty', { path: String(options.world), faults })], {
        cause: error,
      });
    }
    throw new SetupProblem([message('sandbox.cannotListen', { detail: detailOf(error) })], { cause: error });
  }
}

function describe({ app, chat, discord }: Sandbox) {
  const [admin] = app.admins;
  const { api, token, applicationId, guildId } = discord;
  return {
    chat: { url: chat.url, sdkAppId: app.sdkAppId, secretKey: app.secretKey, admin },
    control: `${chat.url}/sandbox`,
    discord: { api, token, applicationId, guildId },
  };
}
