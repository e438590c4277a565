// `sandbox`: the two stand-ins alone, for other programs to use.
import { once } from 'node:events';
import { readSandboxConfig, type SandboxConfig } from '../app/config.ts';
import type { Logger } from '../app/logger.ts';
import { message } from '../i18n/message.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/start.ts';
import { type Terminal, writeLine } from '../surfaces/terminal/terminal.ts';
import { detailOf, openLogger, readEnvironment, readOrExplain, SetupProblem } from './setup.ts';

export interface SandboxFlags {
  readonly chatPort?: number;
  readonly discordPort?: number;
  readonly host?: string;
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
  return { ...flags, app, ...(token !== undefined && { token }), logger };
}

async function start(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    throw new SetupProblem([message('sandbox.cannotListen', { detail: detailOf(error) })], { cause: error });
  }
}

function describe({ app, chat, discord }: Sandbox) {
  const [admin] = app.admins;
  const { api, token, applicationId, guildId } = discord;
  return {
    chat: { url: chat.url, sdkAppId: app.sdkAppId, secretKey: app.secretKey, admin },
    discord: { api, token, applicationId, guildId },
  };
}
