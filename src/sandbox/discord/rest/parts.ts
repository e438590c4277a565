// Parts: everything that the routes share.

import type { CommandPermissions } from '../world/command-permissions.ts';
import type { CommandScope } from '../world/commands.ts';
import type { Directory } from '../world/directory.ts';
import type { InteractionStore } from '../world/interactions.ts';
import type { MessageStore } from '../world/messages.ts';
import type { InteractionWebhooks } from '../world/webhooks.ts';

/** The state of one service. */
export interface Parts {
  directory: Directory;
  globalCommands: CommandScope;
  guildCommands: CommandScope;
  commandPermissions: CommandPermissions;
  messages: MessageStore;
  interactions: InteractionStore;
  webhooks: InteractionWebhooks;
  /** Known once the server listens. */
  gatewayUrl(): string;
}
