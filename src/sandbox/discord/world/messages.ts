// Messages: what the bot wrote, as a record that follows every edit.

import {
  type APIAllowedMentions,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  ComponentType,
  EmbedType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import type { Clock } from '../../../util/clock.ts';
import { discordError } from '../wire/errors.ts';
import { type MessageBody, readMessage, refuseEmpty } from '../wire/message.ts';
import { BoundedMap } from './bounded.ts';
import type { Directory } from './directory.ts';
import type { Snowflakes } from './ids.ts';
import { userObject } from './objects.ts';
import type { WorldMember } from './world.ts';

const KEPT_MESSAGES = 10_000;
const KEPT_ON_EDIT = MessageFlags.Ephemeral | MessageFlags.IsComponentsV2;

/** A file that came with a body. `field` is its name in the form, such as `files[0]`. */
export interface UploadedFile {
  field: string;
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A body as it arrived: the JSON part and the files. */
export interface Upload {
  json: unknown;
  files: readonly UploadedFile[];
}

/** A message as the person in front of Discord sees it. Its fields follow later edits. */
export interface MessageView {
  readonly id: string;
  readonly channelId: string;
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  readonly attachments: APIAttachment[];
  /** What the last body said about mentions; undefined when it said nothing. */
  readonly allowedMentions: APIAllowedMentions | undefined;
  readonly ephemeral: boolean;
  /** How often the bot edited it; filling a deferred reply counts. */
  readonly edits: number;
  readonly deleted: boolean;
  /** The message object as Discord answers it. */
  readonly raw: APIMessage | undefined;
}

/** Where a new message goes. */
export interface NewMessage {
  channelId: string;
  author: WorldMember;
  /** Flags that the body does not decide, such as LOADING. */
  flags?: number;
  type?: MessageType;
  /** What only some messages have: `interaction_metadata`, `webhook_id`, … */
  extra?: Partial<APIMessage>;
}

/** One message. */
export class StoredMessage implements MessageView {
  raw: APIMessage;
  allowedMentions: APIAllowedMentions | undefined;
  edits = 0;
  deleted = false;

  constructor(raw: APIMessage, allowedMentions?: APIAllowedMentions) {
    this.raw = raw;
    this.allowedMentions = allowedMentions;
  }

  get id(): string {
    return this.raw.id;
  }

  get channelId(): string {
    return this.raw.channel_id;
  }

  get content(): string {
    return this.raw.content;
  }

  get embeds(): APIEmbed[] {
    return this.raw.embeds;
  }

  get components(): APIMessageTopLevelComponent[] {
    return this.raw.components ?? [];
  }

  get attachments(): APIAttachment[] {
    return this.raw.attachments;
  }

  get ephemeral(): boolean {
    return this.has(MessageFlags.Ephemeral);
  }

  /** Whether this is a deferred reply that nobody filled yet. */
  get loading(): boolean {
    return this.has(MessageFlags.Loading);
  }

  has(flag: MessageFlags): boolean {
    return Boolean((this.raw.flags ?? 0) & flag);
  }
}

/** What happened to a message. */
export type MessageChange = 'created' | 'edited' | 'deleted';

/** All messages of the guild, the newest 10,000 of them. */
export class MessageStore {
  /** Called after every change that everybody sees: of all messages but ephemeral ones. */
  onChange: ((change: MessageChange, message: StoredMessage) => void) | undefined;
  readonly #messages = new BoundedMap<StoredMessage>(KEPT_MESSAGES);
  readonly #directory: Directory;
  readonly #ids: Snowflakes;
  readonly #clock: Clock;

  constructor(directory: Directory, ids: Snowflakes, clock: Clock) {
    this.#directory = directory;
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

  /** Writes a message. @throws DiscordError 50035 or 50006 */
  create(upload: Upload, into: NewMessage): StoredMessage {
    const body = readMessage(upload.json);
    refuseEmpty(body, upload.files.length);
    return this.#add(body, upload.files, into);
  }

  /** Writes the "is thinking…" message of a deferred reply. */
  createLoading(into: NewMessage): StoredMessage {
    return this.#add(readMessage({}), [], { ...into, flags: (into.flags ?? 0) | MessageFlags.Loading });
  }

  /** Edits a message; what the body leaves out stays. @throws DiscordError 50035 or 50006 */
  edit(message: StoredMessage, upload: Upload): void {
    const before = (message.raw.flags ?? 0) & KEPT_ON_EDIT;
    const body = readMessage(upload.json, before);
    const next = {
      content: body.content === undefined ? message.content : body.content,
      embeds: body.embeds === undefined ? message.embeds : body.embeds,
      components: body.components === undefined ? message.components : body.components,
      attachments: [...this.#kept(message, body), ...this.#attachments(upload.files, message.channelId)],
    };
    refuseEmpty({ ...next, hasMore: body.hasMore }, next.attachments.length);
    message.raw = {
      ...message.raw,
      content: next.content ?? '',
      embeds: (next.embeds ?? []).map(asSent),
      components: numbered(next.components ?? []),
      attachments: next.attachments,
      flags: before | (body.flags & ~MessageFlags.Ephemeral),
      edited_timestamp: this.#timestamp(),
    };
    message.allowedMentions = body.allowedMentions ?? undefined;
    message.edits += 1;
    this.#announce('edited', message);
  }

  /** Deletes a message; its record stays with whoever holds it. */
  delete(message: StoredMessage): void {
    message.deleted = true;
    this.#messages.delete(message.id);
    this.#announce('deleted', message);
  }

  #announce(change: MessageChange, message: StoredMessage): void {
    if (!message.ephemeral) this.onChange?.(change, message);
  }

  #add(body: MessageBody, files: readonly UploadedFile[], into: NewMessage): StoredMessage {
    const id = this.#ids.next();
    const raw: APIMessage = {
      id,
      channel_id: into.channelId,
      type: into.type ?? MessageType.Default,
      author: userObject(into.author),
      content: body.content ?? '',
      embeds: (body.embeds ?? []).map(asSent),
      components: numbered(body.components ?? []),
      attachments: this.#attachments(files, into.channelId),
      mentions: this.#mentions(body.content ?? ''),
      mention_roles: [],
      mention_everyone: false,
      timestamp: this.#timestamp(),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      flags: body.flags | (into.flags ?? 0),
      ...into.extra,
    };
    const message = new StoredMessage(raw, body.allowedMentions ?? undefined);
    this.#messages.set(id, message);
    this.#announce('created', message);
    return message;
  }

  #attachments(files: readonly UploadedFile[], channelId: string): APIAttachment[] {
    return files.map((file) => {
      const id = this.#ids.next();
      const url = `https://cdn.discordapp.com/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}`;
      const size = file.bytes.byteLength;
      return { id, filename: file.name, size, url, proxy_url: url, content_type: file.type };
    });
  }

  /** Without an `attachments` list all files stay; with one, only those that it names. */
  #kept(message: StoredMessage, body: MessageBody): APIAttachment[] {
    const { keptAttachments } = body;
    if (!keptAttachments) return message.attachments;
    return message.attachments.filter((each) => keptAttachments.includes(each.id));
  }

  #mentions(content: string) {
    const ids = new Set(Array.from(content.matchAll(/<@!?(\d+)>/g), ([, id]) => id ?? ''));
    const members = [...ids].map((id) => this.#directory.findMember(id));
    return members.filter((member) => member !== undefined).map(userObject);
  }

  #timestamp(): string {
    // Microseconds and an offset, as Discord writes them.
    return new Date(this.#clock.now()).toISOString().replace('Z', '000+00:00');
  }
}

/** What Discord adds to an embed: every one of a bot is "rich", and a field says whether it is inline. */
function asSent(embed: APIEmbed): APIEmbed {
  const fields = embed.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
  return { ...embed, type: EmbedType.Rich, ...(fields ? { fields } : {}) };
}

/** Discord numbers the components that a body leaves without an id. */
function numbered(components: APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  let last = 0;
  return components.map((component) => {
    last += 1;
    const own = component.id ?? last;
    if (component.type !== ComponentType.ActionRow) return { ...component, id: own };
    const inner = component.components.map((each) => {
      last += 1;
      return { ...each, id: each.id ?? last };
    });
    return { ...component, id: own, components: inner };
  });
}
