// Routes that answer interactions; the token in the path is all the authentication they need.
// https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints

import { InteractionResponseType } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { discordError } from '../../wire/errors.ts';
import type { Interaction } from '../../world/interaction.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';

const WEBHOOK = '/webhooks/:application/:token';

interface Answered {
  Params: { interaction: string; token: string };
  Querystring: { with_response?: string };
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
    const { interaction, callback } = interactions.answer(id, token, uploadOf(request));
    if (request.query.with_response !== 'true') return reply.code(204).send();
    return reply.send(response(interaction, callback.type));
  });
}

export function webhookRoutes(app: FastifyInstance, { directory, webhooks }: Parts): void {
  app.addHook<OfWebhook>('preHandler', async ({ params }) => {
    if (params.application !== directory.world.application.id) throw discordError(10015);
  });
  app.post<OfWebhook>(WEBHOOK, (request) => {
    return webhooks.followUp(request.params.token, uploadOf(request)).message.raw;
  });
  app.get<OfMessage>(`${WEBHOOK}/messages/:message`, ({ params }) => {
    return webhooks.get(params.token, params.message).raw;
  });
  app.patch<OfMessage>(`${WEBHOOK}/messages/:message`, (request) => {
    const { token, message } = request.params;
    return webhooks.edit(token, message, uploadOf(request)).raw;
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
