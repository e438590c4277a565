// Opens interactions, takes their first answer within 3 s, and closes the late ones.
// https://docs.discord.com/developers/interactions/receiving-and-responding

import { randomBytes } from 'node:crypto';
import { InteractionResponseType as Answer, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Clock } from '../../../../util/clock.ts';
import type { Upload, UploadedFile } from '../../wire/body.ts';
import { type Callback, readCallback, readChoices, readModal } from '../../wire/callback.ts';
import { discordError } from '../../wire/errors.ts';
import { readForm } from '../../wire/form.ts';
import { BoundedMap } from '../bounded.ts';
import type { Directory } from '../directory.ts';
import type { Snowflakes } from '../ids.ts';
import type { MessageStore, NewMessage } from '../messages/messages.ts';
import type { StoredMessage } from '../messages/stored-message.ts';
import { Interaction, type InteractionOrigin } from './interaction.ts';
import { replyMetadata, replyType } from './metadata.ts';

/** How long an interaction waits for its first answer. */
const ANSWER_WITHIN_MS = 3_000;
/** How long its token can be used to edit and follow up. */
const TOKEN_LIVES_MS = 15 * 60_000;

const SHORTEST_WAIT_MS = 10;
const KEPT_INTERACTIONS = 10_000;
const deferral = z.object({ flags: z.int().nullish() }).nullish();

/** What the caller says of a new interaction; ids, token and time are given here. */
export type NewInteraction = Omit<InteractionOrigin, 'interactionId' | 'token' | 'createdAtMs'>;

/** All interactions, the newest 10,000 of them. */
export class InteractionStore {
  readonly #byId = new BoundedMap<Interaction>(KEPT_INTERACTIONS);
  readonly #byToken = new BoundedMap<Interaction>(KEPT_INTERACTIONS);
  readonly #timers = new Map<Interaction, NodeJS.Timeout>();
  readonly #directory: Directory;
  readonly #messages: MessageStore;
  readonly #ids: Snowflakes;
  readonly #clock: Clock;

  constructor(directory: Directory, messages: MessageStore, ids: Snowflakes, clock: Clock) {
    this.#directory = directory;
    this.#messages = messages;
    this.#ids = ids;
    this.#clock = clock;
  }

  /** Makes an interaction that waits for its answer from now on. */
  open(origin: NewInteraction): Interaction {
    const interactionId = this.#ids.next();
    const token = makeToken(interactionId);
    const interaction = new Interaction({
      ...origin,
      interactionId,
      token,
      createdAtMs: this.#clock.now(),
    });
    this.#byId.set(interactionId, interaction);
    this.#byToken.set(token, interaction);
    this.#watch(interaction, ANSWER_WITHIN_MS);
    return interaction;
  }

  /**
   * Takes the first answer.
   * @throws DiscordError 10062 unknown or late, 40060 answered before, 50035 or 50006 for its body.
   */
  answer(id: string, token: string, upload: Upload): { interaction: Interaction; callback: Callback } {
    const interaction = this.#byId.get(id);
    if (interaction?.origin.token !== token) throw discordError(10062);
    if (interaction.kind === 'waiting') this.#settleIfLate(interaction);
    if (interaction.kind === 'late') throw discordError(10062);
    if (interaction.kind !== 'waiting') throw discordError(40060);
    const { type, source } = interaction.origin;
    const callback = readCallback(upload.json, type, source !== undefined);
    this.#apply(interaction, callback, upload.files);
    this.#unwatch(interaction);
    return { interaction, callback };
  }

  /**
   * The answered interaction that a token belongs to.
   * @throws DiscordError 10015 unknown or not answered yet, 50027 older than 15 minutes.
   */
  withToken(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.kind === 'waiting' || interaction.kind === 'late')
      throw discordError(10015);
    if (this.#age(interaction) > TOKEN_LIVES_MS) throw discordError(50027);
    return interaction;
  }

