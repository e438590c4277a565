// The name of a command in any language, with or without its slash.
import { readAs, refuse } from '../../i18n/read.ts';
import { unknownCommand } from '../unknown-command.ts';
import { type Candidate, containing, type Option, type Suggestion } from './option.ts';

export const commandName = (): Option<string, true> => ({
  required: true,
  maxLength: 100,
  completion: { from: 'commands', suggest },
  read(raw, _name, known) {
    const typed = raw.trim().replace(/^[/\uff0f]/, '');
    if (known === undefined) return readAs(typed);
    const command = known.find(typed);
    return command === null ? refuse(unknownCommand(typed, known.commands)) : readAs(command.name);
  },
});

/** Each command once, by the name that holds what was typed. */
function suggest(typed: string, names: readonly Candidate[]): readonly Suggestion[] {
  const found = containing(
    typed.trim().replace(/^[/\uff0f]/, ''),
    names.map(({ id, name }) => ({ label: name, value: id })),
  );
  return found.filter(({ value }, index) => found.findIndex((other) => other.value === value) === index);
}
