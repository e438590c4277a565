// Where messages stand: a channel of the guild, or the direct messages with one member; and what the bot may do there.

import { PermissionFlagsBits as Can } from 'discord-api-types/v10';
import { discordError } from '../wire/errors.ts';
import { directChannelObject } from '../world/direct.ts';
import { found, holds } from '../world/directory.ts';
import type { NewMessage } from '../world/messages/messages.ts';
import { channelObject } from '../world/objects.ts';
import type { WorldMember } from '../world/world.ts';
import type { Parts } from './parts.ts';

/** What the bot may do in direct messages; acting on the other's messages is not among it. */
const IN_DIRECT = Can.ViewChannel | Can.SendMessages | Can.ReadMessageHistory | Can.EmbedLinks;

/** A channel that the bot sees. */
export interface Place {
  readonly id: string;
  /** Absent in direct messages. */
  readonly guildId?: string;
  /** The other side of direct messages. */
  readonly member?: WorldMember;
  readonly permissions: bigint;
  /** As Discord answers it. */
  toObject(): object;
}

/** @throws DiscordError 10003 for a channel that does not exist, 50001 for one that the bot does not see */
export function placeOf({ directory, direct }: Parts, id: string): Place {
  const directChannel = direct.find(id);
  if (directChannel) {
    const { member } = directChannel;
    return { id, member, permissions: IN_DIRECT, toObject: () => directChannelObject(directChannel) };
  }
  const channel = found(directory.channelWithId(id), 10003);
  const permissions = directory.permissions(directory.bot(), channel);
  if (!holds(permissions, Can.ViewChannel)) throw discordError(50001);
  const guildId = directory.world.guild.id;
  return { id, guildId, permissions, toObject: () => channelObject(directory, channel) };
}

/** @throws DiscordError 50013, and 50003 in direct messages */
export function demand(place: Place, permission: bigint): void {
  if (!holds(place.permissions, permission)) throw discordError(place.guildId === undefined ? 50003 : 50013);
}

/** Where a message of the bot goes. */
export function byBot({ directory }: Parts, { id, guildId }: Place): NewMessage {
  return { channelId: id, guildId, author: directory.bot() };
}
