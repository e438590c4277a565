// Does what members do in Discord's client, and waits for what the bot answers.

import {
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionType,
  ApplicationCommandOptionType as OptionKind,
} from 'discord-api-types/v10';
import type { Gateway } from '../gateway/gateway.ts';
import type { OfferedChoice } from '../wire/callback.ts';
import { DiscordError, TypingRefused } from '../wire/errors.ts';
import type { CommandPermissions } from '../world/command-permissions.ts';
import type { CommandScope, RegisteredCommand } from '../world/commands.ts';
import type { DirectChannels } from '../world/direct.ts';
import type { Directory } from '../world/directory.ts';
import type { Interaction, Reply } from '../world/interactions/interaction.ts';
import type { InteractionStore, NewInteraction } from '../world/interactions/interactions.ts';
import type { MessageStore } from '../world/messages/messages.ts';
import type { MessageView } from '../world/messages/stored-message.ts';
import { pressed } from './components-use.ts';
import type { Endpoint } from './endpoint.ts';
import { submitted } from './modal-use.ts';
import { interactionPayload } from './payload.ts';
import { Resolved } from './resolved.ts';
import { fill, optionsAt, type SubcommandPath, type TypedValue, wrap } from './typed-options.ts';

const DEFAULT_CHANNEL = 'general';

/** Who does it, and where. Members and channels are named by their key in the world, or by id. */
export interface Doing {
  readonly as: string;
  /** Default: `general`. */
  readonly channel?: string;
  /** The person's language, such as `ko`. Default: the guild's. */
  readonly locale?: string;
  /** Ends the wait for the answer. */
  readonly signal?: AbortSignal;
}

/** A slash command as a person types it. */
export interface TypeInput extends Doing, SubcommandPath {
  readonly command: string;
  readonly options?: Record<string, TypedValue>;
  /** Sends it although Discord would hide the command from this member. */
  readonly force?: boolean;
}

/** A slash command that is still being typed. */
export interface AutocompleteInput extends Doing, SubcommandPath {
  readonly command: string;
  readonly options?: Record<string, TypedValue>;
  /** Name of the option whose choices are wanted. */
  readonly focused: string;
}

/** A command of the Apps menu on a person or message. */
export interface MenuInput extends Doing {
  readonly command: string;
  /** The member, by name or id; for a message menu the id of the message. */
  readonly target: string;
  readonly force?: boolean;
}

/** A press on a button, or a choice in a menu. */
export interface ClickInput extends Doing {
  readonly message: MessageView;
  readonly customId: string;
  /** What was chosen in a menu. */
  readonly values?: string[];
}

/** A filled-in modal; values by `custom_id`. */
export interface ModalInput {
  readonly modal: Reply;
  readonly fields: Record<string, string | string[]>;
  readonly signal?: AbortSignal;
}

/** A message in a channel. */
export interface TextInput {
  readonly as: string;
  /** Default: `general`. */
  readonly channel?: string;
  /** Writes to the bot itself, in direct messages, in place of a channel. */
  readonly direct?: boolean;
  /** The message that this one replies to. */
  readonly replyTo?: MessageView;
  readonly content: string;
}

/** The parts of the service that people act upon. */
export interface Surroundings {
  readonly directory: Directory;
  readonly guildCommands: CommandScope;
  readonly globalCommands: CommandScope;
  readonly commandPermissions: CommandPermissions;
  readonly messages: MessageStore;
  readonly interactions: InteractionStore;
  readonly gateway: Gateway;
  readonly direct: DirectChannels;
  readonly endpoint: Endpoint;
}

/** Every method throws {@link TypingRefused} when Discord's own client would not have sent anything. */
export class People {
  readonly #parts: Surroundings;

  constructor(parts: Surroundings) {
    this.#parts = parts;
  }

