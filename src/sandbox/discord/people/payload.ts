// The INTERACTION_CREATE event that tells the bot what a person did.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object

import type { Directory } from '../world/directory.ts';
import type { Interaction } from '../world/interactions/interaction.ts';
import { channelObject, memberObject } from '../world/objects.ts';

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
