// oceanic.js, which shares no code with discord.js.

import { ApplicationCommandOptionTypes, ApplicationCommandTypes, Client, InteractionTypes } from 'oceanic.js';
import { it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { listed, SHOW, shown, tryCommand, tryMessages, VIEW_CHANNEL } from './scenario.ts';

it('oceanic.js', async () => {
  const service = await startService({ clock: new ManualClock() });
  const client = new Client({
    auth: `Bot ${service.token}`,
    rest: { baseURL: `${service.api}/v10` },
    gateway: { intents: ['GUILDS', 'GUILD_MEMBERS', 'GUILD_MESSAGES', 'MESSAGE_CONTENT'] },
  });
  onTestFinished(() => client.disconnect(false));
  client.on('interactionCreate', async (interaction) => {
    if (interaction.type !== InteractionTypes.APPLICATION_COMMAND) return;
    const channel = interaction.data.options.getChannel('channel', true);
    const maySee = Boolean(channel.permissions.allow & VIEW_CHANNEL);
    await interaction.createMessage({ content: shown(channel.name ?? '', maySee) });
  });
  client.on('messageCreate', async (message) => {
    const reply = (content: string) =>
      client.rest.channels.createMessage(message.channelID, {
        content,
        messageReference: { messageID: message.id },
      });
    if (message.content.startsWith('!members ')) {
      const query = message.content.slice(9);
      const members = await client.shards
        .get(0)
        ?.requestGuildMembers(message.guildID ?? '', { query, limit: 5 });
      await reply(members?.map(({ username }) => username).join(',') ?? '');
    } else if (message.content === '!history') {
      const history = await client.rest.channels.getMessages(message.channelID, { limit: 3 });
      await reply(listed(history));
    }
  });
  await client.connect();
  await service.waitForReady();
  const [option] = SHOW.options;
  await client.rest.applications.createGlobalCommand(service.applicationId, {
    type: ApplicationCommandTypes.CHAT_INPUT,
    name: SHOW.name,
    description: SHOW.description,
    options: [
      { ...option, type: ApplicationCommandOptionTypes.CHANNEL, name: 'channel', description: 'Which' },
    ],
  });
  await tryCommand(service);
  await tryMessages(service);
});
