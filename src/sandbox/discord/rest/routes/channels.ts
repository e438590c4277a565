// Routes of channels: one, typing in it, and opening the one for direct messages with a member.
// https://docs.discord.com/developers/resources/channel

import { GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discordError } from '../../wire/errors.ts';
import { readForm, snowflake, unmodelled } from '../../wire/form.ts';
import { directChannelObject } from '../../world/direct.ts';
import { found } from '../../world/directory.ts';
import { memberObject } from '../../world/objects.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';
import { placeOf } from '../place.ts';

const recipient = z.object({
  recipient_id: snowflake,
  access_tokens: unmodelled('direct messages of a group'),
});

interface InChannel {
  Params: { channel: string };
}

export function channelRoutes(app: FastifyInstance, parts: Parts): void {
  app.get<InChannel>('/channels/:channel', ({ params }) => placeOf(parts, params.channel).toObject());
  app.post<InChannel>('/channels/:channel/typing', ({ params }, reply) => {
    startTyping(parts, params.channel);
    return reply.code(204).send();
  });
  app.post('/users/@me/channels', ({ body }) => {
    const { directory, direct } = parts;
    const read = readForm(recipient, uploadOf(body).json);
    const member = found(directory.memberWithId(read.recipient_id), 10013);
    if (member.id === directory.bot().id) throw discordError(50033);
    return directChannelObject(direct.with(member));
  });
}

function startTyping(parts: Parts, channelId: string): void {
  const { directory, clock, dispatch } = parts;
  const { id, guildId } = placeOf(parts, channelId);
  const bot = directory.bot();
  const typing = { channel_id: id, user_id: bot.id, timestamp: Math.floor(clock.now() / 1000) };
  if (guildId === undefined) dispatch(Event.TypingStart, typing, Intent.DirectMessageTyping);
  else {
    const member = memberObject(directory, bot);
    dispatch(Event.TypingStart, { ...typing, guild_id: guildId, member }, Intent.GuildMessageTyping);
  }
}
