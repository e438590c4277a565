// The state of the Chat service: accounts and groups, with plain methods to build and inspect it.
import type { GroupType, Role } from '../../../chat/protocol/schemas.ts';
import type { Clock } from '../../../util/clock.ts';
import { Group, type GroupSpec, type Member } from './group.ts';
import type { OneToOneMessage } from './one-to-one.ts';
import { PermissionGroup, type PermissionGroupSpec } from './permission-group.ts';
import type { Message, Platform } from './place.ts';
import { Topic } from './topic.ts';

export interface Account {
  readonly userId: string;
  /** Profile values by tag, such as `Tag_Profile_IM_Nick`. */
  readonly profile: Map<string, unknown>;
}

export interface AccountSpec {
  readonly userId: string;
  readonly nick?: string | undefined;
  readonly faceUrl?: string | undefined;
}

export interface MemberSpec {
  readonly role?: Exclude<Role, 'Owner'>;
  readonly nameCard?: string;
  /** How many seconds ago the member joined; 0 unless told. */
  readonly secondsAgo?: number;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface MessageSpec {
  readonly from: string;
  readonly text: string;
  /** How many seconds ago it was sent. */
  readonly secondsAgo?: number;
  /** Topic of the group. */
  readonly topicId?: string;
}

/** What was handed to one account: a one-to-one message, or a notification of a group's system. */
export interface Notice {
  /** The notification's content, or the words of the message's text elements. */
  readonly text: string;
  readonly from: string;
  /** Unix seconds. */
  readonly time: number;
  /** The group that notified; absent for a one-to-one message. */
  readonly group?: string;
  /** The topic that notified. */
  readonly topic?: string;
  /** `MsgRandom` of a one-to-one message. */
  readonly random?: number;
}

/** Ends of an account's mutes in all groups and in all one-to-one chats, in Unix seconds. */
export interface Silence {
  readonly groups: number;
  readonly oneToOne: number;
}

export const nickTag = 'Tag_Profile_IM_Nick';
export const imageTag = 'Tag_Profile_IM_Image';

/** A message body of one text element. */
export const textBody = (text: string) => [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }];

export class World {
  readonly clock: Clock;
  readonly accounts = new Map<string, Account>();
  readonly groups = new Map<string, Group>();
  /** Keys of members' custom fields that the app has declared: at most 5, as in the console. */
  readonly memberFields = new Set<string>();
  /** Mutes of accounts in the whole app, by account. */
  readonly silences = new Map<string, Silence>();
  /** Who is logged in, and from what. */
  readonly online = new Map<string, Platform>();
  /** One-to-one messages, oldest first. */
  readonly oneToOne: OneToOneMessage[] = [];
  readonly #inboxes = new Map<string, Notice[]>();
  #madeGroups = 0;
  #madeMessages = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Imports an account, or updates what the specification names of it. */
  addAccount(spec: AccountSpec): Account {
    const account = this.accounts.get(spec.userId) ?? { userId: spec.userId, profile: new Map() };
    if (spec.nick !== undefined) account.profile.set(nickTag, spec.nick);
    if (spec.faceUrl !== undefined) account.profile.set(imageTag, spec.faceUrl);
    this.accounts.set(spec.userId, account);
    return account;
  }

  /** A number for a message that names none: counted up, so that two worlds made alike are alike. */
  nextRandom(): number {
    this.#madeMessages += 1;
    return this.#madeMessages;
  }

