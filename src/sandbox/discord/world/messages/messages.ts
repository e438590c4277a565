// Every message, of the bot and of people, as a record that follows each edit.

import {
  type APIAttachment,
  type APIMessage,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import type { Clock } from '../../../../util/clock.ts';
import type { Upload, UploadedFile } from '../../wire/body.ts';
import { discordError, invalidForm } from '../../wire/errors.ts';
import { type MessageBody, readMessage, refuseEmpty } from '../../wire/message.ts';
import { BoundedMap } from '../bounded.ts';
import type { Directory } from '../directory.ts';
import type { Snowflakes } from '../ids.ts';
import { userObject } from '../objects.ts';
import type { WorldMember } from '../world.ts';
import type { FileStore } from './files.ts';
import { show } from './shown.ts';
import { StoredMessage } from './stored-message.ts';

const KEPT_MESSAGES = 10_000;
const KEPT_NONCES = 1_000;
/** "The past few minutes" in which a nonce is not used twice. */
const NONCE_HOLDS_MS = 5 * 60_000;
const KEPT_ON_EDIT = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;

/** Where a new message goes. */
export interface NewMessage {
  readonly channelId: string;
  readonly author: WorldMember;
  /** Absent in direct messages. */
  readonly guildId?: string | undefined;
  /** Flags that the body does not decide, such as LOADING. */
  readonly flags?: number;
  readonly type?: MessageType;
  /** The message that it answers, when the body does not say. */
  readonly answers?: StoredMessage | undefined;
  /** What only some messages have: `interaction_metadata`, `webhook_id`, … */
  readonly extra?: Partial<APIMessage>;
}

/** What happened to messages: one to each but `bulkDeleted`. */
export type MessageChange = 'created' | 'edited' | 'deleted' | 'bulkDeleted';

/** All messages, the newest 10,000 of them. */
export class MessageStore {
  /** Called after every change that everybody sees: of all messages but ephemeral ones. */
  onChange: ((change: MessageChange, messages: readonly StoredMessage[]) => void) | undefined;
  readonly #messages = new BoundedMap<StoredMessage>(KEPT_MESSAGES);
  readonly #nonces = new BoundedMap<StoredMessage>(KEPT_NONCES);
  readonly #directory: Directory;
  readonly #files: FileStore;
  readonly #ids: Snowflakes;
  readonly #clock: Clock;

  constructor(directory: Directory, files: FileStore, ids: Snowflakes, clock: Clock) {
    this.#directory = directory;
    this.#files = files;
    this.#ids = ids;
    this.#clock = clock;
  }

  /** The message with this id. @throws DiscordError 10008 */
  get(id: string): StoredMessage {
    const message = this.#messages.get(id);
    if (!message) throw discordError(10008);
    return message;
  }

  /** The messages of a channel that everybody sees, oldest first. */
  inChannel(channelId: string): StoredMessage[] {
    return [...this.#messages.values()].filter(
      (message) => message.channelId === channelId && !message.ephemeral,
    );
  }

  /**
   * Writes a message. With `enforce_nonce`, one of the same nonce that was written lately is returned in its place.
   * @throws DiscordError 50035 or 50006
   */
  create(upload: Upload, into: NewMessage): StoredMessage {
    const body = readMessage(upload.json);
    refuseEmpty(body, upload.files.length);
    const nonceKey = `${into.channelId}:${into.author.id}:${body.nonce}`;
    const earlier = body.enforceNonce ? this.#nonces.get(nonceKey) : undefined;
    if (earlier && this.#age(earlier) < NONCE_HOLDS_MS) return earlier;
    const message = this.#add(body, upload.files, into);
    if (body.nonce !== undefined) this.#nonces.set(nonceKey, message);
    return message;
  }

  /** Writes the "is thinking…" message of a deferred reply. */
  createLoading(into: NewMessage): StoredMessage {
    return this.#add(readMessage({}), [], { ...into, flags: (into.flags ?? 0) | MessageFlags.Loading });
  }

  /** Edits a message; what the body leaves out stays. @throws DiscordError 50035 or 50006 */
  edit(message: StoredMessage, upload: Upload): void {
    const before = (message.raw.flags ?? 0) & KEPT_ON_EDIT;
    const body = readMessage(upload.json, before);
    const files = [...kept(message, body), ...this.#store(upload.files, message.channelId, body)];
    const content = body.content === undefined ? message.content : body.content;
    const embeds = body.embeds === undefined ? message.embeds : body.embeds;
    const components = body.components === undefined ? message.components : body.components;
    refuseEmpty({ content, embeds, components }, files.length);
    message.raw = {
      ...message.raw,
      content: content ?? '',
      ...this.#show(files, { embeds, components }),
      flags: before | (body.flags & ~MessageFlags.Ephemeral),
      edited_timestamp: this.#timestamp(),
    };
    message.files = files;
    message.allowedMentions = body.allowedMentions ?? undefined;
    message.edits += 1;
    this.#announce('edited', [message]);
  }

  /** Deletes a message; its record stays with whoever holds it. */
  delete(message: StoredMessage): void {
    this.#remove(message);
    this.#announce('deleted', [message]);
  }

  /** Deletes several at once, which is told in one event. */
  deleteAll(messages: readonly StoredMessage[]): void {
    for (const message of messages) this.#remove(message);
    if (messages.length > 0) this.#announce('bulkDeleted', messages);
  }

  /** What replies to a message that is gone has `null` in its place. */
  #remove(message: StoredMessage): void {
    message.deleted = true;
    this.#messages.delete(message.id);
    for (const { raw } of this.#messages.values()) {
      if (raw.message_reference?.message_id === message.id) raw.referenced_message = null;
    }
  }

  #announce(change: MessageChange, messages: readonly StoredMessage[]): void {
    const seen = messages.filter(({ ephemeral }) => !ephemeral);
    if (seen.length > 0) this.onChange?.(change, seen);
  }

  #add(body: MessageBody, uploads: readonly UploadedFile[], into: NewMessage): StoredMessage {
    const answered = into.answers ?? this.#referenced(body, into);
    const files = this.#store(uploads, into.channelId, body);
    const id = this.#ids.next();
    const raw: APIMessage = {
      id,
      channel_id: into.channelId,
      type: into.type ?? MessageType.Default,
      author: userObject(into.author),
      content: body.content ?? '',
      ...this.#show(files, body),
      mentions: this.#mentions(body, answered),
      mention_roles: [],
      mention_everyone: false,
      timestamp: this.#timestamp(),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      flags: body.flags | (into.flags ?? 0),
      ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
      ...(answered ? replyTo(answered, into.guildId) : {}),
      ...into.extra,
    };
    const message = new StoredMessage(raw, files, body.allowedMentions ?? undefined);
    this.#messages.set(id, message);
    this.#announce('created', [message]);
    return message;
  }

  /** The message that a body replies to. @throws DiscordError 50035 when there is none, unless that was allowed for */
  #referenced({ reference }: MessageBody, { channelId }: NewMessage): StoredMessage | undefined {
    if (!reference) return undefined;
    const found = this.#messages.get(reference.messageId);
    if (found && !found.ephemeral && found.channelId === channelId) return found;
    if (!reference.failIfNotExists) return undefined;
    const code = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';
    throw invalidForm([{ path: ['message_reference'], code, message: 'Unknown message' }]);
  }

  #store(uploads: readonly UploadedFile[], channelId: string, body: MessageBody): APIAttachment[] {
    return uploads.map((file) => this.#files.add(file, channelId, body.descriptions.get(file.field)));
  }

  #show(files: readonly APIAttachment[], { embeds, components }: Pick<MessageBody, 'embeds' | 'components'>) {
    return show(files, embeds ?? [], components ?? [], () => this.#ids.next());
  }

  /** Whoever is replied to is mentioned, unless the body says otherwise. */
  #mentions({ content, allowedMentions }: MessageBody, answered: StoredMessage | undefined) {
    const ids = new Set(Array.from((content ?? '').matchAll(/<@!?(\d+)>/g), ([, id]) => id ?? ''));
    const mentionsAnswered = allowedMentions ? allowedMentions.replied_user : true;
    if (answered && mentionsAnswered) ids.add(answered.raw.author.id);
    const members = [...ids].map((id) => this.#directory.findMember(id));
    return members.filter((member) => member !== undefined).map(userObject);
  }

  #age(message: StoredMessage): number {
    return this.#clock.now() - Date.parse(message.raw.timestamp);
  }

  #timestamp(): string {
    // Microseconds and an offset, as Discord writes them.
    return new Date(this.#clock.now()).toISOString().replace('Z', '000+00:00');
  }
}

/** Without an `attachments` list all files stay; with one, only those that it names. */
function kept({ files }: StoredMessage, { keptAttachments }: MessageBody): readonly APIAttachment[] {
  return keptAttachments ? files.filter(({ id }) => keptAttachments.includes(id)) : files;
}

/** https://docs.discord.com/developers/resources/message#message-reference-content-attribution-replies */
function replyTo({ raw }: StoredMessage, guildId: string | undefined): Partial<APIMessage> {
  const { referenced_message: _, ...referenced } = raw;
  const place = { channel_id: raw.channel_id, ...(guildId === undefined ? {} : { guild_id: guildId }) };
  return {
    type: MessageType.Reply,
    message_reference: { type: MessageReferenceType.Default, message_id: raw.id, ...place },
    referenced_message: referenced,
  };
}
