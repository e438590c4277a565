// From an interaction to the request that every surface makes: who asks, what, and about which group.
import type { BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Command } from '../../command/command.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import type { Place } from '../../moderation/place.ts';
import type { RawOptions, Request } from '../../request/request.ts';
import type { DiscordDeps } from './deps.ts';
import { accountOf, accountOfMention, type DiscordUser } from './rights/accounts.ts';
import { withCommands } from './rights/command-permissions.ts';
import { findModerator } from './rights/moderators.ts';
import { rightsOf } from './rights/permissions.ts';

/** A command as it was chosen in Discord. */
export interface Asked {
  readonly command: Command;
  readonly options: RawOptions;
  /** Set for what must change nothing. */
  readonly readOnly?: boolean;
  /** Users that the interaction describes, so that nobody has to look them up. */
  readonly known: readonly DiscordUser[];
}

/** Who asks. Discord sends permissions and roles along. Never throws. */
export async function actorOf(
  interaction: BaseInteraction,
  {
    accountTemplate,
    commandPermissions,
    serverRoles,
  }: Pick<DiscordDeps, 'accountTemplate' | 'commandPermissions' | 'serverRoles'>,
): Promise<Actor> {
  const { user, memberPermissions, guildId } = interaction;
  const roles = roleIdsOf(interaction);
  const everywhere = guildId === null ? null : await serverRoles.permissionsOf(guildId, roles);
  const rights = rightsOf(memberPermissions?.bitfield ?? 0n, everywhere);
  const channelId = parentOf(interaction) ?? interaction.channelId;
  const here = guildId === null ? null : { guildId, userId: user.id, roleIds: roles, channelId };
  return {
    surface: 'discord',
    id: user.id,
    name: user.displayName,
    account: accountOf(accountTemplate, user),
    isGuessed: true,
    roles,
    authority: {
      kind: 'granted',
      rights: here === null ? rights : await withCommands(rights, commandPermissions, here),
    },
  };
}

/** As a member object lists them: without the role of everybody, whose id is the server's. */
function roleIdsOf({ member, guildId }: BaseInteraction): readonly string[] {
  if (member === null) return [];
  const ids = Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
  return ids.filter((id) => id !== guildId);
}

/** The channel that a thread belongs to; `null` outside of threads, and where discord.js does not know the thread. */
const parentOf = ({ channel }: BaseInteraction): string | null =>
  channel?.isThread() === true ? channel.parentId : null;

/** Where it was asked, the narrowest first: a thread, its channel, the server. */
export function placesOf(interaction: BaseInteraction, guild: string): readonly Place[] {
  const channels = [interaction.channelId, parentOf(interaction)].filter((channel) => channel !== null);
  return [...channels, null].map((channel) => ({ surface: 'discord', guild, channel }));
}

/** What a slash command was filled in with. */
export function askedIn(interaction: ChatInputCommandInteraction, command: Command): Asked {
  const options = interaction.options.data.map(({ name, value }) => [name, String(value ?? '')] as const);
  return { command, options: Object.fromEntries(options), known: [] };
}

/** Whether a command only shows what it would do. */
export const isDryRun = ({ options }: Asked): boolean => options['dry-run'] === 'true';

/** The request for the pipeline. `guildId` is the server that the interaction came from. */
export async function requestOf(
  interaction: BaseInteraction,
  guildId: string,
  asked: Asked,
  settings: DiscordDeps,
): Promise<Request> {
  const { accountTemplate, commandPermissions, defaultGroup } = settings;
  const { rest } = interaction.client;
  const known = [interaction.user, ...asked.known];
  const channelId = parentOf(interaction) ?? interaction.channelId;
  const search = { rest, guildId, channelId, accountTemplate, commandPermissions };
  return {
    actor: await actorOf(interaction, settings),
    command: asked.command.name,
    options: asked.options,
    ...(asked.readOnly === true && { readOnly: true }),
    questions: 'ask',
    ...(defaultGroup !== undefined && { defaultGroup }),
    places: placesOf(interaction, guildId),
    accountOfMention: (userId) =>
      accountOfMention({ rest, guildId, template: accountTemplate }, userId, known),
    actorOfMention: (userId) => findModerator(search, userId),
  };
}
