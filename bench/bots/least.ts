// The least bot that answers /mute with the same two Chat calls: no policy, no pacing, no facts in the reply.
import { Client, GatewayIntentBits, Routes } from 'discord.js';
import { signUserSig } from '../../src/chat/protocol/usersig.ts';
import { Pool } from '../../src/util/undici.ts';
import { settings } from './settings.ts';

const { baseUrl, sdkAppId, secretKey } = settings.chat;
const identifier = 'administrator';
const userSig = signUserSig({
  sdkAppId,
  secretKey,
  identifier,
  issuedAt: Math.floor(Date.now() / 1_000),
  expire: 86_400,
});
const query = `sdkappid=${sdkAppId}&identifier=${identifier}&usersig=${userSig}&random=1&contenttype=json`;
const pool = new Pool(baseUrl, { connections: 50, pipelining: 1 });

async function call(command: string, body: object): Promise<unknown> {
  const path = `/v4/group_open_http_svc/${command}?${query}`;
  const headers = { 'content-type': 'application/json' };
  const response = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
  return response.body.json();
}

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
client.once('clientReady', async (ready) => {
  const text = (name: string) => ({ type: 3, name, description: name, required: true });
  const body = [{ name: 'mute', description: 'mute', options: [text('member'), text('duration')] }];
  await ready.rest.put(Routes.applicationGuildCommands(ready.application.id, settings.guildId), { body });
  process.send?.({ ready: performance.now(), rss: process.memoryUsage.rss() });
});
await client.login(settings.token);
