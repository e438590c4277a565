// The bodies that register the commands at Discord, derived from their descriptions.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  Locale as DiscordLocale,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { type Command, optionsOf } from '../../../command/command.ts';
import type { Option } from '../../../command/options/option.ts';
import type { Registry } from '../../../command/registry.ts';
import type { Locale } from '../../../i18n/locale.ts';
import { type Message, message } from '../../../i18n/message.ts';
import {
  choiceOf,
  commandNameIn,
  descriptionOf,
  optionDescriptionOf,
  optionNameIn,
} from '../../../i18n/names.ts';
import { createTranslator } from '../../../i18n/translator.ts';
import { shownTo } from '../rights/permissions.ts';
import { capitalised, menuCommands } from './menu.ts';

export type CommandBody = RESTPostAPIApplicationCommandsJSONBody;

/** Discord's languages that we have words for (docs.discord.com/developers/reference#locales). */
const languages: readonly (readonly [DiscordLocale, Locale])[] = [
  [DiscordLocale.ChineseCN, 'zh-CN'],
  [DiscordLocale.ChineseTW, 'zh-CN'],
  [DiscordLocale.Korean, 'ko'],
  [DiscordLocale.Japanese, 'ja'],
];

/** Every command as a slash command, and five of them in the Apps menu of a member, too. */
export function bodiesOf(registry: Pick<Registry, 'commands'>): readonly CommandBody[] {
  return [...registry.commands.map(slashBody), ...menuCommands(registry).map(menuBody)];
}

function slashBody(command: Command): CommandBody {
  const options = optionsOf(command).toSorted(([, a], [, b]) => Number(b.required) - Number(a.required));
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    name_localizations: localised((locale) => commandNameIn(locale, command.name)),
    description: words('en', message(descriptionOf(command.name))),
    description_localizations: localised((locale) => words(locale, message(descriptionOf(command.name)))),
    options: options.map(([name, option]) => optionBody(name, option)),
    ...common(command),
  };
}

function menuBody(command: Command): CommandBody {
  return {
    type: ApplicationCommandType.User,
    name: capitalised(command.name),
    name_localizations: localised((locale) => capitalised(commandNameIn(locale, command.name))),
    ...common(command),
  };
}

/** For servers only: a direct message has no group and no permissions. */
function common({ capability }: Command) {
  return {
    default_member_permissions: shownTo(capability)?.toString() ?? null,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}

function optionBody(name: string, option: Option<unknown>) {
  const about = {
    name,
    name_localizations: localised((locale) => optionNameIn(locale, name)),
    description: words('en', message(optionDescriptionOf(name))),
    description_localizations: localised((locale) => words(locale, message(optionDescriptionOf(name)))),
    required: option.required,
  };
  if (option.toggle === true) return { type: ApplicationCommandOptionType.Boolean as const, ...about };
  const text = { type: ApplicationCommandOptionType.String as const, ...about };
  if (option.choices !== undefined) {
    return { ...text, choices: option.choices.map((value) => choiceBody(name, value)) };
  }
  return {
    ...text,
    ...(option.completion !== undefined && { autocomplete: true }),
    ...(option.maxLength !== undefined && { max_length: option.maxLength }),
  };
}

const choiceBody = (option: string, value: string) => ({
  name: words('en', message(choiceOf(option, value))),
  name_localizations: localised((locale) => words(locale, message(choiceOf(option, value)))),
  value,
});

const localised = (text: (locale: Locale) => string): LocalizationMap =>
  Object.fromEntries(languages.map(([theirs, ours]) => [theirs, text(ours)]));

/** Menus and descriptions show plain text. */
const words = (locale: Locale, sentence: Message): string =>
  createTranslator(locale, { escape: (text) => text, time: String }).text(sentence);
