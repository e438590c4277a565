// Tells connected bots what became of messages.
// https://docs.discord.com/developers/events/gateway-events#messages

import { GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { DirectChannels } from '../world/direct.ts';
import type { Directory } from '../world/directory.ts';
import type { MessageChange } from '../world/messages/messages.ts';
import type { StoredMessage } from '../world/messages/stored-message.ts';
import { memberObject } from '../world/objects.ts';
import type { Gateway } from './gateway.ts';

interface Surroundings {
  readonly gateway: Gateway;
  readonly directory: Directory;
  readonly direct: DirectChannels;
}

/** @param messages of one channel; only several when they were deleted in bulk */
export function announceMessages(
  { gateway, directory, direct }: Surroundings,
  change: MessageChange,
  messages: readonly StoredMessage[],
): void {
  const [first] = messages;
  if (!first) return;
  const isDirect = direct.find(first.channelId) !== undefined;
  const place = { channel_id: first.channelId, ...(isDirect ? {} : { guild_id: directory.world.guild.id }) };
  const tell = (event: Event, data: object) => {
    if (isDirect) gateway.dispatchDirect(event, data, Intent.DirectMessages);
    else gateway.dispatch(event, data, Intent.GuildMessages);
  };
  if (change === 'bulkDeleted')
    tell(Event.MessageDeleteBulk, { ids: messages.map(({ id }) => id), ...place });
  else if (change === 'deleted') tell(Event.MessageDelete, { id: first.id, ...place });
  else announceContent(change === 'created' ? Event.MessageCreate : Event.MessageUpdate, first);

  function announceContent(event: Event, { raw }: StoredMessage): void {
    // Direct messages are never veiled, and have no member.
    const author = raw.webhook_id ? undefined : directory.findMember(raw.author.id);
    if (isDirect) tell(event, raw);
    else gateway.dispatchMessage(event, raw, author && memberObject(directory, author));
  }
}
