// Gateway: logging in, losing the connection and coming back.

import { type Client, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { DiscordService } from '../../../../src/sandbox/discord/index.ts';
import { createClient, login, startService } from '../harness.ts';

const PING = { name: 'ping', description: 'Answers' };

async function pong(interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand()) await interaction.reply('pong');
}

async function start(): Promise<{ service: DiscordService; client: Client<true> }> {
  const service = await startService();
  const client = await login(service, pong);
  await client.application.commands.set([PING]);
  return { service, client };
}

function happens(client: Client, event: Events.ShardResume | Events.ShardReady): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  client.once(event, () => resolve());
  return promise;
}

describe('logging in', () => {
  it('gives the bot its user, application, guild and all that is in it', async () => {
    const service = await startService();
    const ready = service.waitForReady();
    const client = await login(service);
    await ready;
    expect(client.user).toMatchObject({ id: service.applicationId, username: 'marshal', bot: true });
    const guild = client.guilds.cache.get(service.guildId);
    expect(guild).toMatchObject({
      name: 'Sandbox',
      ownerId: service.world.members.olivia?.id,
      memberCount: 8,
    });
    expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(['general', 'mod-log']);
    expect(guild?.roles.cache.size).toBe(5);
    expect(guild?.members.me?.permissions.has('ModerateMembers')).toBe(true);
  });

  it('fails with a wrong token', async () => {
    const service = await startService();
    const client = createClient(service);
    await expect(client.login('wrong.token.here')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  it('fails with intents that are not allowed', async () => {
    const service = await startService({ allowedIntents: GatewayIntentBits.Guilds });
    const client = createClient(service, { intents: [GatewayIntentBits.GuildMembers] });
    await expect(client.login(service.token)).rejects.toThrow('disallowed intents');
  });

  it('lets several clients hear everything', async () => {
    const { service } = await start();
    const { promise, resolve } = Promise.withResolvers<string>();
    await login(service, (interaction) => interaction.isCommand() && resolve(interaction.commandName));
    await service.type({ as: 'bob', command: 'ping' });
    expect(await promise).toBe('ping');
  });
});

describe('a lost connection', () => {
  it.each([
    ['abruptly', undefined],
    ['with code 4000', 4000],
  ])('%s is resumed, with what was missed', async (_how, code) => {
    const { service, client } = await start();
    const resumed = happens(client, Events.ShardResume);
    service.dropConnections(code);
    const replies = Promise.all(['alice', 'bob'].map((as) => service.type({ as, command: 'ping' })));
    await resumed;
    expect(await replies).toMatchObject([{ content: 'pong' }, { content: 'pong' }]);
  });

  it('is resumed when the service asks for it (op 7)', async () => {
    const { service, client } = await start();
    const resumed = happens(client, Events.ShardResume);
    service.requestReconnect();
    await resumed;
    expect(await service.type({ as: 'bob', command: 'ping' })).toMatchObject({ content: 'pong' });
  });

  it('begins anew when the session is invalid (op 9)', async () => {
    const { service, client } = await start();
    const ready = happens(client, Events.ShardReady);
    service.invalidateSessions();
    await ready;
    expect(await service.type({ as: 'bob', command: 'ping' })).toMatchObject({ content: 'pong' });
  });

  it('is resumed when the session is declared resumable (op 9)', async () => {
    const { service, client } = await start();
    const resumed = happens(client, Events.ShardResume);
    service.invalidateSessions(true);
    await resumed;
    expect(await service.type({ as: 'bob', command: 'ping' })).toMatchObject({ content: 'pong' });
  });
});

describe('messages', () => {
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];

  it.each([
    ['with the intent for content', [...intents, GatewayIntentBits.MessageContent], 'hello'],
    ['without it', intents, ''],
  ])('are heard %s', async (_which, wanted, content) => {
    const service = await startService();
    const client = await login(service, undefined, { intents: wanted });
    const { promise, resolve } = Promise.withResolvers<[string | undefined, string]>();
    client.on(Events.MessageCreate, (message) => resolve([message.member?.displayName, message.content]));
    service.typeText({ as: 'bob', content: 'hello' });
    expect(await promise).toEqual(['Bob', content]);
  });

  it('members are sent on request', async () => {
    const service = await startService();
    const client = await login(service, undefined, { intents: [...intents, GatewayIntentBits.GuildMembers] });
    const members = await client.guilds.cache.get(service.guildId)?.members.fetch({ query: 'al', limit: 5 });
    expect(members?.map((member) => member.user.username)).toEqual(['alice']);
  });
});

/** A connection by hand, with all that it received. */
async function connect(service: DiscordService) {
  const socket = new WebSocket(
    `${service.api.replace('http', 'ws').replace('/api', '')}/?v=10&encoding=json`,
  );
  onTestFinished(() => socket.terminate());
  const received: { op: number; t: string | null; s: number | null; d: unknown }[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  socket.on('close', resolve);
  await expect.poll(() => received.length).toBeGreaterThan(0);
  const send = (op: number, d?: unknown) => socket.send(JSON.stringify({ op, d }));
  return { socket, received, closed, send };
}

describe('the protocol, by hand', () => {
  it('greets, acknowledges heartbeats and lets unknown opcodes pass', async () => {
    const service = await startService();
    const { received, send } = await connect(service);
    expect(received[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 41250 } });
    send(2, { token: service.token, intents: 1, properties: {}, compress: true });
    await expect.poll(() => received.map(({ t }) => t)).toEqual([null, 'READY', 'GUILD_CREATE']);
    expect(received.map(({ s }) => s)).toEqual([null, 1, 2]);
    send(1, 2);
    send(99);
    send(1);
    await expect.poll(() => received.slice(3)).toMatchObject([{ op: 11 }, { op: 11 }]);
  });

  const identity = (service: DiscordService, more: object = {}) => ({
    token: service.token,
    intents: 1,
    ...more,
  });
  it.each<[number, string, (service: DiscordService) => [op: number, d?: unknown][]]>([
    [4002, 'an IDENTIFY without its fields', () => [[2, {}]]],
    [4003, 'anything before IDENTIFY', () => [[3, {}]]],
    [4003, 'a request for members before IDENTIFY', () => [[8, { query: '' }]]],
    [4004, 'a wrong token', (service) => [[2, identity(service, { token: 'wrong' })]]],
    [4004, 'a wrong token in RESUME', () => [[6, { token: 'wrong', session_id: '1', seq: 1 }]]],
    [
      4005,
      'a second IDENTIFY',
      (service) => [
        [2, identity(service)],
        [2, identity(service)],
      ],
    ],
    [4010, 'a shard beyond the last', (service) => [[2, identity(service, { shard: [1, 1] })]]],
    [4013, 'an intent that does not exist', (service) => [[2, identity(service, { intents: 1 << 30 })]]],
  ])('closes with %i on %s', async (code, _why, messages) => {
    const service = await startService();
    const { closed, send } = await connect(service);
    for (const [op, d] of messages(service)) send(op, d);
    expect(await closed).toBe(code);
  });

  it('closes with 4002 on what is not JSON', async () => {
    const service = await startService();
    const { socket, closed } = await connect(service);
    socket.send('{');
    expect(await closed).toBe(4002);
  });

  it('answers the RESUME of an unknown session with op 9', async () => {
    const service = await startService();
    const { received, send } = await connect(service);
    send(6, { token: service.token, session_id: '1', seq: 1 });
    await expect.poll(() => received.slice(1)).toMatchObject([{ op: 9, d: false }]);
  });

  it('forgets a session that it declared invalid, and takes a new IDENTIFY on the same connection', async () => {
    const service = await startService();
    const { received, send } = await connect(service);
    send(2, identity(service));
    await expect.poll(() => received).toHaveLength(3);
    const ready = received[1]?.d;
    service.invalidateSessions();
    send(6, { token: service.token, ...pick(ready, 'session_id'), seq: 2 });
    send(2, identity(service));
    await expect
      .poll(() => received.slice(3).map(({ op, t }) => t ?? op))
      .toEqual([9, 9, 'READY', 'GUILD_CREATE']);
  });

  it('sends the guild to its own shard alone', async () => {
    const service = await startService();
    const shards = await Promise.all([0, 1].map(async () => connect(service)));
    for (const [index, shard] of shards.entries()) {
      shard.send(2, { token: service.token, intents: 1, shard: [index, 2] });
      await expect.poll(() => shard.received.map(({ t }) => t)).toContain('READY');
    }
    await expect
      .poll(() =>
        shards.map(({ received }) => received.filter(({ t }) => t === 'GUILD_CREATE').length).sort(),
      )
      .toEqual([0, 1]);
  });
});

function pick(from: unknown, key: string): object {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) throw new Error(`no ${key}`);
  return { [key]: new Map(Object.entries(from)).get(key) };
}
