// What a bot may do with the token of an interaction that it has answered.
// https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages

import type { Upload } from '../../wire/body.ts';
import { discordError } from '../../wire/errors.ts';
import type { MessageStore } from '../messages/messages.ts';
import type { StoredMessage } from '../messages/stored-message.ts';
import type { Interaction } from './interaction.ts';
import type { InteractionStore } from './interactions.ts';

const ORIGINAL = '@original';

/** Edits and follow-ups. Every method takes the token and throws DiscordError 10015 or 50027 for a bad one. */
export class InteractionWebhooks {
  readonly #interactions: InteractionStore;
  readonly #messages: MessageStore;

  constructor(interactions: InteractionStore, messages: MessageStore) {
    this.#interactions = interactions;
    this.#messages = messages;
  }

  /** The reply (`@original`) or one of the follow-ups. @throws DiscordError 10008 */
  get(token: string, reference: string): StoredMessage {
    return find(this.#interactions.withToken(token), reference);
  }

  /** @throws DiscordError 10008, 50035 or 50006 */
  edit(token: string, reference: string, upload: Upload): StoredMessage {
    const interaction = this.#interactions.withToken(token);
    const message = find(interaction, reference);
    this.#messages.edit(message, upload);
    interaction.fulfil();
    return message;
  }

  /** @throws DiscordError 10008 */
  remove(token: string, reference: string): void {
    const interaction = this.#interactions.withToken(token);
    this.#messages.delete(find(interaction, reference));
    interaction.fulfil();
  }

  /** A further message; the first one after a deferred reply fills that reply. @throws DiscordError 50035 or 50006 */
  followUp(token: string, upload: Upload): { message: StoredMessage; interaction: Interaction } {
    const interaction = this.#interactions.withToken(token);
    const { message: original } = interaction;
    if (original?.loading && !original.deleted) {
      this.#messages.edit(original, upload);
      interaction.fulfil();
      return { message: original, interaction };
    }
    const message = this.#messages.create(upload, this.#interactions.place(interaction));
    interaction.followUps.push(message);
    interaction.fulfil();
    return { message, interaction };
  }
}

function find(interaction: Interaction, reference: string): StoredMessage {
  const { message: original, followUps } = interaction;
  const isOriginal = reference === ORIGINAL || reference === original?.id;
  const message = isOriginal ? original : followUps.find((each) => each.id === reference);
  if (!message || message.deleted) throw discordError(10008);
  return message;
}
