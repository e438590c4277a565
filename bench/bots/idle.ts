// A discord.js client that logs in and does nothing: the floor for start and memory.
import { Client, GatewayIntentBits } from 'discord.js';
import { ready } from './ready.ts';
import { settings } from './settings.ts';

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: settings.api } });
client.once('clientReady', ready);
await client.login(settings.token);
