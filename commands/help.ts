// /help: the commands, or one of them in full.
import {
  type Command,
  commandName,
  descriptionOf,
  found,
  groupTypesOf,
  guide,
  literal,
  message,
  optional,
  optionDescriptionOf,
  optionsOf,
  refused,
  unknownCommand,
  usageOf,
} from '../src/command/index.ts';

export const help = guide({
  name: 'help',
  capability: null,
  options: { command: optional(commandName()) },
  calls: [],
  answer({ command: wanted }, commands) {
    if (wanted === undefined || wanted === '')
      return found({ message: message('help.head'), lines: commands.map(lineOf) });
    const command = commands.find((one) => one.name === wanted);
    if (command === undefined) return refused(unknownCommand(wanted, commands));
    return found({
      message: message('help.command', {
        usage: literal(usageOf(command)),
        description: message(descriptionOf(command.name)),
      }),
      lines: detailsOf(command),
    });
  },
});

const lineOf = (command: Command) => ({
  target: command.name,
  message: message('help.line', {
    usage: literal(usageOf(command)),
    description: message(descriptionOf(command.name)),
  }),
});

function detailsOf(command: Command) {
  const options = optionsOf(command).map(([name, option]) =>
    message(option.required ? 'help.option' : 'help.optional', {
      option: literal(name),
      description: message(optionDescriptionOf(name)),
    }),
  );
  const types = groupTypesOf(command).map((type) => message('group.typeName', { type: literal(type) }));
  const needs =
    command.capability === null ? [] : [message('help.needs', { capability: literal(command.capability) })];
  return [...options, ...needs, message('help.types', { types })].map((line) => ({
    target: command.name,
    message: line,
  }));
}
