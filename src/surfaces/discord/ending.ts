// The ends that discord.js does not mend: what Discord closed for good, and how somebody mends it.
import { type Client, GatewayCloseCodes as Code, Events } from 'discord.js';

/** Discord cannot be used as configured; the message says what to change. */
export class DiscordSetupError extends Error {
  override readonly name = 'DiscordSetupError';
}

export const BAD_TOKEN =
  'Discord does not accept DISCORD_TOKEN: copy the token of the bot from the Developer Portal again.';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const remedies: ReadonlyMap<number, string> = new Map([
  [Code.AuthenticationFailed, BAD_TOKEN],
  [Code.InvalidShard, 'Discord does not know this shard: start the bot with another number of shards.'],
  [
    Code.ShardingRequired,
    'The bot is in too many servers for one connection: set DISCORD_GUILD_ID and leave the others, or run it as a plugin of a bot with shards.',
  ],
  [
    Code.InvalidAPIVersion,
    'Discord has ended this version of its API: install a newer version of the program.',
  ],
  [
    Code.InvalidIntents,
    'Discord does not know an intent that the bot asks for: install a newer version of the program.',
  ],
  [
    Code.DisallowedIntents,
    'Discord does not let the bot use an intent that it asks for: check the bot in the Developer Portal.',
  ],
]);

/** Why Discord ended the connection, with what mends it. @param code how it closed */
export const endedWith = (code: number): DiscordSetupError =>
  new DiscordSetupError(remedies.get(code) ?? `Discord ended the connection with code ${code}.`);

/**
 * Calls back when Discord has closed a client's connection for good: nothing more will come of it.
 * @returns ends that
 */
export function onEnd(client: Client, listener: (problem: DiscordSetupError) => void): () => void {
  const heard = ({ code }: { readonly code: number }) => {
    if (remedies.has(code)) listener(endedWith(code));
  };
  client.on(Events.ShardDisconnect, heard);
  return () => void client.off(Events.ShardDisconnect, heard);
}
