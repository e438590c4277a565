// Routes of the guild: itself, its members, roles and channels.
// https://docs.discord.com/developers/resources/guild

import type { FastifyInstance } from 'fastify';
import { discordError } from '../../wire/errors.ts';
import { found } from '../../world/directory.ts';
import { channelObject, guildObject, memberObject, roleObject } from '../../world/objects.ts';
import type { Parts } from '../parts.ts';

const GUILD = '/guilds/:guild';
const MAX_LISTED = 1000;

interface InGuild {
  Params: { guild: string };
}

interface OfMember {
  Params: { guild: string; user: string };
}

export function guildRoutes(app: FastifyInstance, { directory }: Parts): void {
  const { world } = directory;
  app.addHook<InGuild>('preHandler', async ({ params }) => {
    if (params.guild !== undefined && params.guild !== world.guild.id) throw discordError(10004);
  });
  app.get<InGuild>(GUILD, () => guildObject(directory));
  app.get<InGuild>(`${GUILD}/roles`, () => Object.values(world.roles).map(roleObject));
  app.get<InGuild>(`${GUILD}/channels`, () =>
    directory.channels().map((channel) => channelObject(directory, channel)),
  );
  app.get<InGuild & { Querystring: { limit?: string; after?: string } }>(`${GUILD}/members`, ({ query }) =>
    Object.values(world.members)
      .filter((member) => BigInt(member.id) > BigInt(query.after ?? 0))
      .slice(0, limitOf(query.limit))
      .map((member) => memberObject(directory, member)),
  );
  app.get<InGuild & { Querystring: { query?: string; limit?: string } }>(
    `${GUILD}/members/search`,
    ({ query }) =>
      Object.values(world.members)
        .filter((member) => startsWith([member.username, member.nick, member.displayName], query.query ?? ''))
        .slice(0, limitOf(query.limit))
        .map((member) => memberObject(directory, member)),
  );
  app.get<OfMember>(`${GUILD}/members/:user`, ({ params }) =>
    memberObject(directory, found(directory.findMember(params.user), 10007)),
  );
}

/** Discord lists one when no number is asked for. */
function limitOf(limit: string | undefined): number {
  return Math.min(Math.max(Number(limit ?? 1) || 1, 1), MAX_LISTED);
}

function startsWith(names: (string | undefined)[], query: string): boolean {
  return names.some((name) => name?.toLowerCase().startsWith(query.toLowerCase()));
}
