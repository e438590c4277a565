// `register`: registers the commands at Discord without connecting the bot.
import { commands } from '../../commands/index.ts';
import { type DiscordConfig, readConfig } from '../app/config.ts';
import { createRegistry } from '../command/registry.ts';
import { message } from '../i18n/message.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import { detailOf, readEnvironment, readOrExplain, SetupProblem } from './setup.ts';

/** @returns the exit code @throws SetupProblem without a token, and where Discord refuses */
export async function register(terminal: Terminal, locale: string | undefined): Promise<number> {
  const environment = readEnvironment(terminal);
  const { discord } = readOrExplain(readConfig, environment);
  if (discord === null) throw new SetupProblem([message('terminal.registerNeedsToken')]);
  const changed = await send(discord);
  const sentence = message(changed ? 'terminal.registered' : 'terminal.registeredAlready', {
    count: commands.length,
  });
  writeLine(terminal.stdout, translatorFor(environment, locale).text(sentence));
  return 0;
}

/** @returns whether anything had changed */
async function send(discord: DiscordConfig): Promise<boolean> {
  const { registerCommands } = await import('../surfaces/discord/index.ts');
  const registry = createRegistry(commands, new Map());
  try {
    return await registerCommands({ ...discord, registry });
  } catch (error) {
    throw new SetupProblem([message('terminal.discordFailed', { detail: detailOf(error) })], {
      cause: error,
    });
  }
}
