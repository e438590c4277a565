// One thing a person did, and what the bot has answered to it so far.

import type {
  APIAllowedMentions,
  APIAttachment,
  APIEmbed,
  APIMessage,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from 'discord-api-types/v10';
import type { OfferedChoice } from '../../wire/callback.ts';
import { TypingRefused } from '../../wire/errors.ts';
import type { MessageView, StoredMessage } from '../messages/stored-message.ts';
import type { WorldChannel, WorldMember } from '../world.ts';

/** What the first answer was; `late` when none came within 3 s, `waiting` until one comes. */
export type ReplyKind = 'waiting' | 'message' | 'update' | 'modal' | 'choices' | 'late';

/** What the bot answered. All fields follow what the bot does later. */
export interface Reply extends MessageView {
  readonly interactionId: string;
  readonly kind: ReplyKind;
  /** Whether the first answer only promised one (callback types 5 and 6). */
  readonly deferred: boolean;
  /** Whether a deferred reply is still without its content. */
  readonly pending: boolean;
  /** Milliseconds from the interaction to the first answer, by the service's clock. */
  readonly afterMs: number;
  readonly followUps: readonly MessageView[];
  /** The modal that the bot opened, when `kind` is `modal`. */
  readonly modal: APIModalInteractionResponseCallbackData | undefined;
  /** The choices of an autocomplete answer. */
  readonly choices: readonly OfferedChoice[];
  /** Why nothing came over HTTP, when `kind` is `late` and the bot has an interactions endpoint. */
  readonly failure: string | undefined;
}

/** What is known of an interaction when it is made. */
export interface InteractionOrigin {
  readonly interactionId: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly createdAtMs: number;
  readonly member: WorldMember;
  readonly channel: WorldChannel;
  readonly locale: string;
  /** Type of the command: 1 slash, 2 user menu, 3 message menu. */
  readonly commandType?: number;
  /** The message that a component, or the modal it opened, belongs to. */
  readonly source?: StoredMessage;
  /** The interaction that opened the modal which this one submits. */
  readonly openedBy?: InteractionOrigin;
  /** Whether the focused option of an autocomplete is a number. */
  readonly numericFocus?: boolean;
}

/** An interaction and the state of its answer. */
export class Interaction implements Reply {
  readonly origin: InteractionOrigin;
  kind: ReplyKind = 'waiting';
  deferred = false;
  pending = false;
  afterMs = 0;
  message: StoredMessage | undefined;
  modal: APIModalInteractionResponseCallbackData | undefined;
  choices: OfferedChoice[] = [];
  failure: string | undefined;
  readonly followUps: StoredMessage[] = [];
  readonly #watchers = new Set<() => void>();
  #editsBefore = 0;
  #closed = false;

  constructor(origin: InteractionOrigin) {
    this.origin = origin;
  }

  get interactionId(): string {
    return this.origin.interactionId;
  }

  get id(): string {
    return this.message?.id ?? '';
  }

  get channelId(): string {
    return this.origin.channel.id;
  }

  get content(): string {
    return this.message?.content ?? '';
  }

  get embeds(): APIEmbed[] {
    return this.message?.embeds ?? [];
  }

  get components(): APIMessageTopLevelComponent[] {
    return this.message?.components ?? [];
  }

  get attachments(): APIAttachment[] {
    return this.message?.attachments ?? [];
  }

  get allowedMentions(): APIAllowedMentions | undefined {
    return this.message?.allowedMentions;
  }

  get ephemeral(): boolean {
    return this.message?.ephemeral ?? false;
  }

  get edits(): number {
    return (this.message?.edits ?? 0) - this.#editsBefore;
  }

  get deleted(): boolean {
    return this.message?.deleted ?? false;
  }

  get raw(): APIMessage | undefined {
    return this.message?.raw;
  }

  /** Notes the first answer, which arrived at `nowMs`. */
  answer(kind: ReplyKind, nowMs: number, message?: StoredMessage): void {
    this.kind = kind;
    this.afterMs = nowMs - this.origin.createdAtMs;
    this.message = message;
    this.#editsBefore = message?.edits ?? 0;
    this.changed();
  }

  /** Notes a first answer that only promises one. */
  defer(kind: ReplyKind, nowMs: number, message: StoredMessage | undefined): void {
    this.deferred = true;
    this.pending = true;
    this.answer(kind, nowMs, message);
  }

  /** Notes that an edit, a follow-up or a deletion fulfilled the promise, if there was one. */
  fulfil(): void {
    this.pending = false;
    this.changed();
  }

  /** Tells everyone who waits that something about the answer changed. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Ends every wait: nothing will come any more. */
  close(): void {
    this.#closed = true;
    this.changed();
  }

  /**
   * Waits until the answer is as the test wants it.
   * @throws TypingRefused `offline` when the service closes first; the signal's reason when it aborts.
   */
  async until(isEnough: (reply: Reply) => boolean, signal?: AbortSignal): Promise<Reply> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => {
      if (isEnough(this)) resolve();
      else if (this.#closed) reject(new TypingRefused('offline', 'The Discord service was closed'));
    };
    const stop = () => reject(signal?.reason);
    this.#watchers.add(look);
    signal?.addEventListener('abort', stop);
    look();
    try {
      await promise;
    } finally {
      this.#watchers.delete(look);
      signal?.removeEventListener('abort', stop);
    }
    return this;
  }

  /** Waits for the first answer, or for what fulfils it when it was deferred. */
  settled(signal?: AbortSignal): Promise<Reply> {
    return this.until((reply) => reply.kind !== 'waiting' && !reply.pending, signal);
  }
}