  /** Gives an interaction up before its 3 s are over, because the bot's endpoint failed. */
  fail(interaction: Interaction, reason: string): void {
    if (interaction.kind !== 'waiting') return;
    this.#unwatch(interaction);
    interaction.failure = reason;
    interaction.answer('late', this.#clock.now());
  }

  /** The interaction with this id, if it is still known. */
  find(id: string): Interaction | undefined {
    return this.#byId.get(id);
  }

  /** Marks every interaction as late whose 3 s are over by the clock; for tests that move the clock. */
  settleLate(): void {
    for (const interaction of [...this.#timers.keys()]) this.#settleIfLate(interaction);
  }

  /** Where the reply to an interaction goes, and what Discord notes on it. */
  place(interaction: Interaction): NewMessage {
    const { origin } = interaction;
    const { guild, application } = this.#directory.world;
    return {
      channelId: origin.channel.id,
      guildId: guild.id,
      answers: origin.source,
      author: this.#directory.bot(),
      type: replyType(origin),
      extra: {
        webhook_id: application.id,
        application_id: application.id,
        interaction_metadata: replyMetadata(origin, guild.id),
      },
    };
  }

  /** Ends every wait. */
  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const interaction of this.#byId.values()) interaction.close();
  }

  #apply(interaction: Interaction, callback: Callback, files: readonly UploadedFile[]): void {
    const now = this.#clock.now();
    const upload = { json: callback.data, files };
    switch (callback.type) {
      case Answer.ChannelMessageWithSource:
        interaction.answer('message', now, this.#messages.create(upload, this.place(interaction)));
        break;
      case Answer.DeferredChannelMessageWithSource:
        interaction.defer('message', now, this.#loading(interaction, callback.data));
        break;
      case Answer.DeferredMessageUpdate:
        interaction.defer('update', now, interaction.origin.source);
        break;
      case Answer.UpdateMessage:
        interaction.answer('update', now, this.#updated(interaction, upload));
        break;
      case Answer.ApplicationCommandAutocompleteResult:
        interaction.choices = readChoices(callback.data, interaction.origin.numericFocus ?? false);
        interaction.answer('choices', now);
        break;
      case Answer.Modal:
        interaction.modal = readModal(callback.data);
        interaction.answer('modal', now);
        break;
      default:
        throw new Error(`No interaction may be answered by type ${callback.type}`);
    }
  }

  #loading(interaction: Interaction, data: unknown): StoredMessage {
    const flags = (readForm(deferral, data)?.flags ?? 0) & MessageFlags.Ephemeral;
    return this.#messages.createLoading({ ...this.place(interaction), flags });
  }

  #updated(interaction: Interaction, upload: Upload): StoredMessage | undefined {
    const { source } = interaction.origin;
    if (source) this.#messages.edit(source, upload);
    return source;
  }

  /** With a clock of its own the service may be early by it; then it looks again later. */
  #watch(interaction: Interaction, delayMs: number): void {
    const look = () => {
      if (this.#settleIfLate(interaction)) return;
      this.#watch(interaction, Math.max(SHORTEST_WAIT_MS, ANSWER_WITHIN_MS - this.#age(interaction)));
    };
    this.#timers.set(interaction, setTimeout(look, delayMs).unref());
  }

  #unwatch(interaction: Interaction): void {
    clearTimeout(this.#timers.get(interaction));
    this.#timers.delete(interaction);
  }

  #settleIfLate(interaction: Interaction): boolean {
    if (this.#age(interaction) < ANSWER_WITHIN_MS) return false;
    this.#unwatch(interaction);
    interaction.answer('late', this.#clock.now());
    return true;
  }

  #age(interaction: Interaction): number {
    return this.#clock.now() - interaction.origin.createdAtMs;
  }
}

/** Long and opaque as Discord's own. */
function makeToken(interactionId: string): string {
  const secret = randomBytes(60).toString('hex');
  return Buffer.from(`interaction:${interactionId}:${secret}`).toString('base64url');
}
