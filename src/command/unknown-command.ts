// The refusal of a command that there is not, with the one that was meant.
import { literal, type Message, message } from '../i18n/message.ts';
import { nearest } from '../util/nearest.ts';
import { commandCalled } from './other-names.ts';

/** "There is no such command", with the one that other programs call so, or the nearest. */
export function unknownCommand(name: string, commands: readonly { readonly name: string }[]): Message {
  const input = [...name].slice(0, 32).join('');
  const names = commands.map((command) => command.name);
  const called = commandCalled(name);
  const suggestion = called !== null && names.includes(called) ? called : nearest(input, names);
  return suggestion === null
    ? message('refused.unknownCommand', { input })
    : message('refused.unknownCommandDidYouMean', { input, suggestion: literal(suggestion) });
}
