// What the rest of the product uses of the Discord surface. Loading it loads discord.js.
export {
  type DiscordOptions,
  DiscordSetupError,
  type RunningDiscord,
  registerCommands,
  startDiscord,
} from './client.ts';
export type { DiscordLogger } from './logger.ts';
