// The guild that the stand-in pretends to be, with its people, roles and channels.

import { PermissionFlagsBits as Can } from 'discord-api-types/v10';

/** A role. `permissions` is a bit set; a higher `position` ranks above a lower one. */
export interface WorldRole {
  id: string;
  name: string;
  permissions: bigint;
  position: number;
}

/** What a channel adds for, or takes from, one role or member (keys of the world's records). */
export interface WorldOverwrite {
  role?: string;
  member?: string;
  allow?: bigint;
  deny?: bigint;
}

/** A text channel, or a thread in one. */
export interface WorldChannel {
  id: string;
  name: string;
  /** Of a channel; a thread has those of its parent. */
  overwrites?: WorldOverwrite[];
  /** Makes it a private thread of the channel with this key, which the bot hears of only in interactions. */
  threadOf?: string;
}

/** A person, or the bot itself. `roles` are keys of the world's roles, without `everyone`. */
export interface WorldMember {
  id: string;
  username: string;
  displayName: string;
  roles: string[];
  nick?: string;
  bot?: boolean;
  /** When a timeout ends, as `2026-01-31T12:00:00.000000+00:00`. */
  timeoutUntil?: string;
  /** Whether sending the member a direct message is refused with 50007. */
  refusesDirectMessages?: boolean;
}

/** All that exists. The keys of the records are the names used by `type({ as: 'alice' })` and its like. */
export interface DiscordWorld {
  application: { id: string; name: string };
  /** `owner` and `bot` are keys of `members`. */
  guild: { id: string; name: string; owner: string; bot: string; locale: string };
  /** Must hold `everyone`, whose id is the guild's. */
  roles: Record<string, WorldRole> & { everyone: WorldRole };
  channels: Record<string, WorldChannel>;
  members: Record<string, WorldMember>;
}

const GUILD_ID = '1100000000000000001';
const BOT_ID = '1100000000000000010';

const EVERYONE =
  Can.ViewChannel |
  Can.SendMessages |
  Can.ReadMessageHistory |
  Can.EmbedLinks |
  Can.UseApplicationCommands |
  Can.ChangeNickname;
const MODERATOR = Can.ModerateMembers | Can.KickMembers | Can.ManageNicknames | Can.ManageMessages;
const SENIOR = MODERATOR | Can.BanMembers | Can.ManageRoles | Can.ManageChannels | Can.ManageGuild;

/**
 * A fresh copy of the default world: one guild, `general` and `mod-log`, the owner `olivia`, the moderator
 * `alice`, the senior moderator `ken`, the administrator `ada`, and `bob`, `carol` and `dave` without a role.
 */
export function defaultWorld() {
  return {
    application: { id: BOT_ID, name: 'Marshal' },
    guild: { id: GUILD_ID, name: 'Sandbox', owner: 'olivia', bot: 'marshal', locale: 'en-US' },
    roles: defaultRoles(),
    channels: {
      general: { id: '1100000000000000031', name: 'general' },
      'mod-log': {
        id: '1100000000000000032',
        name: 'mod-log',
        overwrites: [
          { role: 'everyone', deny: Can.ViewChannel },
          { role: 'moderator', allow: Can.ViewChannel },
          { role: 'seniorModerator', allow: Can.ViewChannel },
          { role: 'bot', allow: Can.ViewChannel },
        ],
      },
    },
    members: defaultMembers(),
  } satisfies DiscordWorld;
}

function defaultRoles() {
  return {
    everyone: { id: GUILD_ID, name: '@everyone', permissions: EVERYONE, position: 0 },
    moderator: { id: '1100000000000000021', name: 'Moderator', permissions: MODERATOR, position: 1 },
    seniorModerator: {
      id: '1100000000000000022',
      name: 'Senior moderator',
      permissions: SENIOR,
      position: 2,
    },
    admin: { id: '1100000000000000023', name: 'Admin', permissions: Can.Administrator, position: 3 },
    bot: { id: '1100000000000000024', name: 'Marshal', permissions: MODERATOR, position: 4 },
  } satisfies DiscordWorld['roles'];
}

function defaultMembers() {
  return {
    olivia: person('1100000000000000041', 'olivia', 'Olivia', []),
    alice: person('1100000000000000042', 'alice', 'Alice', ['moderator']),
    ken: person('1100000000000000043', 'ken', 'Ken', ['seniorModerator']),
    ada: person('1100000000000000044', 'ada', 'Ada', ['admin']),
    bob: person('1100000000000000045', 'bob', 'Bob', []),
    carol: person('1100000000000000046', 'carol', 'Carol', []),
    dave: person('1100000000000000047', 'dave', 'Dave', []),
    marshal: { ...person(BOT_ID, 'marshal', 'Marshal', ['bot']), bot: true },
  } satisfies DiscordWorld['members'];
}

function person(id: string, username: string, displayName: string, roles: string[]): WorldMember {
  return { id, username, displayName, roles };
}
