// What the people who run the bot decided: rights, required reasons, limits and language, for all groups and for each.
import type { Locale } from '../i18n/locale.ts';
import type { Capability, Rank } from './capability.ts';
import type { KnownToken } from './people/token.ts';

/** What a role on a surface adds to and takes from the rights of those who have it. */
export interface Grant {
  readonly allow: ReadonlySet<Capability>;
  /** Goes before `allow`, of this role and of any other on the same level. */
  readonly deny: ReadonlySet<Capability>;
  /** `null`: the rank stays the surface's. */
  readonly rank: Rank | null;
}

/** Grants by the identifier of a role. */
export type Grants = ReadonlyMap<string, Grant>;

/** One step of the ladder of warnings. */
export interface Rung {
  readonly points: number;
  /** Points are counted over this long; in seconds. */
  readonly within: number;
  /** A command that the bot may carry out by itself. */
  readonly command: string;
  /** As the command reads it; `null` where it takes none. */
  readonly duration: string | null;
}

/** How many members a moderator may act on in how many seconds. */
export interface Quota {
  readonly members: number;
  readonly seconds: number;
}

/**
 * How a member learns what was done: a notice of the group's system, a message of their own, or not at all.
 * Whoever is out of the group, where no notice reaches them, gets the message.
 */
export const tellings = ['system', 'message', 'off'] as const;
export type Telling = (typeof tellings)[number];

/** In which groups commands may be typed: those that settings, places or cases name and the usual one, all, or none. */
export const inGroupReaches = ['named', 'all', 'off'] as const;
/** How whoever typed a command hears what became of it. */
export const inGroupReplies = ['message', 'system'] as const;

/** Commands that are typed in the group itself. */
export interface InGroup {
  readonly groups: (typeof inGroupReaches)[number];
  /** Whether the sender's client is told that the text was kept away; else it shows it as sent. */
  readonly refuse: boolean;
  readonly reply: (typeof inGroupReplies)[number];
}

/** What becomes of a message that could not be decided about: it goes on, or is refused. */
export const onFailures = ['open', 'closed'] as const;
export type OnFailure = (typeof onFailures)[number];
export const ladderPowers = ['own', 'lent'] as const;
export type LadderPower = (typeof ladderPowers)[number];

export const discordRights = ['server', 'channel'] as const;
export type DiscordRights = (typeof discordRights)[number];

/** The settings that hold in one group. */
export interface GroupSettings {
  /** Of what nobody asked for in a language of their own: the log, and what members are told. */
  readonly language: Locale;
  /** Discord channel of the log, where `/log` chose none. */
  readonly log: string | null;
  readonly tell: Telling;
  /** `null`: no limit. */
  readonly quota: Quota | null;
  /** Names of the commands that need a reason. */
  readonly reasons: ReadonlySet<string>;
  /** Highest rung first. */
  readonly ladder: readonly Rung[];
  /** Whether the ladder acts for whoever may warn, or only for those who may do themselves what a rung does. */
  readonly ladderPower: LadderPower;
  /** How long a warning's points count, in seconds. */
  readonly pointsLast: number;
  readonly inGroup: InGroup;
  /** Grants by Discord role, for all groups first, then for this one, which goes before. */
  readonly discordRoles: readonly Grants[];
  /** Whose word counts for rights in Discord: the server's roles together with the channel, or the channel's alone. */
  readonly discordRights: DiscordRights;
}

export interface Settings {
  group(id: string): GroupSettings;
  /** The groups that have settings of their own. */
  readonly named: ReadonlySet<string>;
  readonly onFailure: OnFailure;
  /** The tokens of programs that the settings name; none of them expires. */
  readonly tokens: readonly KnownToken[];
}

/** The settings of this moment: they can be changed while the program runs. */
export type CurrentSettings = () => Settings;

const day = 86_400;

/** What holds where nothing is written. */
export const defaults: GroupSettings = {
  language: 'en',
  log: null,
  tell: 'system',
  quota: { members: 60, seconds: 600 },
  reasons: new Set(),
  ladder: [],
  ladderPower: 'own',
  pointsLast: 30 * day,
  inGroup: { groups: 'named', refuse: false, reply: 'message' },
  discordRoles: [],
  discordRights: 'server',
};

export const defaultSettings: Settings = {
  group: () => defaults,
  named: new Set(),
  onFailure: 'open',
  tokens: [],
};
