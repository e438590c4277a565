// Routes of the guild's members: reading them, and changing nickname, roles and timeout.
// https://docs.discord.com/developers/resources/guild#get-guild-member

import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { snowflake } from '../../wire/form.ts';
import { number, readQuery } from '../../wire/query.ts';
import { found } from '../../world/directory.ts';
import { editMember, editOwnMember, setRole } from '../../world/member-edits.ts';
import { memberObject } from '../../world/objects.ts';
import type { WorldMember } from '../../world/world.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';
import { refuseOtherGuilds } from './guild.ts';

const MEMBERS = '/guilds/:guild/members';

const listQuery = z.object({ limit: number(1, 1000), after: snowflake.optional() });
const searchQuery = z.object({ limit: number(1, 1000), query: z.string() });

interface InGuild {
  Params: { guild: string };
}

interface OfMember {
  Params: { guild: string; user: string };
}

interface OfMembersRole {
  Params: { guild: string; user: string; role: string };
}

export function memberRoutes(app: FastifyInstance, parts: Parts): void {
  const { directory, clock } = parts;
  const { world } = directory;
  const toObject = (member: WorldMember) => memberObject(directory, member);
  const find = (id: string) => found(directory.memberWithId(id), 10007);
  refuseOtherGuilds(app, world.guild.id);
  app.get<InGuild>(MEMBERS, ({ query }) => {
    // Discord lists one when no number is asked for.
    const { limit = 1, after = '0' } = readQuery(listQuery, query);
    const members = Object.values(world.members).filter(({ id }) => BigInt(id) > BigInt(after));
    return members.sort(byId).slice(0, limit).map(toObject);
  });
  app.get<InGuild>(`${MEMBERS}/search`, ({ query }) => {
    const { limit = 1, query: beginning } = readQuery(searchQuery, query);
    return directory.membersNamed(beginning).slice(0, limit).map(toObject);
  });
  app.get<OfMember>(`${MEMBERS}/:user`, ({ params }) => toObject(find(params.user)));
  app.patch<InGuild>(`${MEMBERS}/@me`, ({ body }) => {
    return changed(parts, editOwnMember(directory, uploadOf(body).json));
  });
  app.patch<OfMember>(`${MEMBERS}/:user`, ({ params, body }) => {
    const member = find(params.user);
    editMember(directory, member, uploadOf(body).json, clock.now());
    return changed(parts, member);
  });
  for (const [method, has] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route<OfMembersRole>({
      method,
      url: `${MEMBERS}/:user/roles/:role`,
      handler: ({ params }, reply) => {
        const member = find(params.user);
        setRole(directory, member, params.role, has);
        changed(parts, member);
        return reply.code(204).send();
      },
    });
  }
}

/** Tells the bots of a changed member. */
function changed({ directory, dispatch }: Parts, member: WorldMember) {
  const object = memberObject(directory, member);
  const event = { ...object, guild_id: directory.world.guild.id };
  dispatch(GatewayDispatchEvents.GuildMemberUpdate, event, GatewayIntentBits.GuildMembers);
  return object;
}

function byId(one: WorldMember, other: WorldMember): number {
  return BigInt(one.id) < BigInt(other.id) ? -1 : 1;
}
