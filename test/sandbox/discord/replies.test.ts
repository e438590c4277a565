// Replies: slash commands typed at the real discord.js, and every way in which it answers them.

import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordService } from '../../../src/sandbox/discord/index.ts';
import { login, startService } from './harness.ts';

const MUTE = {
  name: 'mute',
  description: 'Mutes a member',
  options: [
    { type: 3, name: 'member', description: 'Who', required: true, autocomplete: true },
    { type: 4, name: 'seconds', description: 'How long', min_value: 1 },
  ],
};

async function start(handle: (interaction: ChatInputCommandInteraction) => Promise<unknown>) {
  const service = await startService();
  const client = await login(service, async (interaction) => {
    if (interaction.isChatInputCommand()) await handle(interaction);
  });
  await client.application.commands.set([MUTE]);
  return { service, client };
}

function mute(service: DiscordService) {
  return service.type({ as: 'alice', command: 'mute', options: { member: 'bob', seconds: 3600 } });
}

describe('a slash command', () => {
  it('is answered at once', async () => {
    const { service } = await start((interaction) =>
      interaction.reply(`muted ${interaction.options.getString('member', true)}`),
    );
    expect(await mute(service)).toMatchObject({
      kind: 'message',
      content: 'muted bob',
      ephemeral: false,
      deferred: false,
      edits: 0,
    });
  });

  it('is answered after a deferral, in which case type() waits for the filled reply', async () => {
    const { service } = await start(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ content: 'done', embeds: [{ description: 'for 1 h' }] });
    });
    const reply = await mute(service);
    expect(reply).toMatchObject({
      content: 'done',
      ephemeral: true,
      deferred: true,
      pending: false,
      edits: 1,
    });
    expect(reply.embeds).toMatchObject([{ description: 'for 1 h' }]);
  });
});
