// The `resolved` block of an interaction: the objects behind the ids that options, menus and targets name. Each is a
// partial object of its own kind.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure

import {
  type APIInteractionDataResolved,
  type APIInteractionDataResolvedChannel,
  type APIInteractionDataResolvedGuildMember,
  type APIMessage,
  ChannelType,
} from 'discord-api-types/v10';
import type { Directory } from '../world/directory.ts';
import { channelObject, memberObject, roleObject, userObject } from '../world/objects.ts';
import type { WorldChannel, WorldMember, WorldRole } from '../world/world.ts';

/** A `resolved` block while it is filled. `messages` is only in the data of a message menu. */
export interface ResolvedData extends APIInteractionDataResolved {
  messages?: Record<string, APIMessage>;
}

/** Collects what an interaction names. */
export class Resolved {
  readonly #directory: Directory;
  readonly #by: WorldMember;
  readonly #in: WorldChannel;
  readonly #data: ResolvedData = {};

  /** @param by who does it, and `channel` where: permissions are told for these */
  constructor(directory: Directory, { member, channel }: { member: WorldMember; channel: WorldChannel }) {
    this.#directory = directory;
    this.#by = member;
    this.#in = channel;
  }

  /** Adds a member as two: the user, and the rest with what they may do in the channel of the interaction. */
  addMember(member: WorldMember): void {
    const { user: _, deaf: _deaf, mute: _mute, ...rest } = memberObject(this.#directory, member);
    const permissions = this.#permissions(member, this.#in);
    const partial: APIInteractionDataResolvedGuildMember = { ...rest, permissions };
    this.#data.users = { ...this.#data.users, [member.id]: userObject(member) };
    this.#data.members = { ...this.#data.members, [member.id]: partial };
  }

  addRole(role: WorldRole): void {
    this.#data.roles = { ...this.#data.roles, [role.id]: roleObject(role) };
  }

  /** Adds a channel with what the person and the bot may do in it. */
  addChannel(channel: WorldChannel): void {
    this.#data.channels = { ...this.#data.channels, [channel.id]: this.#channel(channel) };
  }

  addMessage(message: APIMessage): void {
    this.#data.messages = { ...this.#data.messages, [message.id]: message };
  }

  /** `{ resolved }`, or nothing when nothing was named. */
  toData(): { resolved?: ResolvedData } {
    return Object.keys(this.#data).length > 0 ? { resolved: this.#data } : {};
  }

  #channel(channel: WorldChannel): APIInteractionDataResolvedChannel {
    const object = channelObject(this.#directory, channel);
    const permissions = this.#permissions(this.#by, channel);
    const appPermissions = this.#permissions(this.#directory.bot(), channel);
    if (object.type === ChannelType.PrivateThread) {
      const { message_count: _, member_count: _members, total_message_sent: _sent, ...partial } = object;
      return { ...partial, permissions, app_permissions: appPermissions };
    }
    const { permission_overwrites: _, ...partial } = object;
    return { ...partial, permissions, app_permissions: appPermissions };
  }

  #permissions(member: WorldMember, channel: WorldChannel): string {
    return this.#directory.permissions(member, channel).toString();
  }
}