  /** Types a slash command. */
  type(input: TypeInput): Promise<Reply> {
    const origin = this.#origin(input, InteractionType.ApplicationCommand);
    const command = this.#command(ApplicationCommandType.ChatInput, input.command, origin, input.force);
    const resolved = new Resolved(this.#parts.directory, origin);
    const typing = { directory: this.#parts.directory, resolved, given: input.options ?? {} };
    const options = wrap(fill(optionsAt(command.options ?? [], input), typing), input);
    const data = { ...named(command), ...(options.length > 0 ? { options } : {}), ...resolved.toData() };
    return this.#send({ ...origin, commandType: command.type }, data).settled(input.signal);
  }

  /** Asks for the choices of an option while it is typed. Throws `late` when none come within 3 s. */
  async autocomplete(input: AutocompleteInput): Promise<readonly OfferedChoice[]> {
    const origin = this.#origin(input, InteractionType.ApplicationCommandAutocomplete);
    const command = this.#command(ApplicationCommandType.ChatInput, input.command, origin, true);
    const declared = optionsAt(command.options ?? [], input);
    const focused = declared.find((option) => option.name === input.focused && option.autocomplete);
    if (!focused) throw new TypingRefused('unknown-option', `${input.focused} has no autocomplete`);
    const resolved = new Resolved(this.#parts.directory, origin);
    const given = { [input.focused]: '', ...input.options };
    const typing = { directory: this.#parts.directory, resolved, given, focused: input.focused };
    const data = { ...named(command), options: wrap(fill(declared, typing), input), ...resolved.toData() };
    const numericFocus = focused.type !== OptionKind.String;
    const reply = await this.#send({ ...origin, numericFocus }, data).settled(input.signal);
    if (reply.kind === 'late') throw new TypingRefused('late', 'Loading options failed');
    return reply.choices;
  }

  /** Picks a command of the Apps menu on a member. */
  userMenu(input: MenuInput): Promise<Reply> {
    const origin = this.#origin(input, InteractionType.ApplicationCommand);
    const command = this.#command(ApplicationCommandType.User, input.command, origin, input.force);
    const target = this.#parts.directory.member(input.target);
    const resolved = new Resolved(this.#parts.directory, origin);
    resolved.addMember(target);
    const data = { ...named(command), target_id: target.id, ...resolved.toData() };
    return this.#send({ ...origin, commandType: command.type }, data).settled(input.signal);
  }

  /** Picks a command of the Apps menu on a message. */
  messageMenu(input: MenuInput): Promise<Reply> {
    const origin = this.#origin(input, InteractionType.ApplicationCommand);
    const command = this.#command(ApplicationCommandType.Message, input.command, origin, input.force);
    const target = this.#parts.messages.get(input.target);
    const resolved = new Resolved(this.#parts.directory, origin);
    resolved.addMessage(target.raw);
    const data = { ...named(command), target_id: target.id, ...resolved.toData() };
    return this.#send({ ...origin, commandType: command.type }, data).settled(input.signal);
  }

  /** Presses a button of a message, or chooses in one of its menus. */
  click(input: ClickInput): Promise<Reply> {
    const source = this.#parts.messages.get(input.message.id);
    const channel = input.channel ?? source.channelId;
    const origin = this.#origin({ ...input, channel }, InteractionType.MessageComponent);
    const resolved = new Resolved(this.#parts.directory, origin);
    const data = pressed(source, origin.member, input, this.#parts.directory, resolved);
    return this.#send({ ...origin, source }, { ...data, ...resolved.toData() }).settled(input.signal);
  }

  /** Sends a modal that the bot opened, as the person it was opened for. */
  submitModal(input: ModalInput): Promise<Reply> {
    const opener = this.#parts.interactions.find(input.modal.interactionId);
    if (!opener?.modal) throw new TypingRefused('unknown-component', 'There is no modal to submit');
    const { member, channel, locale, source } = opener.origin;
    const origin = { type: InteractionType.ModalSubmit, member, channel, locale, openedBy: opener.origin };
    const data = submitted(opener.modal, input.fields);
    return this.#send({ ...origin, ...(source ? { source } : {}) }, data).settled(input.signal);
  }

  /** Writes plain text in a channel; clients with the intent for messages hear of it. */
  typeText(input: TextInput): MessageView {
    const { directory, direct, messages } = this.#parts;
    const author = directory.member(input.as);
    const { content, replyTo } = input;
    const reference = replyTo ? { message_reference: { message_id: replyTo.id } } : {};
    const upload = { json: { content, ...reference }, files: [] };
    if (input.direct) return messages.create(upload, { channelId: direct.with(author).id, author });
    const channel = directory.channel(input.channel ?? DEFAULT_CHANNEL);
    return messages.create(upload, { channelId: channel.id, guildId: directory.world.guild.id, author });
  }

  #origin(doing: Doing, type: InteractionType): NewInteraction {
    const { directory } = this.#parts;
    const member = directory.member(doing.as);
    const channel = directory.channel(doing.channel ?? DEFAULT_CHANNEL);
    return { type, member, channel, locale: doing.locale ?? directory.world.guild.locale };
  }

  #command(
    type: number,
    name: string,
    { member, channel }: NewInteraction,
    force = false,
  ): RegisteredCommand {
    const { guildCommands, globalCommands, commandPermissions } = this.#parts;
    const command = guildCommands.find(type, name) ?? globalCommands.find(type, name);
    if (!command) throw new TypingRefused('unknown-command', `No command ${name} is registered`);
    if (!force && !commandPermissions.allows(command, member, channel)) {
      throw new TypingRefused('hidden', `Discord does not show ${name} to ${member.username}`);
    }
    if (command.contexts && !command.contexts.includes(0)) {
      throw new TypingRefused('hidden', `${name} is not for servers`);
    }
    return command;
  }

  #send(origin: NewInteraction, data: object): Interaction {
    const { interactions, gateway, directory, endpoint } = this.#parts;
    const { url } = endpoint;
    if (url === undefined && !gateway.hasSession) throw new TypingRefused('offline', 'No bot is connected');
    const interaction = interactions.open(origin);
    const payload = interactionPayload(directory, interaction, data);
    if (url === undefined) gateway.dispatch(GatewayDispatchEvents.InteractionCreate, payload);
    else void this.#post(url, interaction, payload);
    return interaction;
  }

  /** Over HTTP the first answer comes as the response. */
  async #post(url: string, interaction: Interaction, payload: object): Promise<void> {
    const { interactions, endpoint } = this.#parts;
    const delivered = await endpoint.deliver(url, payload);
    if (delivered.kind === 'failed') interactions.fail(interaction, delivered.reason);
    if (delivered.kind !== 'answer') return;
    try {
      interactions.answer(interaction.interactionId, interaction.origin.token, delivered.upload);
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      interactions.fail(interaction, `The endpoint's answer is refused: ${JSON.stringify(error.body())}`);
    }
  }
}

function named(command: RegisteredCommand) {
  const { id, name, type, guild_id } = command;
  return { id, name, type, ...(guild_id ? { guild_id } : {}) };
}
