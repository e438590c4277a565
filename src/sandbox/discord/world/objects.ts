// The JSON shapes in which Discord sends users, members, roles, channels and the guild.

import {
  type APIGuildMember,
  type APIPrivateThreadChannel,
  type APIRole,
  type APITextChannel,
  type APIUser,
  type ChannelFlags,
  ChannelType,
  GuildMemberFlags,
  OverwriteType,
  PresenceUpdateStatus,
  type RoleFlags,
  ThreadAutoArchiveDuration,
  type UserFlags,
} from 'discord-api-types/v10';
import type { Directory } from './directory.ts';
import type { WorldChannel, WorldMember, WorldOverwrite, WorldRole } from './world.ts';

// Discord's enums have no name for "none".
const NO_USER_FLAGS = 0 as UserFlags;
const NO_ROLE_FLAGS = 0 as RoleFlags;
const NO_CHANNEL_FLAGS = 0 as ChannelFlags;
const JOINED_AT = '2024-01-01T00:00:00.000000+00:00';

/** https://docs.discord.com/developers/resources/user#user-object */
export function userObject(member: WorldMember): APIUser {
  return {
    id: member.id,
    username: member.username,
    discriminator: '0',
    global_name: member.bot ? null : member.displayName,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: NO_USER_FLAGS,
    flags: NO_USER_FLAGS,
    bot: member.bot ?? false,
  };
}

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
export function memberObject(directory: Directory, member: WorldMember): APIGuildMember {
  return {
    user: userObject(member),
    nick: member.nick ?? null,
    avatar: null,
    banner: null,
    roles: directory.roleIds(member),
    joined_at: JOINED_AT,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
    pending: false,
    communication_disabled_until: member.timeoutUntil ?? null,
    avatar_decoration_data: null,
    collectibles: null,
  };
}

/** https://docs.discord.com/developers/topics/permissions#role-object */
export function roleObject(role: WorldRole): APIRole {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: false,
    mentionable: false,
    flags: NO_ROLE_FLAGS,
  };
}

/** https://docs.discord.com/developers/resources/channel#channel-object */
export function channelObject(
  directory: Directory,
  channel: WorldChannel,
): APITextChannel | APIPrivateThreadChannel {
  if (channel.threadOf !== undefined) return threadObject(directory, channel);
  return {
    id: channel.id,
    type: ChannelType.GuildText,
    guild_id: directory.world.guild.id,
    name: channel.name,
    position: 0,
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: null,
    flags: NO_CHANNEL_FLAGS,
    permission_overwrites: (channel.overwrites ?? []).map((each) => overwriteObject(directory, each)),
  };
}

function threadObject(directory: Directory, thread: WorldChannel): APIPrivateThreadChannel {
  return {
    id: thread.id,
    type: ChannelType.PrivateThread,
    guild_id: directory.world.guild.id,
    name: thread.name,
    parent_id: directory.parentOf(thread).id,
    owner_id: directory.member(directory.world.guild.owner).id,
    rate_limit_per_user: 0,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    flags: NO_CHANNEL_FLAGS,
    thread_metadata: {
      archived: false,
      archive_timestamp: JOINED_AT,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
      locked: false,
      invitable: true,
    },
  };
}

function overwriteObject(directory: Directory, overwrite: WorldOverwrite) {
  const { role, member } = overwrite;
  const id = member ? directory.member(member).id : directory.findRole(role ?? 'everyone')?.id;
  return {
    id: id ?? directory.world.guild.id,
    type: member ? OverwriteType.Member : OverwriteType.Role,
    allow: (overwrite.allow ?? 0n).toString(),
    deny: (overwrite.deny ?? 0n).toString(),
  };
}

/** The guild without what only GUILD_CREATE holds. https://docs.discord.com/developers/resources/guild */
export function guildObject(directory: Directory) {
  const { guild, roles } = directory.world;
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    icon_hash: null,
    splash: null,
    discovery_splash: null,
    home_header: null,
    banner: null,
    description: null,
    owner_id: directory.member(guild.owner).id,
    owner: false,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    widget_enabled: false,
    widget_channel_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    nsfw: false,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    vanity_url_code: null,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    hub_type: null,
    latest_onboarding_question_id: null,
    incidents_data: null,
    features: [],
    emojis: [],
    stickers: [],
    roles: Object.values(roles).map(roleObject),
  };
}

/** What a guild holds more when its counts are asked for. */
export function guildCounts(directory: Directory) {
  const count = Object.keys(directory.world.members).length;
  return { approximate_member_count: count, approximate_presence_count: count };
}

/** The guild in the list of a user's guilds. https://docs.discord.com/developers/resources/user#get-current-user-guilds */
export function ownGuildObject(directory: Directory) {
  const { guild } = directory.world;
  const permissions = directory.permissions(directory.bot()).toString();
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions,
    features: [],
  };
}

/** Everybody is always online. https://docs.discord.com/developers/events/gateway-events#presence-update */
export function presenceObject({ world }: Directory, member: WorldMember) {
  return {
    user: { id: member.id },
    guild_id: world.guild.id,
    status: PresenceUpdateStatus.Online,
    activities: [],
    client_status: { desktop: PresenceUpdateStatus.Online },
  };
}

/** The guild as GUILD_CREATE holds it. https://docs.discord.com/developers/events/gateway-events#guild-create */
export function guildCreateObject(directory: Directory, withMembers: boolean, withPresences: boolean) {
  const members = Object.values(directory.world.members);
  const sent = withMembers ? members : [directory.bot()];
  return {
    ...guildObject(directory),
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: members.length,
    members: sent.map((member) => memberObject(directory, member)),
    channels: directory.channels().map((channel) => channelObject(directory, channel)),
    threads: [],
    voice_states: [],
    presences: withPresences ? members.map((member) => presenceObject(directory, member)) : [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** https://docs.discord.com/developers/resources/application#application-object */
export function applicationObject(
  directory: Directory,
  endpoint: { readonly publicKey: string; readonly url: string | undefined },
) {
  const { application, guild } = directory.world;
  const owner = userObject(directory.member(guild.owner));
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    verify_key: endpoint.publicKey,
    flags: 0,
    flags_new: '0',
    max_participants: null,
    bot: userObject(directory.bot()),
    bot_public: true,
    bot_require_code_grant: false,
    owner,
    team: null,
    interactions_endpoint_url: endpoint.url ?? null,
    role_connections_verification_url: null,
    redirect_uris: [],
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    eligible_oauth2_scopes: [],
    explicit_content_filter: 0,
    integration_types_config: { 0: {} },
  };
}
