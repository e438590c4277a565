// From an interaction to the request that every surface makes: who asks, what, and about which group.
import type { BaseInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Command } from '../../command/command.ts';
import type { RawOptions, Request } from '../../command/request.ts';
import type { Actor } from '../../moderation/actor.ts';
import { accountOf, accountOfMention, type DiscordUser } from './accounts.ts';
import { rightsOf } from './permissions.ts';
import type { DiscordSettings } from './settings.ts';

/** A command as it was chosen in Discord. */
export interface Asked {
  readonly command: Command;
  readonly options: RawOptions;
  /** Users that the interaction describes, so that nobody has to look them up. */
  readonly known: readonly DiscordUser[];
}

/** Who asks. Works without caches: Discord sends the permissions along. */
export function actorOf({ user, memberPermissions, guild }: BaseInteraction, template: string): Actor {
  return {
    surface: 'discord',
    id: user.id,
    name: user.displayName,
    account: accountOf(template, user),
    authority: {
      kind: 'granted',
      rights: rightsOf(memberPermissions?.bitfield ?? 0n, guild?.ownerId === user.id),
    },
  };
}

/** What a slash command was filled in with. */
export function askedIn(interaction: ChatInputCommandInteraction, command: Command): Asked {
  const options = interaction.options.data.map(({ name, value }) => [name, String(value ?? '')] as const);
  return { command, options: Object.fromEntries(options), known: [] };
}

/** Group that a command acts on; none for a command that is about no group. */
export function groupOf({ command, options }: Asked, settings: DiscordSettings): string | undefined {
  return command.kind === 'guide' ? undefined : options.group || settings.defaultGroup;
}

/** Whether a command only shows what it would do. */
export const isDryRun = ({ options }: Asked): boolean => options['dry-run'] === 'true';

/** The request for the pipeline. `guildId` is the server that the interaction came from. */
export function requestOf(
  interaction: BaseInteraction,
  guildId: string,
  asked: Asked,
  settings: DiscordSettings,
): Request {
  const { accountTemplate: template, defaultGroup } = settings;
  const { rest } = interaction.client;
  const known = [interaction.user, ...asked.known];
  return {
    actor: actorOf(interaction, template),
    command: asked.command.name,
    options: asked.options,
    ...(defaultGroup !== undefined && { defaultGroup }),
    accountOfMention: (userId) => accountOfMention({ rest, guildId, template }, userId, known),
  };
}
