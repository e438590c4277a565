// What the server's admins set on the Integrations page, and who may use a command after that.
// https://docs.discord.com/developers/interactions/application-commands#permissions

import {
  type APIApplicationCommandPermission,
  type APIGuildApplicationCommandPermissions,
  ApplicationCommandPermissionType as Kind,
} from 'discord-api-types/v10';
import { TypingRefused } from '../wire/errors.ts';
import type { RegisteredCommand } from './commands.ts';
import { ALL_PERMISSIONS, type Directory, holds } from './directory.ts';
import type { WorldChannel, WorldMember } from './world.ts';

/** One line of the page: it names a role, a member or a channel, by its key in the world or by id. */
export interface CommandRule {
  /** `everyone` is all members. */
  readonly role?: string;
  readonly member?: string;
  /** `all` is every channel. */
  readonly channel?: string;
  /** Whether it allows or forbids. */
  readonly permission: boolean;
}

/** Discord's own limit for one command. */
const MOST_RULES = 100;

/** The settings of one guild: by command id, and under the application's id for all of its commands. */
export class CommandPermissions {
  readonly #directory: Directory;
  readonly #byId = new Map<string, APIApplicationCommandPermission[]>();

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /**
   * Replaces what is set under an id; without rules nothing is.
   * @throws TypingRefused for a rule that names nobody, and for more than 100
   */
  set(id: string, rules: readonly CommandRule[]): APIGuildApplicationCommandPermissions {
    if (rules.length > MOST_RULES) throw new TypingRefused('bad-value', `At most ${MOST_RULES} rules`);
    const permissions = rules.map((rule) => this.#permission(rule));
    if (permissions.length === 0) this.#byId.delete(id);
    else this.#byId.set(id, permissions);
    return this.#object(id, permissions);
  }

  /** What is set under an id, if anything is. */
  find(id: string): APIGuildApplicationCommandPermissions | undefined {
    const permissions = this.#byId.get(id);
    return permissions && this.#object(id, permissions);
  }

  /** Everything that is set. */
  list(): APIGuildApplicationCommandPermissions[] {
    return [...this.#byId].map(([id, permissions]) => this.#object(id, permissions));
  }

  /**
   * Whether Discord lets a member use a command in a channel. What is set for the command overrides what is set for
   * the application; being allowed the application still takes the command's `default_member_permissions`.
   * https://docs.discord.com/developers/change-log#upcoming-application-command-permission-changes
   */
  allows(command: RegisteredCommand, member: WorldMember, channel: WorldChannel): boolean {
    const held = this.#directory.permissions(member, channel);
    if (held === ALL_PERMISSIONS) return true;
    const ofCommand = this.#byId.get(command.id) ?? [];
    const ofApplication = this.#byId.get(this.#directory.world.application.id) ?? [];
    const at = this.#directory.parentOf(channel);
    if ((this.#inChannel(ofCommand, at) ?? this.#inChannel(ofApplication, at)) === false) return false;
    const explicit = this.#forMember(ofCommand, member);
    if (explicit !== undefined) return explicit;
    return this.#forMember(ofApplication, member) !== false && hasDefault(command, held);
  }

  #inChannel(permissions: readonly APIApplicationCommandPermission[], channel: WorldChannel) {
    return (
      find(permissions, Kind.Channel, channel.id) ?? find(permissions, Kind.Channel, this.#allChannels())
    );
  }

  #forMember(permissions: readonly APIApplicationCommandPermission[], member: WorldMember) {
    const own = find(permissions, Kind.User, member.id);
    if (own !== undefined) return own;
    const ofRoles = this.#directory.roleIds(member).map((id) => find(permissions, Kind.Role, id));
    if (ofRoles.includes(true)) return true;
    return ofRoles.includes(false) ? false : find(permissions, Kind.Role, this.#directory.world.guild.id);
  }

  #permission({ role, member, channel, permission }: CommandRule): APIApplicationCommandPermission {
    if (member !== undefined) return { id: this.#directory.member(member).id, type: Kind.User, permission };
    if (channel === 'all') return { id: this.#allChannels(), type: Kind.Channel, permission };
    if (channel !== undefined) {
      return { id: this.#directory.channel(channel).id, type: Kind.Channel, permission };
    }
    const found = this.#directory.findRole(role ?? 'everyone');
    if (!found) throw new TypingRefused('bad-value', `There is no role ${role}`);
    return { id: found.id, type: Kind.Role, permission };
  }

  /** The constant that stands for all channels. */
  #allChannels(): string {
    return (BigInt(this.#directory.world.guild.id) - 1n).toString();
  }

  #object(id: string, permissions: APIApplicationCommandPermission[]): APIGuildApplicationCommandPermissions {
    const { application, guild } = this.#directory.world;
    return { id, application_id: application.id, guild_id: guild.id, permissions };
  }
}

function find(permissions: readonly APIApplicationCommandPermission[], type: Kind, id: string) {
  return permissions.find((each) => each.type === type && each.id === id)?.permission;
}

/** A command that needs the permission set 0 is for administrators alone. */
function hasDefault({ default_member_permissions: needed }: RegisteredCommand, held: bigint): boolean {
  if (needed === null) return true;
  return BigInt(needed) !== 0n && holds(held, BigInt(needed));
}
