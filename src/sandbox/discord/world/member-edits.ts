// What a bot changes of a member: nickname, roles and timeout, as far as its own rights and rank reach.
// https://docs.discord.com/developers/resources/guild#modify-guild-member

import { PermissionFlagsBits as Can } from 'discord-api-types/v10';
import { z } from 'zod';
import { discordError, invalidForm } from '../wire/errors.ts';
import { list, readForm, snowflake, text, unmodelled } from '../wire/form.ts';
import { ALL_PERMISSIONS, type Directory, found, holds } from './directory.ts';
import type { WorldMember, WorldRole } from './world.ts';

const LONGEST_TIMEOUT_MS = 28 * 24 * 3_600_000;

const nick = text(0, 32).nullish();
const own = z.object({ nick, bio: unmodelled('the bio of a member') });
const others = z.object({
  nick,
  roles: list(snowflake, 0, 250).nullish(),
  communication_disabled_until: z.iso.datetime({ offset: true }).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
  flags: unmodelled('the flags of a member'),
});

/** Changes the bot's own nickname. @throws DiscordError 50013, 50035 */
export function editOwnMember(directory: Directory, body: unknown): WorldMember {
  const read = readForm(own, body);
  if (read.nick !== undefined) rename(directory, directory.bot(), read.nick);
  return directory.bot();
}

/**
 * Changes what the body names, or nothing when any of it is refused.
 * @param nowMs since 1970, to judge the end of a timeout by
 * @throws DiscordError 50013, 50035, 10011, or 40032 as nobody is in voice here
 */
export function editMember(directory: Directory, member: WorldMember, body: unknown, nowMs: number): void {
  const read = readForm(others, body);
  const { nick: name, roles, communication_disabled_until: until } = read;
  if (read.mute != null || read.deaf != null || read.channel_id != null) throw discordError(40032);
  const edited = { ...member };
  if (name !== undefined) rename(directory, edited, name);
  if (roles !== undefined) edited.roles = replaceRoles(directory, member, roles ?? []);
  if (until !== undefined) timeOut(directory, edited, until, nowMs);
  // What was cleared is absent in the copy, which assigning alone would leave.
  delete member.nick;
  delete member.timeoutUntil;
  Object.assign(member, edited);
}

/** Gives or takes one role. @throws DiscordError 10011, 50013 */
export function setRole(directory: Directory, member: WorldMember, roleId: string, has: boolean): void {
  found(directory.roleWithId(roleId), 10011);
  const others = directory.roleIds(member).filter((id) => id !== roleId);
  member.roles = replaceRoles(directory, member, has ? [...others, roleId] : others);
}

function rename(directory: Directory, member: WorldMember, name: string | null): void {
  const isOwn = member.id === directory.bot().id;
  demand(directory, isOwn ? Can.ChangeNickname : Can.ManageNicknames);
  if (!isOwn) demandRank(directory, member);
  if (name) member.nick = name;
  else delete member.nick;
}

/** Roles that were there before and stay may rank above the bot. */
function replaceRoles(directory: Directory, member: WorldMember, ids: readonly string[]): string[] {
  demand(directory, Can.ManageRoles);
  const before = new Set(directory.roleIds(member));
  const after = new Set(ids);
  for (const id of [...before, ...after]) {
    const role = found(directory.roleWithId(id), 10011);
    const changes = before.has(id) !== after.has(id);
    if (changes && !outranks(directory, [role])) throw discordError(50013);
  }
  return Object.entries(directory.world.roles)
    .filter(([, role]) => after.has(role.id) && role.id !== directory.world.guild.id)
    .map(([name]) => name);
}

function timeOut(directory: Directory, member: WorldMember, until: string | null, nowMs: number): void {
  demand(directory, Can.ModerateMembers);
  demandRank(directory, member);
  if (until !== null && directory.permissions(member) === ALL_PERMISSIONS) throw discordError(50013);
  if (until !== null && Date.parse(until) > nowMs + LONGEST_TIMEOUT_MS) {
    const message = 'The timeout may end at most 28 days from now.';
    const code = 'GUILD_MEMBER_COMMUNICATION_DISABLED_UNTIL_INVALID';
    throw invalidForm([{ path: ['communication_disabled_until'], code, message }]);
  }
  if (until === null) delete member.timeoutUntil;
  else member.timeoutUntil = new Date(until).toISOString().replace('Z', '000+00:00');
}

function demand(directory: Directory, permission: bigint): void {
  if (!holds(directory.permissions(directory.bot()), permission)) throw discordError(50013);
}

/** Nobody acts on the owner, or on whoever stands as high as themselves. */
function demandRank(directory: Directory, member: WorldMember): void {
  const isOwner = member.id === directory.member(directory.world.guild.owner).id;
  if (isOwner || !outranks(directory, directory.rolesOf(member))) throw discordError(50013);
}

function outranks(directory: Directory, roles: readonly WorldRole[]): boolean {
  return highest(roles) < highest(directory.rolesOf(directory.bot()));
}

function highest(roles: readonly WorldRole[]): number {
  return Math.max(0, ...roles.map(({ position }) => position));
}
