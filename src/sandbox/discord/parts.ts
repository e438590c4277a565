// Parts: everything that the routes share.

import type { CommandPermissions } from './command-permissions.ts';
import type { CommandScope } from './commands.ts';
import type { Directory } from './directory.ts';
import type { InteractionStore } from './interactions.ts';
import type { MessageStore } from './messages.ts';
import type { InteractionWebhooks } from './webhooks.ts';

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
