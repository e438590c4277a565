// Where messages go: what a group and a topic have in common.
import { PERMANENT } from '../../../chat/protocol/schemas.ts';

/** Where an action came from: a REST call or a user's client. */
export type Platform = 'RESTAPI' | 'Web' | 'Android' | 'iOS' | 'Windows' | 'Mac';

export interface Message {
  readonly seq: number;
  readonly from: string;
  readonly random: number;
  /** Unix seconds. */
  readonly time: number;
  /** 1 High, 2 Normal, 3 Low. */
  readonly priority: number;
  /** The elements of the message. */
  body: readonly unknown[];
  readonly isSystem: boolean;
  cloudCustomData: string;
  /** Where the sender sent it from. */
  readonly platform: Platform;
  state: 'normal' | 'deleted' | 'recalled';
}

export class Place {
  lastMsgTime = 0;
  nextMsgSeq = 1;
  /** End of every mute in Unix seconds, by account. An end that has passed stays stored. */
  readonly mutes = new Map<string, number>();
  readonly messages: Message[] = [];
  /** Last message by sender and random, to recognise repeats. */
  readonly #sent = new Map<string, Message>();

  /** Mutes for that many seconds from `now`, or unmutes when 0. The end is capped at the permanent value. */
  mute(account: string, seconds: number, now: number): void {
    if (seconds === 0) this.mutes.delete(account);
    else this.mutes.set(account, Math.min(now + seconds, PERMANENT));
  }

  isMuted(account: string, now: number): boolean {
    return (this.mutes.get(account) ?? 0) > now;
  }

  /** Stores a message under the next sequence number. */
  store(message: Omit<Message, 'seq' | 'state'>): Message {
    const stored: Message = { ...message, seq: this.nextMsgSeq, state: 'normal' };
    this.restore(stored);
    return stored;
  }

  /** Puts a message that has its number already at the end. */
  restore(stored: Message): void {
    this.nextMsgSeq = stored.seq + 1;
    this.lastMsgTime = stored.time;
    this.messages.push(stored);
    this.#sent.set(`${stored.random} ${stored.from}`, stored);
  }

  /** The stored message of this sender with this random, if any. */
  sentBefore(from: string, random: number): Message | undefined {
    return this.#sent.get(`${random} ${from}`);
  }

  message(seq: number): Message | undefined {
    // Sequence numbers start at 1 and have no gaps.
    return this.messages[seq - 1];
  }
}
