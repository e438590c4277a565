// A discord.js client that logs in and does nothing: the floor for start and memory.
import { Client, GatewayIntentBits } from 'discord.js';
import { settings } from './settings.ts';

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: settings.api } });
client.once('clientReady', () => {
  process.send?.({ ready: performance.now(), rss: process.memoryUsage.rss() });
});
await client.login(settings.token);
