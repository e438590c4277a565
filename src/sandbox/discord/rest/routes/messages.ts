// Routes of the messages in a channel.
// https://docs.discord.com/developers/resources/message

import { PermissionFlagsBits as Can } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Upload } from '../../wire/body.ts';
import { discordError, invalidForm } from '../../wire/errors.ts';
import { readForm, snowflake } from '../../wire/form.ts';
import { readMessage } from '../../wire/message.ts';
import { number, readQuery } from '../../wire/query.ts';
import { holds } from '../../world/directory.ts';
import { timeOf } from '../../world/ids.ts';
import type { StoredMessage } from '../../world/messages/stored-message.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';
import { byBot, demand, type Place, placeOf } from '../place.ts';

const MESSAGES = '/channels/:channel/messages';
const LISTED = 50;
const OLDEST_IN_BULK_MS = 14 * 24 * 3_600_000;

const listQuery = z.object({
  limit: number(1, 100),
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
});
const bulk = z.object({ messages: z.array(snowflake) });

interface InChannel {
  Params: { channel: string };
}

interface OfMessage {
  Params: { channel: string; message: string };
}

export function messageRoutes(app: FastifyInstance, parts: Parts): void {
  app.get<InChannel>(MESSAGES, ({ params, query }) => {
    const place = placeOf(parts, params.channel);
    return pageOf(readable(parts, place), readQuery(listQuery, query)).map(({ raw }) => raw);
  });
  app.post<InChannel>(MESSAGES, ({ params, body }) =>
    write(parts, placeOf(parts, params.channel), uploadOf(body)),
  );
  app.post<InChannel>(`${MESSAGES}/bulk-delete`, ({ params, body }, reply) => {
    deleteInBulk(parts, placeOf(parts, params.channel), uploadOf(body).json);
    return reply.code(204).send();
  });
  app.get<OfMessage>(`${MESSAGES}/:message`, ({ params }) => find(parts, params).raw);
  app.patch<OfMessage>(`${MESSAGES}/:message`, ({ params, body }) => {
    const message = find(parts, params);
    if (!isOwn(parts, message)) throw discordError(50005);
    parts.messages.edit(message, uploadOf(body));
    return message.raw;
  });
  app.delete<OfMessage>(`${MESSAGES}/:message`, ({ params }, reply) => {
    const message = find(parts, params);
    if (!isOwn(parts, message)) demand(placeOf(parts, params.channel), Can.ManageMessages);
    parts.messages.delete(message);
    return reply.code(204).send();
  });
}

function write(parts: Parts, place: Place, upload: Upload) {
  demand(place, Can.SendMessages);
  if (place.member?.refusesDirectMessages) throw discordError(50007);
  const { reference, content, embeds, components } = readMessage(upload.json);
  // What shows nothing without its embeds needs the permission for them.
  const isAllEmbeds = Boolean(embeds?.length) && !content && !components?.length && upload.files.length === 0;
  if (isAllEmbeds) demand(place, Can.EmbedLinks);
  if (reference && !holds(place.permissions, Can.ReadMessageHistory)) throw discordError(160002);
  return parts.messages.create(upload, byBot(parts, place)).raw;
}

/** Without the permission to read the history there is none. */
function readable({ messages }: Parts, { id, permissions }: Place): StoredMessage[] {
  return holds(permissions, Can.ReadMessageHistory) ? messages.inChannel(id) : [];
}

/** A page of a history, newest first. */
function pageOf(history: readonly StoredMessage[], query: z.infer<typeof listQuery>): StoredMessage[] {
  const { limit = LISTED, before, after, around } = query;
  if ([before, after, around].filter((each) => each !== undefined).length > 1) {
    const message = 'Only one of before, after and around may be given.';
    throw invalidForm([{ path: ['around'], code: 'MUTUALLY_EXCLUSIVE', message }]);
  }
  return cut(history, limit, { before, after, around }).toReversed();
}

function cut(
  history: readonly StoredMessage[],
  limit: number,
  { before, after, around }: Pick<z.infer<typeof listQuery>, 'before' | 'after' | 'around'>,
): StoredMessage[] {
  const from = (id: string) => positionFrom(history, id);
  if (before !== undefined) return history.slice(Math.max(0, from(before) - limit), from(before));
  if (after !== undefined) return history.slice(from(nextId(after))).slice(0, limit);
  if (around === undefined) return history.slice(-limit);
  const start = Math.max(0, from(around) - Math.floor(limit / 2));
  return history.slice(start, start + limit);
}

/** How many messages are older than an id. */
function positionFrom(history: readonly StoredMessage[], id: string): number {
  const position = history.findIndex((message) => BigInt(message.id) >= BigInt(id));
  return position < 0 ? history.length : position;
}

function nextId(id: string): string {
  return (BigInt(id) + 1n).toString();
}

function deleteInBulk({ messages, clock }: Parts, place: Place, body: unknown): void {
  if (place.guildId === undefined) throw discordError(50003);
  demand(place, Can.ManageMessages);
  const ids = new Set(readForm(bulk, body).messages);
  if (ids.size < 2 || ids.size > 100) throw discordError(50016);
  const oldest = clock.now() - OLDEST_IN_BULK_MS;
  if ([...ids].some((id) => timeOf(id) < oldest)) throw discordError(50034);
  messages.deleteAll(messages.inChannel(place.id).filter(({ id }) => ids.has(id)));
}

/** Ephemeral messages are reached only through the token of their interaction. */
function find(parts: Parts, { channel, message }: OfMessage['Params']): StoredMessage {
  const { id } = placeOf(parts, channel);
  const stored = parts.messages.get(message);
  if (stored.channelId !== id || stored.ephemeral) throw discordError(10008);
  return stored;
}

function isOwn({ directory }: Parts, message: StoredMessage): boolean {
  return message.raw.author.id === directory.bot().id;
}
