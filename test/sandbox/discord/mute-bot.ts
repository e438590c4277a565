// Mute bot: a bot with the one command /mute, which a test lets answer as it likes.

import type { ChatInputCommandInteraction } from 'discord.js';
import type { DiscordService, DiscordServiceOptions, Reply } from '../../../src/sandbox/discord/index.ts';
import { login, startService } from './harness.ts';

const MUTE = {
  name: 'mute',
  description: 'Mutes a member',
  options: [{ type: 3, name: 'member', description: 'Who', required: true }],
};

type Handler = (interaction: ChatInputCommandInteraction) => Promise<unknown>;

/** Starts the service and the bot. */
export async function start(handle: Handler, options: DiscordServiceOptions = {}): Promise<DiscordService> {
  const service = await startService(options);
  const client = await login(service, async (interaction) => {
    if (interaction.isChatInputCommand()) await handle(interaction);
  });
  await client.application.commands.set([MUTE]);
  return service;
}

/** Lets alice type `/mute bob`. */
export function mute(service: DiscordService): Promise<Reply> {
  return service.type({ as: 'alice', command: 'mute', options: { member: 'bob' } });
}
