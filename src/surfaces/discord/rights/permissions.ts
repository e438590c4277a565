// What a Discord member's permissions allow in Chat, and which permission shows a command to them.
import { PermissionFlagsBits as Can } from 'discord.js';
import { type Capability, everything, type Rights } from '../../../moderation/capability.ts';

/** The permission that grants each capability (docs.discord.com/developers/topics/permissions). */
const permissionOf: Readonly<Record<Capability, bigint>> = {
  mute: Can.ModerateMembers,
  lookup: Can.ModerateMembers,
  cases: Can.ModerateMembers,
  kick: Can.KickMembers,
  ban: Can.BanMembers,
  role: Can.ManageRoles,
  nick: Can.ManageNicknames,
  recall: Can.ManageMessages,
  notify: Can.ManageMessages,
  lock: Can.ManageChannels,
  configure: Can.ManageGuild,
  rules: Can.ManageGuild,
  bulk: Can.ManageGuild,
  fields: Can.ManageGuild,
};

/**
 * The rights of a Discord member. Administrators and the server's owner have all of them and stand as high as the
 * owner of a Chat group; everybody else stands as high as an admin of one.
 *
 * @param permissions the `member.permissions` of the interaction: what the member may do in its channel
 */
export function rightsOf(permissions: bigint, isOwner: boolean): Rights {
  if (isOwner || (permissions & Can.Administrator) !== 0n) return { capabilities: everything, rank: 3 };
  const granted = [...everything].filter((capability) => (permissions & permissionOf[capability]) !== 0n);
  return { capabilities: new Set(granted), rank: 2 };
}

/**
 * The `default_member_permissions` of a command: Discord hides it from members without them. A server's admins may
 * change who sees a command, so this is a courtesy and never the check.
 */
export const shownTo = (capability: Capability | null): bigint | null =>
  capability === null ? null : permissionOf[capability];
