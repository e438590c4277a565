// Gets one reply to its asker in time: directly when it is ready soon, else by a promise that is kept later.
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type UserContextMenuCommandInteraction,
} from 'discord.js';
import { describe, isGone } from '../errors.ts';
import type { DiscordLogger } from '../logger.ts';
import type { Reply } from './embed.ts';

/** The interactions that are answered with a message. */
export type Answerable =
  | ButtonInteraction
  | ChatInputCommandInteraction
  | UserContextMenuCommandInteraction
  | ModalSubmitInteraction;

/** The last moment to promise a reply, in milliseconds of the interaction's age; Discord gives up after 3,000. */
const PROMISE_AT = 1_500;

/** What the webhook of an interaction calls the reply to it. */
const ORIGINAL = '@original';

/** One way to send something. @returns by what name its message can be edited */
type Way = () => Promise<string>;

/** The reply to one interaction. */
export class Responder {
  readonly #interaction: Answerable;
  readonly #logger: DiscordLogger;
  /** The button whose own message is replaced instead of answered; `null` for a new message. */
  readonly #inPlace: ButtonInteraction | null;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the promise reached Discord; absent while there is none. */
  #promised: Promise<boolean> | undefined;
  #promisedToAll = false;
  /** The message with a question; absent while nothing was asked. */
  #question: string | undefined;

  /** @param inPlace whether the message with the pressed button is replaced */
  constructor(interaction: Answerable, logger: DiscordLogger, { inPlace = false } = {}) {
    this.#interaction = interaction;
    this.#logger = logger;
    this.#inPlace = inPlace && interaction.isButton() ? interaction : null;
  }

  /**
   * Promises a reply ("… is thinking") if none is sent by the time the interaction is 1.5 s old by its own
   * timestamp, or at once.
   */
  promiseLater({ ephemeral, atOnce }: { ephemeral: boolean; atOnce: boolean }): void {
    const age = Math.max(0, Date.now() - this.#interaction.createdTimestamp);
    const promise = () => {
      this.#promisedToAll = !ephemeral && this.#inPlace === null;
      this.#promised = this.#try([() => this.#defer(ephemeral)]).then((sent) => sent !== null);
    };
    if (atOnce || age >= PROMISE_AT) promise();
    else this.#timer = setTimeout(promise, PROMISE_AT - age);
  }

  /** Sends the reply, in place of a question that was asked. Never throws: a reply that Discord does not take is logged. */
  async send(reply: Reply): Promise<void> {
    const question = this.#question;
    const sent = await (question === undefined
      ? this.#deliver(reply)
      : this.#try([() => this.#edit(reply, question)]));
    if (sent === null)
      this.#logger.error({ interaction: this.#interaction.id }, 'a reply to Discord was lost');
  }

  /**
   * Shows a question to the asker alone.
   * @returns whether Discord took it
   */
  async ask(question: Reply): Promise<boolean> {
    const sent = await this.#deliver(question);
    this.#question = sent ?? undefined;
    return sent !== null;
  }

  /** Takes the question away. */
  async withdraw(): Promise<void> {
    const question = this.#question;
    if (question !== undefined) await this.#delete(question);
  }

  async #deliver(reply: Reply): Promise<string | null> {
    clearTimeout(this.#timer);
    const promised = this.#promised !== undefined && (await this.#promised);
    return promised ? this.#keepPromise(reply) : this.#try(this.#directly(reply));
  }

  /** When Discord took the first answer and only its confirmation was lost, there is a reply to edit. */
  #directly(reply: Reply): readonly Way[] {
    const directly: Way = async () => {
      await (this.#inPlace?.update(reply.body) ?? this.#interaction.reply(withFlags(reply)));
      return ORIGINAL;
    };
    return [directly, () => this.#edit(reply), directly];
  }

  async #keepPromise(reply: Reply): Promise<string | null> {
    const followUp: Way = async () => (await this.#interaction.webhook.send(withFlags(reply))).id;
    if (!reply.ephemeral || !this.#promisedToAll) return this.#try([() => this.#edit(reply), followUp]);
    // The promise was made to everybody, and this is for the asker alone.
    await this.#delete(ORIGINAL);
    return this.#try([followUp, followUp]);
  }

  /** Through the webhook: it does not ask whether discord.js believes that there is a reply. */
  async #edit({ body }: Reply, id = ORIGINAL): Promise<string> {
    await this.#interaction.webhook.editMessage(id, { components: [], ...body });
    return id;
  }

  async #defer(ephemeral: boolean): Promise<string> {
    await (this.#inPlace?.deferUpdate() ??
      this.#interaction.deferReply(ephemeral ? { flags: MessageFlags.Ephemeral } : {}));
    return ORIGINAL;
  }

  async #delete(id: string): Promise<void> {
    const remove: Way = async () => {
      await this.#interaction.webhook.deleteMessage(id);
      return id;
    };
    await this.#try([remove]);
  }

  /** Tries one way after the other until one works or Discord has forgotten the interaction. */
  async #try(ways: readonly Way[]): Promise<string | null> {
    for (const way of ways) {
      try {
        return await way();
      } catch (error) {
        const { id } = this.#interaction;
        this.#logger.warn({ interaction: id, failure: describe(error) }, 'Discord did not take a reply');
        if (isGone(error)) return null;
      }
    }
    return null;
  }
}

const withFlags = ({ body, ephemeral }: Reply) =>
  ephemeral ? { ...body, flags: MessageFlags.Ephemeral as const } : body;
