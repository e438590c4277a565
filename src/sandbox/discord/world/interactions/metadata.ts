// What Discord notes on a reply about the interaction that it answers.
// https://docs.discord.com/developers/resources/message#message-interaction-metadata-object

import {
  type APIApplicationCommandInteractionMetadata,
  type APIMessageComponentInteractionMetadata,
  type APIMessageInteractionMetadata,
  ApplicationCommandType,
  InteractionType,
  MessageType,
} from 'discord-api-types/v10';
import { userObject } from '../objects.ts';
import type { InteractionOrigin } from './interaction.ts';

/** The type of the message that replies to an interaction. */
export function replyType({ type, commandType }: InteractionOrigin): MessageType {
  if (type !== InteractionType.ApplicationCommand) return MessageType.Reply;
  const isSlash = commandType === ApplicationCommandType.ChatInput;
  return isSlash ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
}

/** The `interaction_metadata` of a reply. */
export function replyMetadata(origin: InteractionOrigin, guildId: string): APIMessageInteractionMetadata {
  const { openedBy } = origin;
  if (origin.type !== InteractionType.ModalSubmit || !openedBy) return trigger(origin, guildId);
  const triggering = trigger(openedBy, guildId);
  return { ...common(origin, guildId), type: origin.type, triggering_interaction_metadata: triggering };
}

function trigger(
  origin: InteractionOrigin,
  guildId: string,
): APIApplicationCommandInteractionMetadata | APIMessageComponentInteractionMetadata {
  const base = common(origin, guildId);
  if (origin.type !== InteractionType.MessageComponent) {
    return { ...base, type: InteractionType.ApplicationCommand };
  }
  return { ...base, type: origin.type, interacted_message_id: origin.source?.id ?? '' };
}

function common(origin: InteractionOrigin, guildId: string) {
  return {
    id: origin.interactionId,
    user: userObject(origin.member),
    authorizing_integration_owners: { 0: guildId },
  };
}
