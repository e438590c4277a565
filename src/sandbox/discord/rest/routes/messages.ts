// Routes of channels and the messages in them.
// https://docs.discord.com/developers/resources/message

import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { discordError, type KnownCode } from '../../wire/errors.ts';
import { readMessage } from '../../wire/message.ts';
import { found, holds } from '../../world/directory.ts';
import type { StoredMessage, Upload } from '../../world/messages.ts';
import { channelObject } from '../../world/objects.ts';
import type { WorldChannel } from '../../world/world.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';

const MESSAGES = '/channels/:channel/messages';

interface InChannel {
  Params: { channel: string };
}

interface OfMessage {
  Params: { channel: string; message: string };
}

export function messageRoutes(app: FastifyInstance, parts: Parts): void {
  app.get<InChannel>('/channels/:channel', ({ params }) =>
    channelObject(parts.directory, visible(parts, params.channel)),
  );
  app.get<InChannel>(MESSAGES, ({ params }) =>
    parts.messages
      .inChannel(visible(parts, params.channel).id)
      .slice(-50)
      .reverse()
      .map((message) => message.raw),
  );
  app.post<InChannel>(MESSAGES, (request) => {
    const channel = visible(parts, request.params.channel);
    demand(parts, channel, PermissionFlagsBits.SendMessages, 50013);
    const upload = uploadOf(request);
    if (isAllEmbeds(upload)) demand(parts, channel, PermissionFlagsBits.EmbedLinks, 50013);
    const place = { channelId: channel.id, author: parts.directory.bot() };
    return parts.messages.create(upload, place).raw;
  });
  app.get<OfMessage>(`${MESSAGES}/:message`, ({ params }) => inChannel(parts, params).raw);
  app.patch<OfMessage>(`${MESSAGES}/:message`, (request) => {
    const message = inChannel(parts, request.params);
    if (!isOwn(parts, message)) throw discordError(50005);
    parts.messages.edit(message, uploadOf(request));
    return message.raw;
  });
  app.delete<OfMessage>(`${MESSAGES}/:message`, ({ params }, reply) => {
    const message = inChannel(parts, params);
    const channel = visible(parts, params.channel);
    if (!isOwn(parts, message)) demand(parts, channel, PermissionFlagsBits.ManageMessages, 50013);
    parts.messages.delete(message);
    return reply.code(204).send();
  });
}

function visible(parts: Parts, id: string): WorldChannel {
  const channel = found(parts.directory.findChannel(id), 10003);
  demand(parts, channel, PermissionFlagsBits.ViewChannel, 50001);
  return channel;
}

function demand({ directory }: Parts, channel: WorldChannel, permission: bigint, otherwise: KnownCode): void {
  if (!holds(directory.permissions(directory.bot(), channel), permission)) throw discordError(otherwise);
}

/** What shows nothing without its embeds needs the permission for them. */
function isAllEmbeds({ json, files }: Upload): boolean {
  const { content, embeds, components } = readMessage(json);
  return Boolean(embeds?.length) && !content && !components?.length && files.length === 0;
}

/** Ephemeral messages are reached only through the token of their interaction. */
function inChannel(parts: Parts, { channel, message }: OfMessage['Params']): StoredMessage {
  const { id } = visible(parts, channel);
  const stored = parts.messages.get(message);
  if (stored.channelId !== id || stored.ephemeral) throw discordError(10008);
  return stored;
}

function isOwn({ directory }: Parts, message: StoredMessage): boolean {
  return message.raw.author.id === directory.bot().id;
}
