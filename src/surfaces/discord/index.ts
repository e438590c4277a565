// What the rest of the product uses of the Discord surface. Loading it loads discord.js.
export {
  type DiscordOptions,
  type RunningDiscord,
  registerCommands,
  startDiscord,
} from './client.ts';
export { DiscordSetupError } from './ending.ts';
export type { DiscordLogger } from './logger.ts';
