// Routes of the guild: itself, its roles and its channels.
// https://docs.discord.com/developers/resources/guild

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discordError } from '../../wire/errors.ts';
import { flag, readQuery } from '../../wire/query.ts';
import { found } from '../../world/directory.ts';
import { channelObject, guildCounts, guildObject, roleObject } from '../../world/objects.ts';
import type { Parts } from '../parts.ts';

const GUILD = '/guilds/:guild';

const guildQuery = z.object({ with_counts: flag });

interface InGuild {
  Params: { guild: string };
}

interface OfRole {
  Params: { guild: string; role: string };
}

export function guildRoutes(app: FastifyInstance, { directory }: Parts): void {
  const { world } = directory;
  refuseOtherGuilds(app, world.guild.id);
  app.get<InGuild>(GUILD, ({ query }) => {
    const { with_counts: withCounts } = readQuery(guildQuery, query);
    return { ...guildObject(directory), ...(withCounts ? guildCounts(directory) : {}) };
  });
  app.get<InGuild>(`${GUILD}/roles`, () => Object.values(world.roles).map(roleObject));
  app.get<OfRole>(`${GUILD}/roles/:role`, ({ params }) =>
    roleObject(found(directory.roleWithId(params.role), 10011)),
  );
  app.get<InGuild>(`${GUILD}/channels`, () =>
    directory.channels().map((channel) => channelObject(directory, channel)),
  );
  // The only threads that there are, are private and without the bot.
  app.get<InGuild>(`${GUILD}/threads/active`, () => ({ threads: [], members: [], has_more: false }));
}

/** There is one guild. */
export function refuseOtherGuilds(app: FastifyInstance, guildId: string): void {
  app.addHook<InGuild>('preHandler', async ({ params }) => {
    if (params.guild !== undefined && params.guild !== guildId) throw discordError(10004);
  });
}
