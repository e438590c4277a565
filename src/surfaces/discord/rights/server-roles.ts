// What the roles of a server allow by themselves, whatever a channel adds: as the gateway keeps them, or by REST.
import { type Client, GatewayIntentBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { within } from '../../../util/pause.ts';
import { describe } from '../errors.ts';
import type { DiscordLogger } from '../logger.ts';

export interface ServerRoles {
  /**
   * The permissions that these roles and that of everybody have in the server. Waits at most 2 s, and only where the
   * gateway does not keep the roles. `null`: they could not be had. Never throws.
   */
  permissionsOf(guildId: string, roleIds: readonly string[]): Promise<bigint | null>;
}

/** Permissions by the ID of a role. */
type Roles = ReadonlyMap<string, bigint>;

interface Read {
  readonly roles: Promise<Roles | null>;
  readonly at: number;
}

/** How long the roles of a server count that nobody tells us changes of, in milliseconds. */
const FRESH_MS = 60_000;
/** How long a server that could not be read is left alone, in milliseconds. */
const RETRY_MS = 5_000;
/** How long an interaction waits for the roles, in milliseconds. */
const WAIT_MS = 2_000;

const roleList = z.array(z.object({ id: z.string(), permissions: z.string() }));

/** The roles of the servers of a client. @param clock the machine's unless told */
export function createServerRoles(client: Client, logger: DiscordLogger, clock: Clock = Date): ServerRoles {
  const reads = new Map<string, Read>();

  async function read(guildId: string): Promise<Roles | null> {
    try {
      const list = roleList.parse(await client.rest.get(Routes.guildRoles(guildId)));
      return new Map(list.map(({ id, permissions }) => [id, BigInt(permissions)]));
    } catch (error) {
      logger.warn(
        { guildId, failure: describe(error) },
        'Discord did not say what the roles of a server allow',
      );
      // Asked again soon, and not by every interaction.
      reads.set(guildId, { roles: Promise.resolve(null), at: clock.now() - FRESH_MS + RETRY_MS });
      return null;
    }
  }

  async function readWithin(guildId: string): Promise<Roles | null> {
    const known = reads.get(guildId);
    const roles = known !== undefined && clock.now() - known.at < FRESH_MS ? known.roles : read(guildId);
    if (roles !== known?.roles) reads.set(guildId, { roles, at: clock.now() });
    let answer: Roles | null = null;
    await within(
      roles.then((value) => {
        answer = value;
      }),
      WAIT_MS,
    );
    return answer;
  }

  return {
    async permissionsOf(guildId, roleIds) {
      const roles = rolesInCache(client, guildId) ?? (await readWithin(guildId));
      // The role of everybody has the ID of the server, and no member lists it.
      return roles === null
        ? null
        : [guildId, ...roleIds].reduce((bits, id) => bits | (roles.get(id) ?? 0n), 0n);
    },
  };
}

/** What the gateway keeps, where the client hears of changes. */
function rolesInCache(client: Client, guildId: string): Roles | null {
  const guild = client.guilds.cache.get(guildId);
  const hears = client.options.intents.has(GatewayIntentBits.Guilds);
  if (guild === undefined || !hears || !guild.available || guild.roles.cache.size === 0) return null;
  return new Map(guild.roles.cache.map(({ id, permissions }) => [id, permissions.bitfield]));
}
