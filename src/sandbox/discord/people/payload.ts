// Payload: the INTERACTION_CREATE event that tells the bot what a person did.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object

import type { Directory } from '../world/directory.ts';
import type { Interaction } from '../world/interaction.ts';
import { channelObject, memberObject, userObject } from '../world/objects.ts';
import type { WorldChannel, WorldMember } from '../world/world.ts';

const ATTACHMENT_LIMIT_BYTES = 10 * 1024 * 1024;
const IN_GUILD = 0;

/** The whole event, around the `data` that differs by type. */
export function interactionPayload(directory: Directory, interaction: Interaction, data: object) {
  const { guild, application } = directory.world;
  const { interactionId, token, type, locale, member, channel, source } = interaction.origin;
  return {
    id: interactionId,
    application_id: application.id,
    type,
    token,
    version: 1,
    locale,
    guild_locale: guild.locale,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    channel_id: channel.id,
    channel: {
      ...channelObject(directory, channel),
      permissions: directory.permissions(member, channel).toString(),
    },
    member: {
      ...memberObject(directory, member),
      permissions: directory.permissions(member, channel).toString(),
    },
    app_permissions: directory.permissions(directory.bot(), channel).toString(),
    entitlements: [],
    authorizing_integration_owners: { 0: guild.id },
    context: IN_GUILD,
    attachment_size_limit: ATTACHMENT_LIMIT_BYTES,
    ...(source ? { message: source.raw } : {}),
    data,
  };
}

/** Collects the `resolved` block: the full objects behind the ids that options name. */
export class Resolved {
  readonly #directory: Directory;
  readonly #channel: WorldChannel;
  readonly #kinds: Record<string, Record<string, unknown>> = {};

  constructor(directory: Directory, channel: WorldChannel) {
    this.#directory = directory;
    this.#channel = channel;
  }

  /** Adds a member, with what it may do in the channel of the interaction. */
  addMember(member: WorldMember): void {
    const { user: _, deaf: _deaf, mute: _mute, ...rest } = memberObject(this.#directory, member);
    const permissions = this.#directory.permissions(member, this.#channel).toString();
    this.add('users', member.id, userObject(member));
    this.add('members', member.id, { ...rest, permissions });
  }

  /** Adds any other object under its kind: `roles`, `channels` or `messages`. */
  add(kind: string, id: string, object: unknown): void {
    const objects = this.#kinds[kind] ?? {};
    objects[id] = object;
    this.#kinds[kind] = objects;
  }

  /** `{ resolved }`, or nothing when no option named anything. */
  toData(): { resolved?: Record<string, Record<string, unknown>> } {
    return Object.keys(this.#kinds).length > 0 ? { resolved: this.#kinds } : {};
  }
}
