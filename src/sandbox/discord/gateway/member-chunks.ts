// Op 8: the members that a client asks for, in chunks.
// https://docs.discord.com/developers/events/gateway-events#request-guild-members

import { GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../wire/form.ts';
import type { Directory } from '../world/directory.ts';
import { memberObject, presenceObject } from '../world/objects.ts';
import type { WorldMember } from '../world/world.ts';
import type { Session } from './session.ts';

const IN_A_CHUNK = 1_000;
const MOST_NAMED = 100;
const LONGEST_NONCE_BYTES = 32;

/** What libraries send as "not set" is null as often as nothing. */
export const requestMembers = z.object({
  guild_id: z.union([snowflake, z.array(snowflake).length(1)]),
  query: z.string().nullish(),
  limit: z.int().min(0).nullish(),
  presences: z.boolean().nullish(),
  user_ids: z.union([snowflake, z.array(snowflake)]).nullish(),
  nonce: z.union([z.string(), z.int().transform(String)]).nullish(),
});

type MembersRequest = z.infer<typeof requestMembers>;

interface Found {
  readonly members: readonly WorldMember[];
  /** Of the ids that were asked for. */
  readonly notFound: readonly string[];
}

/** The chunks that answer a request; none when it is about a guild that the bot is not in, or not allowed. */
export function memberChunks(directory: Directory, session: Session, request: MembersRequest): object[] {
  const guildId = directory.world.guild.id;
  const wanted = [request.guild_id].flat();
  const all = findMembers(directory, session, request);
  if (!wanted.includes(guildId) || !session.covers(guildId) || !all) return [];
  const { members, notFound } = all;
  const withPresences = Boolean(request.presences) && session.has(GatewayIntentBits.GuildPresences);
  const nonce = nonceOf(request);
  const count = Math.max(1, Math.ceil(members.length / IN_A_CHUNK));
  return Array.from({ length: count }, (_, index) => {
    const chunk = members.slice(index * IN_A_CHUNK, (index + 1) * IN_A_CHUNK);
    return {
      guild_id: guildId,
      members: chunk.map((member) => memberObject(directory, member)),
      chunk_index: index,
      chunk_count: count,
      ...(notFound.length > 0 ? { not_found: notFound } : {}),
      ...(withPresences ? { presences: chunk.map((member) => presenceObject(directory, member)) } : {}),
      ...(nonce === undefined ? {} : { nonce }),
    };
  });
}

function findMembers(directory: Directory, session: Session, request: MembersRequest): Found | undefined {
  const { user_ids: named, query, limit } = request;
  if (named != null) return findNamed(directory, [named].flat().slice(0, MOST_NAMED));
  const isWholeList = !query && !limit;
  // https://docs.discord.com/developers/events/gateway-events#request-guild-members: that takes the intent.
  if (isWholeList && !session.has(GatewayIntentBits.GuildMembers)) return undefined;
  const members = directory.membersNamed(query ?? '');
  return {
    members: isWholeList ? members : members.slice(0, Math.min(limit || MOST_NAMED, MOST_NAMED)),
    notFound: [],
  };
}

function findNamed(directory: Directory, ids: readonly string[]): Found {
  const members = ids.map((id) => directory.memberWithId(id)).filter((member) => member !== undefined);
  return { members, notFound: ids.filter((id) => !directory.memberWithId(id)) };
}

/** A nonce that is too long is ignored. */
function nonceOf({ nonce }: MembersRequest): string | undefined {
  return nonce != null && Buffer.byteLength(nonce) <= LONGEST_NONCE_BYTES ? nonce : undefined;
}
