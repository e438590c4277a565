// The least bot that answers /mute with the same two Chat calls: no policy, no pacing, no facts in the reply.
import { Client, GatewayIntentBits, Routes } from 'discord.js';
import { call } from './least-chat.ts';
import { ready } from './ready.ts';
import { settings } from './settings.ts';

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: settings.api, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
});
client.on('interactionCreate', async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const account = interaction.options.getString('member', true).replace('@', '');
  await call('get_specified_group_member_info', { GroupId: 'guild', Member_List_Account: [account] });
  const MuteTime = Number(interaction.options.getString('duration', true));
  await call('modify_group_member_info', { GroupId: 'guild', Member_Account: account, MuteTime });
  await interaction.reply({
    embeds: [{ description: `${account} is muted.` }],
    allowedMentions: { parse: [] },
  });
});
client.once('clientReady', async ({ rest, application }) => {
  const text = (name: string) => ({ type: 3, name, description: name, required: true });
  const body = [{ name: 'mute', description: 'mute', options: [text('member'), text('duration')] }];
  await rest.put(Routes.applicationGuildCommands(application.id, settings.guildId), { body });
  ready();
});
await client.login(settings.token);
