// Everything that the routes share.

import type { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { Clock } from '../../../util/clock.ts';
import type { Endpoint } from '../people/endpoint.ts';
import type { CommandPermissions } from '../world/command-permissions.ts';
import type { CommandScope } from '../world/commands.ts';
import type { DirectChannels } from '../world/direct.ts';
import type { Directory } from '../world/directory.ts';
import type { InteractionStore } from '../world/interactions/interactions.ts';
import type { InteractionWebhooks } from '../world/interactions/webhooks.ts';
import type { FileStore } from '../world/messages/files.ts';
import type { MessageStore } from '../world/messages/messages.ts';

/** The state of one service. */
export interface Parts {
  readonly directory: Directory;
  readonly direct: DirectChannels;
  readonly globalCommands: CommandScope;
  readonly guildCommands: CommandScope;
  readonly commandPermissions: CommandPermissions;
  readonly messages: MessageStore;
  readonly files: FileStore;
  readonly interactions: InteractionStore;
  readonly webhooks: InteractionWebhooks;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** Known once the server listens. */
  gatewayUrl(): string;
  /** Tells the sessions that asked for this intent of an event in the guild. */
  dispatch(event: GatewayDispatchEvents, data: unknown, intent?: GatewayIntentBits): void;
}
