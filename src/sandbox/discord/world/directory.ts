// Finds members, roles and channels of a world by name or id, and computes permissions.

import { PermissionFlagsBits } from 'discord-api-types/v10';
import { discordError, type KnownCode, TypingRefused } from '../wire/errors.ts';
import type { DiscordWorld, WorldChannel, WorldMember, WorldOverwrite, WorldRole } from './world.ts';

/** Every permission there is: what the guild's owner and administrators have. */
export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** Looks things up in a world; the world may be changed between look-ups. */
export class Directory {
  readonly world: DiscordWorld;
  readonly #memberNames = new Map<string, string>();

  constructor(world: DiscordWorld) {
    this.world = world;
  }

  /** The member with this name or id, if there is one. */
  findMember(reference: string): WorldMember | undefined {
    const named = own(this.world.members, reference);
    if (named) return named;
    const known = this.world.members[this.#memberNames.get(reference) ?? ''];
    if (known?.id === reference) return known;
    return this.#findMemberById(reference);
  }

  /** The role with this name, title or id, if there is one. */
  findRole(reference: string): WorldRole | undefined {
    const roles = this.world.roles;
    return own(roles, reference) ?? Object.values(roles).find((role) => matches(role, reference));
  }

  /** The channel with this name or id, if there is one. */
  findChannel(reference: string): WorldChannel | undefined {
    const channels = this.world.channels;
    return own(channels, reference) ?? Object.values(channels).find((channel) => channel.id === reference);
  }

  /** The member with this id, if there is one: what paths and bodies of requests name. */
  memberWithId(id: string): WorldMember | undefined {
    const member = this.findMember(id);
    return member?.id === id ? member : undefined;
  }

  /** The role with this id, if there is one. */
  roleWithId(id: string): WorldRole | undefined {
    return Object.values(this.world.roles).find((role) => role.id === id);
  }

  /** The channel with this id, if there is one. */
  channelWithId(id: string): WorldChannel | undefined {
    return Object.values(this.world.channels).find((channel) => channel.id === id);
  }

  /** The members of whom a name begins with the text, in whatever case. */
  membersNamed(beginning: string): WorldMember[] {
    const wanted = beginning.toLowerCase();
    return Object.values(this.world.members).filter(({ username, nick, displayName }) =>
      [username, nick, displayName].some((name) => name?.toLowerCase().startsWith(wanted)),
    );
  }

  /** As {@link findMember}. @throws TypingRefused */
  member(reference: string): WorldMember {
    const found = this.findMember(reference);
    if (!found) throw new TypingRefused('unknown-member', `There is no member ${reference}`);
    return found;
  }

  /** As {@link findChannel}. @throws TypingRefused */
  channel(reference: string): WorldChannel {
    const found = this.findChannel(reference);
    if (!found) throw new TypingRefused('unknown-channel', `There is no channel ${reference}`);
    return found;
  }

  /** The channel itself, or for a thread the one that it belongs to. */
  parentOf(channel: WorldChannel): WorldChannel {
    return channel.threadOf === undefined ? channel : this.channel(channel.threadOf);
  }

  /** The channels without the threads. */
  channels(): WorldChannel[] {
    return Object.values(this.world.channels).filter(({ threadOf }) => threadOf === undefined);
  }

  /** The bot's own member. */
  bot(): WorldMember {
    return this.member(this.world.guild.bot);
  }

  /** The ids of a member's roles, without `@everyone`. */
  roleIds(member: WorldMember): string[] {
    return this.rolesOf(member).map((role) => role.id);
  }

  /** A member's roles, without `@everyone`. */
  rolesOf(member: WorldMember): WorldRole[] {
    return member.roles.map((name) => own(this.world.roles, name)).filter((role) => role !== undefined);
  }

  /**
   * What a member may do in a channel, or in the guild when no channel is named.
   * https://docs.discord.com/developers/topics/permissions#permission-hierarchy
   */
  permissions(member: WorldMember, channel?: WorldChannel): bigint {
    if (this.world.members[this.world.guild.owner]?.id === member.id) return ALL_PERMISSIONS;
    const roles = [this.world.roles.everyone, ...this.rolesOf(member)];
    const base = roles.reduce((all, role) => all | role.permissions, 0n);
    if (base & PermissionFlagsBits.Administrator) return ALL_PERMISSIONS;
    return channel ? this.#overwritten(base, member, this.parentOf(channel)) : base;
  }

  #overwritten(base: bigint, member: WorldMember, channel: WorldChannel): bigint {
    const overwrites = channel.overwrites ?? [];
    const everyone = overwrites.filter((each) => each.role === 'everyone');
    const ofRoles = overwrites.filter((each) => each.role !== undefined && member.roles.includes(each.role));
    const ofMember = overwrites.filter((each) => each.member === member.username);
    return [everyone, ofRoles, ofMember].reduce(applyOverwrites, base);
  }

  /** Remembers every name it passes, so that a large world is walked once and not for each look-up. */
  #findMemberById(id: string): WorldMember | undefined {
    for (const [name, member] of Object.entries(this.world.members)) this.#memberNames.set(member.id, name);
    return this.world.members[this.#memberNames.get(id) ?? ''];
  }
}

/** What was found, or Discord's error for what was not. */
export function found<T>(value: T | undefined, code: KnownCode): T {
  if (value === undefined) throw discordError(code);
  return value;
}

/** Whether a permission set holds all of the wanted bits. */
export function holds(permissions: bigint, wanted: bigint): boolean {
  return (permissions & wanted) === wanted;
}

function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function matches(role: WorldRole, reference: string): boolean {
  return role.id === reference || role.name === reference;
}

function applyOverwrites(base: bigint, overwrites: WorldOverwrite[]): bigint {
  const denied = overwrites.reduce((bits, each) => bits | (each.deny ?? 0n), 0n);
  const allowed = overwrites.reduce((bits, each) => bits | (each.allow ?? 0n), 0n);
  return (base & ~denied) | allowed;
}
