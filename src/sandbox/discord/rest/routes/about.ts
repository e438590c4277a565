// Routes about the bot itself: gateway address, application and users.
// https://docs.discord.com/developers/events/gateway#get-gateway-bot

import type { FastifyInstance } from 'fastify';
import { found } from '../../world/directory.ts';
import { applicationObject, userObject } from '../../world/objects.ts';
import type { Parts } from '../parts.ts';

const SESSIONS_A_DAY = 1000;
const DAY_MS = 24 * 3_600_000;

/** `GET /gateway` asks for no token. */
export function gatewayRoute(app: FastifyInstance, { gatewayUrl }: Parts): void {
  app.get('/gateway', () => ({ url: gatewayUrl() }));
}

export function aboutRoutes(app: FastifyInstance, { directory, gatewayUrl }: Parts): void {
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
  for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
    app.get(path, () => applicationObject(directory));
  }
  app.get('/users/@me', () => ({
    ...userObject(directory.bot()),
    verified: true,
    mfa_enabled: true,
    locale: directory.world.guild.locale,
    email: null,
  }));
  app.get<{ Params: { user: string } }>('/users/:user', ({ params }) =>
    userObject(found(directory.findMember(params.user), 10013)),
  );
}
