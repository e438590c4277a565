// The list of commands and how one is found by what was typed.
import { literal, type Message, message } from '../i18n/message.ts';
import { nearest } from '../util/nearest.ts';
import type { Command } from './command.ts';

export interface Registry {
  readonly commands: readonly Command[];
  find(name: string): Command | null;
}

/** @param aliases other names of commands, in lower case, such as the localised ones. */
export function createRegistry(commands: readonly Command[], aliases: ReadonlyMap<string, string>): Registry {
  const byName = new Map(commands.map((command) => [command.name, command]));
  if (byName.size !== commands.length) throw new Error('two commands share a name');
  return {
    commands,
    find: (name) =>
      byName.get(name.toLowerCase()) ?? byName.get(aliases.get(name.toLowerCase()) ?? '') ?? null,
  };
}

/** "There is no such command", with the nearest one. */
export function unknownCommand(name: string, commands: readonly Command[]): Message {
  const input = [...name].slice(0, 32).join('');
  const names = commands.map((command) => command.name);
  const suggestion = nearest(input, names);
  return suggestion === null
    ? message('refused.unknownCommand', { input })
    : message('refused.unknownCommandDidYouMean', { input, suggestion: literal(suggestion) });
}