  /** Forgets everything. */
  clear(): void {
    for (const part of [this.accounts, this.groups, this.silences, this.online, this.#inboxes]) part.clear();
    this.memberFields.clear();
    this.oneToOne.length = 0;
  }

  /** Takes an account away, out of every group. @returns false when there is none */
  removeAccount(userId: string): boolean {
    for (const group of this.groups.values()) group.leave(userId);
    this.online.delete(userId);
    this.silences.delete(userId);
    this.#inboxes.delete(userId);
    return this.accounts.delete(userId);
  }

  /** Whether an account is muted in all groups of the app. */
  isSilent(userId: string, where: keyof Silence): boolean {
    return (this.silences.get(userId)?.[where] ?? 0) > this.now();
  }

  /** What a profile shows under a tag, or an empty text. */
  profileText(userId: string, tag: string): string {
    const value = this.accounts.get(userId)?.profile.get(tag);
    return typeof value === 'string' ? value : '';
  }

  /** Makes a group; its owner becomes a member, except in a live room. */
  addGroup(spec: GroupSpec): Group {
    const group = new Group(spec, this.now() - (spec.secondsAgo ?? 0));
    this.groups.set(spec.id, group);
    return group;
  }

  /** An ID of the kind that Chat makes when the caller names none. */
  newGroupId(type: GroupType): string {
    const number = this.#nextNumber();
    return type === 'Community' ? `@TGS#_@TGS#cS${number}` : `@TGS#2S${number}`;
  }

  /** An ID of the kind that Chat makes for a topic. */
  newTopicId(groupId: string): string {
    return `${groupId}@TOPIC#_@TOPIC#cS${this.#nextNumber()}`;
  }

  newPermissionGroupId(): string {
    return `@PMG#_@PMG#cS${this.#nextNumber()}`;
  }

  #nextNumber(): string {
    this.#madeGroups += 1;
    return this.#madeGroups.toString(36).toUpperCase().padStart(7, '0');
  }

  /** The group, for code that knows that it exists. @throws Error when it does not */
  group(groupId: string): Group {
    const group = this.groups.get(groupId);
    if (group === undefined) throw new Error(`the sandbox has no group ${JSON.stringify(groupId)}`);
    return group;
  }

  /** The topic, for code that knows that it exists. @throws Error when it does not */
  topic(groupId: string, topicId: string): Topic {
    const topic = this.group(groupId).topics.get(topicId);
    if (topic === undefined) throw new Error(`the sandbox has no topic ${JSON.stringify(topicId)}`);
    return topic;
  }

  /** Makes a topic, without webhooks. */
  addTopic(groupId: string, topicId: string, name: string, secondsAgo = 0): Topic {
    const topic = new Topic(topicId, { TopicName: name }, this.now() - secondsAgo);
    this.group(groupId).topics.set(topicId, topic);
    return topic;
  }

  /** Makes a permission group. */
  addPermissionGroup(
    groupId: string,
    spec: PermissionGroupSpec,
    createTime: number = this.now(),
  ): PermissionGroup {
    const made = new PermissionGroup(spec, createTime);
    this.group(groupId).permissionGroups.set(spec.id, made);
    return made;
  }

  member(groupId: string, userId: string): Member | undefined {
    return this.groups.get(groupId)?.members.get(userId);
  }

  isMuted(groupId: string, userId: string): boolean {
    return this.groups.get(groupId)?.isMuted(userId, this.now()) ?? false;
  }

  isBanned(groupId: string, userId: string): boolean {
    return this.groups.get(groupId)?.isBanned(userId, this.now()) ?? false;
  }

  messages(groupId: string): readonly Message[] {
    return this.groups.get(groupId)?.messages ?? [];
  }

  /** What was handed to an account, oldest first. */
  inbox(userId: string): readonly Notice[] {
    return this.#inboxes.get(userId) ?? [];
  }

  /** Hands a notice to an account. */
  hand(userId: string, notice: Notice): void {
    const inbox = this.#inboxes.get(userId);
    if (inbox === undefined) this.#inboxes.set(userId, [notice]);
    else inbox.push(notice);
  }

  /** Puts an account into a group without any notice; in a live room it comes online. */
  addMember(groupId: string, userId: string, spec: MemberSpec = {}): void {
    const group = this.group(groupId);
    this.addAccount({ userId });
    const member = group.join(userId, this.now() - (spec.secondsAgo ?? 0), spec.role);
    if (member === undefined) {
      if (spec.role === 'Admin') group.liveAdmins.add(userId);
      return;
    }
    member.nameCard = spec.nameCard ?? '';
    for (const [key, value] of Object.entries(spec.fields ?? {})) member.fields.set(key, value);
  }

  /** Puts a text message into a group's history, without checks and webhooks. */
  addMessage(groupId: string, { from, text, secondsAgo = 0, topicId }: MessageSpec): Message {
    const place = topicId === undefined ? this.group(groupId) : this.topic(groupId, topicId);
    return place.store({
      from,
      random: this.nextRandom(),
      time: this.now() - secondsAgo,
      priority: 2,
      body: textBody(text),
      isSystem: false,
      cloudCustomData: '',
      platform: 'Web',
    });
  }
}
