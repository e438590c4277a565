// What the admins of each server decided on Discord's Integrations page about who may use our commands.
import { type ApplicationCommandPermissionsUpdateData, type Client, Events, type Guild } from 'discord.js';
import type { Rights } from '../../../moderation/capability.ts';
import type { Clock } from '../../../util/clock.ts';
import type { DiscordLogger } from '../logger.ts';
import type { MemberHere } from './command-rules.ts';
import { type Decisions, GuildRules } from './guild-rules.ts';

export interface CommandPermissions {
  /**
   * What is decided about a member who is neither an administrator nor the owner: those are never bound. Waits at most
   * 700 ms, and only where the server was not read yet. Empty where Discord cannot be asked. Never throws.
   */
  decisionsFor(member: MemberHere): Promise<Decisions>;
  /** Listens no more. */
  close(): void;
}

export interface CommandPermissionsOptions {
  /** Names of our slash commands. */
  readonly names: readonly string[];
  /** The only server that commands are taken from; any server when undefined. */
  readonly guildId?: string | undefined;
  readonly logger: DiscordLogger;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * Watches the servers of a client. They are read when a shard has connected anew. While it stays connected, and when it
 * resumes, Discord sends what changes, whatever the intents (docs.discord.com/developers/events/gateway#list-of-intents).
 */
export function watchCommandPermissions(
  client: Client,
  { names, guildId: onlyGuild, logger, clock = Date }: CommandPermissionsOptions,
): CommandPermissions {
  const guilds = new Map<string, GuildRules>();

  function rulesOf(applicationId: string, guildId: string): GuildRules {
    const source = { rest: client.rest, applicationId, guildId };
    const rules = guilds.get(guildId) ?? new GuildRules(source, logger, clock);
    guilds.set(guildId, rules);
    return rules;
  }

  /** One server after the other: a bot in many of them must not use up its requests at the start. */
  async function readAll(belongs: (guild: Guild) => boolean): Promise<void> {
    for (const { id } of [...client.guilds.cache.filter(belongs).values()]) {
      const isOurs = onlyGuild === undefined || id === onlyGuild;
      if (client.application !== null && isOurs) await rulesOf(client.application.id, id).refresh();
    }
  }

  const readShard = (shard: number) => void readAll(({ shardId }) => shardId === shard);
  const forget = ({ id }: Guild) => void guilds.delete(id);
  const announce = ({ applicationId, guildId, id, permissions }: ApplicationCommandPermissionsUpdateData) => {
    // The rules of other applications are announced, too.
    if (applicationId === client.application?.id) guilds.get(guildId)?.announce(id, permissions);
  };
  client.on(Events.ShardReady, readShard);
  client.on(Events.GuildDelete, forget);
  client.on(Events.ApplicationCommandPermissionsUpdate, announce);
  if (client.isReady()) void readAll(() => true);

  return {
    async decisionsFor(member) {
      if (client.application === null) return new Map();
      return rulesOf(client.application.id, member.guildId).decisionsFor(names, member);
    },
    close() {
      client.off(Events.ShardReady, readShard);
      client.off(Events.GuildDelete, forget);
      client.off(Events.ApplicationCommandPermissionsUpdate, announce);
    },
  };
}

/** Rights with what is decided about single commands. Administrators and the owner, who have rank 3, are not bound. */
export async function withCommands(
  rights: Rights,
  permissions: Pick<CommandPermissions, 'decisionsFor'>,
  member: MemberHere,
): Promise<Rights> {
  if (rights.rank === 3) return rights;
  const commands = await permissions.decisionsFor(member);
  return commands.size === 0 ? rights : { ...rights, commands };
}
