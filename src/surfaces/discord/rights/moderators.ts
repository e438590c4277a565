// Finds out who a user of the server is, and what they may do, without an interaction of theirs.
import { PermissionFlagsBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Actor } from '../../../moderation/people/actor.ts';
import { isNobody } from '../errors.ts';
import { accountOf, type Rest } from './accounts.ts';
import { type CommandPermissions, withCommands } from './command-permissions.ts';
import { rightsOf } from './permissions.ts';

/** Where a moderator is looked for. */
export interface ModeratorSearch {
  readonly rest: Rest;
  readonly guildId: string;
  /** Whose rules decide which commands are allowed; of a thread, its parent. */
  readonly channelId: string | null;
  readonly accountTemplate: string;
  readonly commandPermissions: Pick<CommandPermissions, 'decisionsFor'>;
}

const guildMember = z.object({
  user: z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() }),
  roles: z.array(z.string()),
  communication_disabled_until: z.string().nullish(),
});
const guild = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});

type GuildMember = z.infer<typeof guildMember>;

/**
 * All that a member in timeout keeps
 * (docs.discord.com/developers/topics/permissions#permissions-for-timed-out-members).
 */
const IN_TIMEOUT = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/**
 * Looks up a user of the server. The rights are those of the roles: what a channel gives or takes besides is left out,
 * so that in a channel with permissions of its own the user may have others.
 *
 * @returns `null` for somebody who is not in the server
 * @throws discord.js's error when Discord cannot be asked
 */
export async function findModerator(search: ModeratorSearch, userId: string): Promise<Actor | null> {
  const { rest, guildId, channelId, accountTemplate, commandPermissions } = search;
  const member = await findMember(rest, guildId, userId);
  if (member === null) return null;
  const { owner_id: owner, roles } = guild.parse(await rest.get(Routes.guild(guildId)));
  // The role of everybody has the id of the server, and no member lists it.
  const ofMember = roles.filter(({ id }) => id === guildId || member.roles.includes(id));
  const held = owner === userId ? PermissionFlagsBits.Administrator : permissionsOf(member, ofMember);
  const rights = rightsOf(held, held);
  const here = { guildId, userId, roleIds: member.roles, channelId };
  return {
    surface: 'discord',
    id: userId,
    name: member.user.global_name ?? member.user.username,
    account: accountOf(accountTemplate, member.user),
    isGuessed: true,
    roles: member.roles,
    authority: { kind: 'granted', rights: await withCommands(rights, commandPermissions, here) },
  };
}

async function findMember(rest: Rest, guildId: string, userId: string): Promise<GuildMember | null> {
  try {
    return guildMember.parse(await rest.get(Routes.guildMember(guildId, userId)));
  } catch (error) {
    if (isNobody(error)) return null;
    throw error;
  }
}

/** Administrators are not bound by a timeout. */
function permissionsOf(member: GuildMember, roles: readonly { readonly permissions: string }[]): bigint {
  const all = roles.reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  const until = Date.parse(member.communication_disabled_until ?? '');
  const isAdministrator = (all & PermissionFlagsBits.Administrator) !== 0n;
  return until > Date.now() && !isAdministrator ? all & IN_TIMEOUT : all;
}
