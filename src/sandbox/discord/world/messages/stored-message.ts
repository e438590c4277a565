// A message as the stand-in keeps it, and as the person in front of Discord sees it.

import {
  type APIAllowedMentions,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  MessageFlags,
} from 'discord-api-types/v10';

/** A message as the person in front of Discord sees it. Its fields follow later edits. */
export interface MessageView {
  readonly id: string;
  readonly channelId: string;
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  /** The files that no embed or component shows. */
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

/** One message. */
export class StoredMessage implements MessageView {
  raw: APIMessage;
  allowedMentions: APIAllowedMentions | undefined;
  /** All files, with those that an embed or component shows. */
  files: readonly APIAttachment[];
  edits = 0;
  deleted = false;

  constructor(raw: APIMessage, files: readonly APIAttachment[], allowedMentions?: APIAllowedMentions) {
    this.raw = raw;
    this.files = files;
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
