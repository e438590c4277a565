// What a server's admins set for commands on Discord's Integrations page, and what that decides for one member.
// https://docs.discord.com/developers/interactions/application-commands#permissions
import { ApplicationCommandPermissionType as Kind } from 'discord.js';

/** One line of the page: a role, a user or a channel that is allowed or forbidden. */
export interface CommandRule {
  /** The server's own id stands for everybody, and the id before it for all channels. */
  readonly id: string;
  readonly type: Kind;
  readonly permission: boolean;
}

/** Who uses a command, and where. */
export interface MemberHere {
  readonly guildId: string;
  readonly userId: string;
  readonly roleIds: readonly string[];
  /** Of a thread, its parent: threads have no rules of their own. `null` leaves the rules of channels out. */
  readonly channelId: string | null;
}

export type Decision = 'allow' | 'deny';

/**
 * What the rules decide about one command. Those of the command override those of the application. Being allowed the
 * application decides nothing: a member then still needs the permission that the command takes
 * (docs.discord.com/developers/change-log#upcoming-application-command-permission-changes).
 *
 * @returns `undefined` where the member's permissions decide
 */
export function decide(
  ofCommand: readonly CommandRule[],
  ofApplication: readonly CommandRule[],
  member: MemberHere,
): Decision | undefined {
  if ((inChannel(ofCommand, member) ?? inChannel(ofApplication, member)) === false) return 'deny';
  const explicit = forMember(ofCommand, member);
  if (explicit !== undefined) return explicit ? 'allow' : 'deny';
  return forMember(ofApplication, member) === false ? 'deny' : undefined;
}

function inChannel(rules: readonly CommandRule[], { guildId, channelId }: MemberHere): boolean | undefined {
  if (channelId === null) return undefined;
  const allChannels = (BigInt(guildId) - 1n).toString();
  return find(rules, Kind.Channel, channelId) ?? find(rules, Kind.Channel, allChannels);
}

/** Of several roles, one that is allowed is enough. */
function forMember(rules: readonly CommandRule[], { guildId, userId, roleIds }: MemberHere) {
  const own = find(rules, Kind.User, userId);
  if (own !== undefined) return own;
  const ofRoles = roleIds.filter((id) => id !== guildId).map((id) => find(rules, Kind.Role, id));
  if (ofRoles.includes(true)) return true;
  return ofRoles.includes(false) ? false : find(rules, Kind.Role, guildId);
}

const find = (rules: readonly CommandRule[], type: Kind, id: string): boolean | undefined =>
  rules.find((rule) => rule.type === type && rule.id === id)?.permission;
