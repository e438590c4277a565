// What a moderator may be allowed to do, and how high a member stands.
import type { Role } from '../chat/protocol/schemas.ts';

export const capabilities = [
  'mute',
  'kick',
  'ban',
  'role',
  'nick',
  'notify',
  'fields',
  'lock',
  'recall',
  'lookup',
  'cases',
  'rules',
  'bulk',
  'configure',
] as const;
export type Capability = (typeof capabilities)[number];

/** 3 owner, 2 admin or moderator, 1 member. An asker acts only on ranks below their own. */
export type Rank = 1 | 2 | 3;

export interface Rights {
  readonly capabilities: ReadonlySet<Capability>;
  readonly rank: Rank;
  /** Commands that the surface itself allows or forbids by name, whatever the capabilities say. */
  readonly commands?: ReadonlyMap<string, 'allow' | 'deny'>;
  /**
   * Capabilities that the place where it is asked gives, and that do not count: the server's roles do not give them, or
   * could not be had. A setting may let the place's word count alone.
   */
  readonly withheld?: ReadonlyMap<Capability, 'channel' | 'unread'>;
  /** The only groups in which these rights hold; in every group unless set. */
  readonly groups?: ReadonlySet<string>;
  /** Capabilities that the settings took away: no surface gives them back. */
  readonly denied?: ReadonlySet<Capability>;
}

/** The rights in a group; in none in particular where it is `undefined`. */
export const rightsIn = (rights: Rights, group: string | undefined): Rights =>
  rights.groups === undefined || (group !== undefined && rights.groups.has(group))
    ? rights
    : { capabilities: new Set(), rank: 1, groups: rights.groups };

const except = (...without: readonly Capability[]): ReadonlySet<Capability> =>
  new Set(capabilities.filter((capability) => !without.includes(capability)));

export const everything: ReadonlySet<Capability> = new Set(capabilities);

const rankOfRole: Readonly<Record<Role, Rank>> = { Owner: 3, Admin: 2, Member: 1 };

/** Rank of a member by their Chat role; somebody who is not in the group counts as a member. */
export const rankOf = (role: Role | null): Rank => rankOfRole[role ?? 'Member'];

/**
 * What a Chat role allows a moderator who acts as a member of the group.
 * @param permissionGroups true in a community whose permission groups are on: there Admin has no power.
 */
export function rightsOfRole(role: Role | null, permissionGroups: boolean): Rights {
  if (role === 'Owner') return { capabilities: except('configure', 'bulk'), rank: 3 };
  if (role === 'Admin' && !permissionGroups) {
    return { capabilities: new Set(['mute', 'kick', 'nick', 'recall', 'lock', 'lookup']), rank: 2 };
  }
  return { capabilities: new Set(), rank: 1 };
}
