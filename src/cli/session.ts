// The session that a command line opens: who asks, about which group, and whether in earnest.

import type { Logger } from '../app/logger.ts';
import type { App } from '../app/open.ts';
import { actorOf } from '../surfaces/terminal/actors.ts';
import type { Session } from '../surfaces/terminal/execute.ts';
import type { Terminal } from '../surfaces/terminal/terminal.ts';

/** What the command line says of commands; `run` and `serve` share it. */
export interface CommandFlags {
  readonly group?: string;
  readonly as?: string;
  readonly locale?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export const openSession = (
  { stop }: Pick<Terminal, 'stop'>,
  { moderation, defaultGroup }: App,
  flags: CommandFlags,
  logger: Logger,
): Session => ({
  moderation,
  logger,
  actor: actorOf(flags.as),
  group: flags.group ?? defaultGroup,
  dryRun: flags.dryRun ?? false,
  stop,
});
