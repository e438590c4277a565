// Routes about the bot itself: gateway address, application, users and the guilds it is in.
// https://docs.discord.com/developers/events/gateway#get-gateway-bot

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readForm, snowflake, unmodelled } from '../../wire/form.ts';
import { flag, number, readQuery } from '../../wire/query.ts';
import { found } from '../../world/directory.ts';
import { applicationObject, guildCounts, ownGuildObject, userObject } from '../../world/objects.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';

const SESSIONS_A_DAY = 1000;
const DAY_MS = 24 * 3_600_000;
const APPLICATION = ['/applications/@me', '/oauth2/applications/@me'];

const guildsQuery = z.object({
  before: snowflake.optional(),
  after: snowflake.optional(),
  limit: number(1, 200),
  with_counts: flag,
});

/** Of the settings in the developer portal only the endpoint can be changed. */
const applicationEdit = z.object({
  interactions_endpoint_url: z.url({ protocol: /^https?$/ }).nullish(),
  ...Object.fromEntries(
    ['custom_install_url', 'description', 'role_connections_verification_url', 'install_params']
      .concat(['integration_types_config', 'flags', 'icon', 'cover_image', 'tags'])
      .concat(['event_webhooks_url', 'event_webhooks_status', 'event_webhooks_types'])
      .map((name) => [name, unmodelled(`changing an application's ${name}`)]),
  ),
});

/** `GET /gateway` asks for no token. */
export function gatewayRoute(app: FastifyInstance, { gatewayUrl }: Parts): void {
  app.get('/gateway', () => ({ url: gatewayUrl() }));
}

export function aboutRoutes(app: FastifyInstance, parts: Parts): void {
  const { directory, gatewayUrl, endpoint } = parts;
  app.get('/gateway/bot', () => ({
    url: gatewayUrl(),
    shards: 1,
    session_start_limit: {
      total: SESSIONS_A_DAY,
      remaining: SESSIONS_A_DAY,
      reset_after: DAY_MS,
      max_concurrency: 1,
    },
  }));
  for (const path of APPLICATION) app.get(path, () => applicationObject(directory, endpoint));
  app.patch('/applications/@me', async ({ body }) => {
    const { interactions_endpoint_url: url } = readForm(applicationEdit, uploadOf(body).json ?? {});
    if (url !== undefined) await endpoint.set(url ?? undefined);
    return applicationObject(directory, endpoint);
  });
  app.get('/users/@me', () => ({
    ...userObject(directory.bot()),
    verified: true,
    mfa_enabled: true,
    locale: directory.world.guild.locale,
    email: null,
  }));
  app.get('/users/@me/guilds', ({ query }) => {
    const { before, after, with_counts: withCounts } = readQuery(guildsQuery, query);
    const id = BigInt(directory.world.guild.id);
    if ((before !== undefined && id >= BigInt(before)) || (after !== undefined && id <= BigInt(after)))
      return [];
    return [{ ...ownGuildObject(directory), ...(withCounts ? guildCounts(directory) : {}) }];
  });
  app.get<{ Params: { user: string } }>('/users/:user', ({ params }) =>
    userObject(found(directory.memberWithId(params.user), 10013)),
  );
}
