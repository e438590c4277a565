// The list of commands and how one is found by what was typed.
import type { Command } from './command.ts';

export interface Registry {
  readonly commands: readonly Command[];
  /** A command by its name or one of its other names, whatever their letters' case. */
  find(name: string): Command | null;
  /** Every name that a command has, and the command's own. */
  readonly names: readonly CommandName[];
}

export interface CommandName {
  readonly id: string;
  readonly name: string;
}

/** @param aliases other names of commands, in lower case, such as the localised ones. */
export function createRegistry(commands: readonly Command[], aliases: ReadonlyMap<string, string>): Registry {
  const byName = new Map(commands.map((command) => [command.name, command]));
  if (byName.size !== commands.length) throw new Error('two commands share a name');
  const find = (typed: string): Command | null => {
    const name = typed.normalize('NFKC').toLowerCase();
    return byName.get(name) ?? byName.get(aliases.get(name) ?? '') ?? null;
  };
  const others = [...aliases].filter(([name, id]) => name !== id && byName.has(id));
  const names = [...byName.keys()].map((name) => ({ id: name, name }));
  return { commands, find, names: [...names, ...others.map(([name, id]) => ({ id, name }))] };
}
