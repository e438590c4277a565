// Direct messages: one channel for each member whom the bot writes to, or who writes to the bot.
// https://docs.discord.com/developers/resources/user#create-dm

import { type APIDMChannel, type ChannelFlags, ChannelType } from 'discord-api-types/v10';
import type { Snowflakes } from './ids.ts';
import { userObject } from './objects.ts';
import type { WorldMember } from './world.ts';

const NO_FLAGS = 0 as ChannelFlags;

/** The channel between the bot and one member. */
export interface DirectChannel {
  readonly id: string;
  readonly member: WorldMember;
}

/** Every direct channel that was opened. */
export class DirectChannels {
  readonly #ids: Snowflakes;
  readonly #byMember = new Map<string, DirectChannel>();
  readonly #byId = new Map<string, DirectChannel>();

  constructor(ids: Snowflakes) {
    this.#ids = ids;
  }

  /** The channel with a member, opened when there is none yet. */
  with(member: WorldMember): DirectChannel {
    const known = this.#byMember.get(member.id);
    if (known) return known;
    const channel = { id: this.#ids.next(), member };
    this.#byMember.set(member.id, channel);
    this.#byId.set(channel.id, channel);
    return channel;
  }

  find(id: string): DirectChannel | undefined {
    return this.#byId.get(id);
  }
}

/** https://docs.discord.com/developers/resources/channel#channel-object-example-dm-channel */
export function directChannelObject({ id, member }: DirectChannel): Omit<APIDMChannel, 'name'> {
  return {
    id,
    type: ChannelType.DM,
    last_message_id: null,
    flags: NO_FLAGS,
    recipients: [userObject(member)],
  };
}
