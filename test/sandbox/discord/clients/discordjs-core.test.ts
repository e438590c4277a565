// @discordjs/core on @discordjs/rest and @discordjs/ws: discord.js without its structures.

import { API, Client, GatewayDispatchEvents as Event, GatewayIntentBits as Intent } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { WebSocketManager } from '@discordjs/ws';
import type { APIChatInputApplicationCommandInteraction } from 'discord-api-types/v10';
import { expect, it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { listed, SHOW, shown, tryCommand, tryMessages, VIEW_CHANNEL } from './scenario.ts';

const INTENTS = Intent.Guilds | Intent.GuildMembers | Intent.GuildMessages | Intent.MessageContent;

it('@discordjs/core', async () => {
  const service = await startService({ clock: new ManualClock() });
  const rest = new REST({ api: service.api, version: '10' }).setToken(service.token);
  const gateway = new WebSocketManager({ token: service.token, intents: INTENTS, rest });
  onTestFinished(() => gateway.destroy());
  const client = new Client({ rest, gateway });
  client.on(Event.InteractionCreate, async ({ data: interaction, api }) => {
    const { data } = interaction as APIChatInputApplicationCommandInteraction;
    const [channel] = Object.values(data.resolved?.channels ?? {});
    const maySee = Boolean(BigInt(channel?.permissions ?? 0) & VIEW_CHANNEL);
    const content = shown(channel?.name ?? '', maySee);
    const answer = { content, with_response: true };
    const told = await api.interactions.reply(interaction.id, interaction.token, answer);
    expect(told?.resource?.message?.content).toBe(content);
  });
  client.on(Event.MessageCreate, async ({ data: message, api }) => {
    const reply = (content: string) =>
      api.channels.createMessage(message.channel_id, {
        content,
        message_reference: { message_id: message.id },
      });
    if (message.content.startsWith('!members ')) {
      const request = { guild_id: message.guild_id ?? '', query: message.content.slice(9), limit: 5 };
      const { members } = await client.requestGuildMembers(request);
      await reply(members.map(({ user }) => user.username).join(','));
    } else if (message.content === '!history') {
      const history = await api.channels.getMessages(message.channel_id, { limit: 3 });
      await reply(listed(history));
    }
  });
  await gateway.connect();
  await service.waitForReady();
  const api = new API(rest);
  await api.applicationCommands.bulkOverwriteGlobalCommands(service.applicationId, [SHOW]);
  await tryCommand(service);
  await tryMessages(service);
});
