// The messages that name and describe commands, options and choices.
import { catalogs, isMessageId } from './catalogs.ts';
import { type Locale, locales } from './locale.ts';
import type { MessageId } from './message.ts';

/** A message's identifier that is put together; the compiler knows the messages that it may be. */
function idOf<Pattern extends string>(id: Pattern): Pattern & MessageId {
  if (isMessageId(id)) return id;
  throw new Error(`the message files lack ${id}`);
}

export const descriptionOf = (command: string) => idOf(`command.${command}.description`);
export const optionDescriptionOf = (option: string) => idOf(`option.${option}.description`);
export const choiceOf = (option: string, value: string) => idOf(`choice.${option}.${value}`);

/** A command's name in a language. */
export const commandNameIn = (locale: Locale, command: string): string =>
  catalogs[locale][idOf(`command.${command}.name`)];

/** An option's name in a language. */
export const optionNameIn = (locale: Locale, option: string): string =>
  catalogs[locale][idOf(`option.${option}.name`)];

/** The names that commands have in other languages: `禁言` is `/mute` wherever it is typed. */
export function commandAliases(commands: readonly { readonly name: string }[]): ReadonlyMap<string, string> {
  const pairs = locales.flatMap((locale) =>
    commands.map(({ name }) => [commandNameIn(locale, name).toLowerCase(), name] as const),
  );
  return new Map(pairs);
}
