// discord.js, as a user would set it up.

import { Client, Events, GatewayIntentBits as Intent } from 'discord.js';
import { it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { listed, SHOW, shown, tryCommand, tryMessages, VIEW_CHANNEL } from './scenario.ts';

const INTENTS = [Intent.Guilds, Intent.GuildMembers, Intent.GuildMessages, Intent.MessageContent];

it('discord.js', async () => {
  const service = await startService({ clock: new ManualClock() });
  const client = new Client({ intents: INTENTS, rest: { api: service.api } });
  onTestFinished(() => client.destroy());
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const channel = interaction.options.getChannel('channel', true);
    const maySee = interaction.guild?.members.cache.get(interaction.user.id)?.permissionsIn(channel.id);
    await interaction.reply(shown(channel.name ?? '', maySee?.has(VIEW_CHANNEL) ?? false));
  });
  client.on(Events.MessageCreate, async (message) => {
    if (message.content.startsWith('!members ')) {
      const found = await message.guild?.members.fetch({ query: message.content.slice(9), limit: 5 });
      await message.reply(found?.map(({ user }) => user.username).join(',') ?? '');
    } else if (message.content === '!history') {
      const history = await message.channel.messages.fetch({ limit: 3 });
      await message.reply(listed(history.values()));
    }
  });
  await client.login(service.token);
  await service.waitForReady();
  await client.application?.commands.set([SHOW]);
  await tryCommand(service);
  await tryMessages(service);
});
