// Gets one reply to its asker in time: directly when it is ready soon, else by a promise that is kept later.
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type UserContextMenuCommandInteraction,
} from 'discord.js';
import type { Reply } from './embed.ts';
import { describe, isGone } from './errors.ts';
import type { DiscordLogger } from './logger.ts';

/** The interactions that are answered with a message. */
export type Answerable =
  | ButtonInteraction
  | ChatInputCommandInteraction
  | UserContextMenuCommandInteraction
  | ModalSubmitInteraction;

/** The last moment to promise a reply, in milliseconds of the interaction's age; Discord gives up after 3,000. */
const PROMISE_AT = 1_500;

type Way = () => Promise<unknown>;

/** The reply to one interaction. */
export class Responder {
  readonly #interaction: Answerable;
  readonly #logger: DiscordLogger;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the promise reached Discord; absent while there is none. */
  #promised: Promise<boolean> | undefined;
  #promisedToAll = false;

  constructor(interaction: Answerable, logger: DiscordLogger) {
    this.#interaction = interaction;
    this.#logger = logger;
  }

  /**
   * Promises a reply ("… is thinking") if none is sent by the time the interaction is 1.5 s old by its own
   * timestamp, or at once.
   */
  promiseLater({ ephemeral, atOnce }: { ephemeral: boolean; atOnce: boolean }): void {
    const age = Math.max(0, Date.now() - this.#interaction.createdTimestamp);
    const promise = () => {
      this.#promisedToAll = !ephemeral;
      this.#promised = this.#try([
        () => this.#interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {}),
      ]);
    };
    if (atOnce || age >= PROMISE_AT) promise();
    else this.#timer = setTimeout(promise, PROMISE_AT - age);
  }

  /** Sends the reply. Never throws: a reply that Discord does not take is logged. */
  async send(reply: Reply): Promise<void> {
    clearTimeout(this.#timer);
    const promised = this.#promised !== undefined && (await this.#promised);
    const sent = promised ? await this.#keepPromise(reply) : await this.#try(this.#directly(reply));
    if (!sent) this.#logger.error({ interaction: this.#interaction.id }, 'a reply to Discord was lost');
  }

  /** When Discord took the first answer and only its confirmation was lost, there is a reply to edit. */
  #directly(reply: Reply): readonly Way[] {
    const directly: Way = () => this.#interaction.reply(withFlags(reply));
    return [directly, () => this.#edit(reply), directly];
  }

  async #keepPromise(reply: Reply): Promise<boolean> {
    const followUp: Way = () => this.#interaction.webhook.send(withFlags(reply));
    if (!reply.ephemeral || !this.#promisedToAll) return this.#try([() => this.#edit(reply), followUp]);
    // The promise was made to everybody, and this is for the asker alone.
    await this.#try([() => this.#interaction.webhook.deleteMessage('@original')]);
    return this.#try([followUp, followUp]);
  }

  /** Through the webhook: it does not ask whether discord.js believes that there is a reply. */
  #edit(reply: Reply): Promise<unknown> {
    return this.#interaction.webhook.editMessage('@original', reply.body);
  }

  /** Tries one way after the other until one works or Discord has forgotten the interaction. */
  async #try(ways: readonly Way[]): Promise<boolean> {
    for (const way of ways) {
      try {
        await way();
        return true;
      } catch (error) {
        const { id } = this.#interaction;
        this.#logger.warn({ interaction: id, failure: describe(error) }, 'Discord did not take a reply');
        if (isGone(error)) return false;
      }
    }
    return false;
  }
}

const withFlags = ({ body, ephemeral }: Reply) =>
  ephemeral ? { ...body, flags: MessageFlags.Ephemeral as const } : body;
