// Commands in the Apps menu of a member: which they are, and the form for what they need to know besides.
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
  type UserContextMenuCommandInteraction,
} from 'discord.js';
import { type Command, optionsOf } from '../../../command/command.ts';
import type { Option } from '../../../command/options/option.ts';
import { reason } from '../../../command/options/text.ts';
import type { Registry } from '../../../command/registry.ts';
import { message } from '../../../i18n/message.ts';
import { optionDescriptionOf, optionNameIn } from '../../../i18n/names.ts';
import type { Translator } from '../../../i18n/translator.ts';
import { cut, plain } from '../replies/style.ts';
import type { Asked } from '../request.ts';

/** Begins the `custom_id` of our forms, which may stand beside those of a host application. */
const FORM = 'chat-marshal';

const MOST_TITLE = 45;
const MOST_LABEL = 45;
const MOST_LABEL_DESCRIPTION = 100;
const MOST_INPUT = 4_000;

/** The commands that stand in the menu. */
export const menuCommands = ({ commands }: Pick<Registry, 'commands'>): readonly Command[] =>
  commands.filter(({ inMenu }) => inMenu === true);

/** Words in a menu or form begin with a capital. */
export const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The command of an entry of the menu, or of a form that one opened. */
export function menuCommand(registry: Registry, entry: string): Command | undefined {
  return menuCommands(registry).find(({ name }) => capitalised(name) === entry);
}

const namesMembers = ({ subject }: Option<unknown>): boolean => subject?.kind === 'members';

/** What a command needs to know besides the member. */
const missing = (command: Command) =>
  optionsOf(command).filter(([, option]) => option.required && !namesMembers(option));

export const needsForm = (command: Command): boolean => missing(command).length > 0;

/** What the menu asks of a command that needs nothing but the member. */
export function askedInMenu(interaction: UserContextMenuCommandInteraction, command: Command): Asked {
  return { command, options: withMember(command, interaction.targetId), known: [interaction.targetUser] };
}

/** The form that asks for the rest; its id carries the command and the member. */
export function formFor(
  interaction: UserContextMenuCommandInteraction,
  command: Command,
  translator: Translator,
): APIModalInteractionResponseCallbackData {
  const fields = [...missing(command), ['reason', reason()] as const];
  return {
    custom_id: [FORM, command.name, interaction.targetId].join(':'),
    title: cut(plain(`${interaction.commandName}: ${interaction.targetUser.username}`), MOST_TITLE),
    components: fields.map(([name, option]) => fieldFor(name, option, translator)),
  };
}

function fieldFor(name: string, option: Option<unknown>, translator: Translator) {
  return {
    type: ComponentType.Label as const,
    label: cut(capitalised(optionNameIn(translator.locale, name)), MOST_LABEL),
    description: cut(translator.text(message(optionDescriptionOf(name))), MOST_LABEL_DESCRIPTION),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: name,
      style: option.takesRest === true ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: option.required,
      max_length: option.maxLength ?? MOST_INPUT,
    },
  };
}

/** A form of ours, and the member it is about. */
export interface Form {
  readonly command: Command;
  readonly userId: string;
}

/** The form that an id belongs to; `undefined` for one that is not ours. */
export function formOf(customId: string, registry: Registry): Form | undefined {
  const [form, name, userId] = customId.split(':');
  const command = menuCommands(registry).find((one) => one.name === name);
  return form !== FORM || command === undefined || userId === undefined ? undefined : { command, userId };
}

/** What a form was filled in with. @throws discord.js's error when a field is missing */
export function askedInForm({ fields }: ModalSubmitInteraction, { command, userId }: Form): Asked {
  const filled = [...missing(command).map(([option]) => option), 'reason']
    .map((option) => [option, fields.getTextInputValue(option)] as const)
    .filter(([, value]) => value !== '');
  return { command, options: { ...withMember(command, userId), ...Object.fromEntries(filled) }, known: [] };
}

function withMember(command: Command, userId: string): Record<string, string> {
  const members = optionsOf(command).filter(([, option]) => namesMembers(option));
  return Object.fromEntries(members.map(([name]) => [name, `<@${userId}>`]));
}
