// Routes that answer interactions; the token in the path is all the authentication they need.
// https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints

import { InteractionResponseType } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discordError } from '../../wire/errors.ts';
import { unmodelled } from '../../wire/form.ts';
import { flag, readQuery } from '../../wire/query.ts';
import type { Interaction } from '../../world/interactions/interaction.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';

const WEBHOOK = '/webhooks/:application/:token';

const callbackQuery = z.object({ with_response: flag });
const webhookQuery = z.object({ thread_id: unmodelled('webhooks in threads') });

interface Answered {
  Params: { interaction: string; token: string };
}

interface OfWebhook {
  Params: { application: string; token: string };
}

interface OfMessage {
  Params: { application: string; token: string; message: string };
}

export function callbackRoute(app: FastifyInstance, { interactions }: Parts): void {
  app.post<Answered>('/interactions/:interaction/:token/callback', (request, reply) => {
    const { interaction: id, token } = request.params;
    const { with_response: withResponse } = readQuery(callbackQuery, request.query);
    const { interaction, callback } = interactions.answer(id, token, uploadOf(request.body));
    if (!withResponse) return reply.code(204).send();
    return reply.send(response(interaction, callback.type));
  });
}

export function webhookRoutes(app: FastifyInstance, { directory, webhooks }: Parts): void {
  app.addHook<OfWebhook>('preHandler', async ({ params, query }) => {
    if (params.application !== directory.world.application.id) throw discordError(10015);
    readQuery(webhookQuery, query);
  });
  app.post<OfWebhook>(WEBHOOK, (request) => {
    return webhooks.followUp(request.params.token, uploadOf(request.body)).message.raw;
  });
  app.get<OfMessage>(`${WEBHOOK}/messages/:message`, ({ params }) => {
    return webhooks.get(params.token, params.message).raw;
  });
  app.patch<OfMessage>(`${WEBHOOK}/messages/:message`, (request) => {
    const { token, message } = request.params;
    return webhooks.edit(token, message, uploadOf(request.body)).raw;
  });
  app.delete<OfMessage>(`${WEBHOOK}/messages/:message`, ({ params }, reply) => {
    webhooks.remove(params.token, params.message);
    return reply.code(204).send();
  });
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback */
function response(interaction: Interaction, type: InteractionResponseType) {
  const { message, origin } = interaction;
  const about = { id: origin.interactionId, type: origin.type };
  if (!message) return { interaction: about };
  const isDeferredUpdate = type === InteractionResponseType.DeferredMessageUpdate;
  return {
    interaction: {
      ...about,
      response_message_id: message.id,
      response_message_loading: message.loading,
      response_message_ephemeral: message.ephemeral,
    },
    resource: { type, ...(isDeferredUpdate ? {} : { message: message.raw }) },
  };
}
