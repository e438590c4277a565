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
 * The rights of a Discord member. Administrators, and so the server's owner, have all of them and stand as high as the
 * owner of a Chat group; everybody else stands as high as an admin of one. What a channel gives and the roles do not is
 * withheld: commands act on whole groups. No channel can give Administrator.
 *
 * @param here what the member may do in a channel: `member.permissions` of the interaction
 * @param everywhere what their roles allow by themselves; `null` where that could not be had
 */
export function rightsOf(here: bigint, everywhere: bigint | null): Rights {
  if ((here & Can.Administrator) !== 0n) return { capabilities: everything, rank: 3 };
  const granted = [...everything].filter((capability) => (here & permissionOf[capability]) !== 0n);
  const byRoles = granted.filter((capability) => ((everywhere ?? 0n) & permissionOf[capability]) !== 0n);
  const rights: Rights = { capabilities: new Set(byRoles), rank: 2 };
  if (byRoles.length === granted.length) return rights;
  const why = everywhere === null ? 'unread' : 'channel';
  const withheld = granted.filter((capability) => !byRoles.includes(capability));
  return { ...rights, withheld: new Map(withheld.map((capability) => [capability, why])) };
}

/**
 * The `default_member_permissions` of a command: Discord hides it from members without them. A server's admins may
 * change who sees a command, so this is a courtesy and never the check.
 */
export const shownTo = (capability: Capability | null): bigint | null =>
  capability === null ? null : permissionOf[capability];
