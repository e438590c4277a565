// What the Discord surface is handed.
import type { Moderation } from '../../command/service.ts';
import type { DiscordLogger } from './logger.ts';
import type { CommandPermissions } from './rights/command-permissions.ts';
import type { ServerRoles } from './rights/server-roles.ts';

export interface DiscordDeps {
  readonly moderation: Moderation;
  /** Chat account of a Discord user: a text in which `{id}` and `{username}` are replaced. */
  readonly accountTemplate: string;
  /** The only server that commands are taken from; any server when undefined. */
  readonly guildId?: string | undefined;
  /** Chat group that a command acts on when it names none. */
  readonly defaultGroup?: string | undefined;
  /** What the server's admins decided about single commands. */
  readonly commandPermissions: Pick<CommandPermissions, 'decisionsFor'>;
  /** What the roles of a server allow by themselves. */
  readonly serverRoles: ServerRoles;
  /** How long a question stands, in milliseconds; a minute when undefined. */
  readonly answerWithin?: number | undefined;
  readonly logger: DiscordLogger;
}
