// Plugin: the commands on a client that belongs to another application.
import { Client, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { attachChatMarshal, type ChatMarshalOptions } from '../../../src/plugin.ts';
import { sandboxApp } from '../../../src/sandbox/chat/index.ts';
import { type Stage, setStage, textOf } from './harness.ts';

const PING = { name: 'ping', description: 'Answers' };

/** An application with a command and a listener of its own. */
async function startHost(stage: Stage) {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: stage.discord.api } });
  onTestFinished(() => client.destroy());
  const heard: string[] = [];
  client.on(Events.InteractionCreate, async (interaction: Interaction) => {
    if (!interaction.isChatInputCommand()) return;
    heard.push(interaction.commandName);
    if (interaction.commandName !== 'ping') return;
    await interaction.reply({
      content: 'pong',
      files: [{ attachment: Buffer.from('pong'), name: 'pong.txt' }],
    });
  });
  return { client, heard };
}

function attach(stage: Stage, client: Client, options: Partial<ChatMarshalOptions> = {}) {
  const { sdkAppId, secretKey } = sandboxApp;
  const marshal = attachChatMarshal(client, {
    chat: { sdkAppId, secretKey, apiUrl: stage.chat.url },
    groupId: 'guild',
    guildId: stage.discord.guildId,
    accountTemplate: '{username}',
    logger: stage.logger,
    ...options,
  });
  onTestFinished(() => marshal.detach());
  return marshal;
}

async function logIn(stage: Stage, client: Client): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  client.once(Events.ClientReady, resolve);
  await client.login(stage.discord.token);
  await promise;
}

const registered = (stage: Stage) =>
  vi.waitFor(() =>
    expect(stage.logs.map(({ message }) => message)).toContain('the commands are registered at Discord'),
  );

const lock = (stage: Stage) => stage.discord.type({ as: 'ada', command: 'lock' });

describe('a client of another application', () => {
  it('answers our commands and its own, and keeps its own registered', async () => {
    const stage = await setStage();
    const { client, heard } = await startHost(stage);
    attach(stage, client);
    await logIn(stage, client);
    await registered(stage);
    await client.application?.commands.create(PING, stage.discord.guildId);

    expect(textOf(await lock(stage))).toMatch(/Moonlight Guild \(guild\) is locked/);
    const pong = await stage.discord.type({ as: 'ada', command: 'ping' });
    expect(pong).toMatchObject({ content: 'pong', attachments: [{ filename: 'pong.txt' }], followUps: [] });
    expect(heard).toEqual(['lock', 'ping']);
    expect(stage.logs.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('may be ready already, and what it had registered stays', async () => {
    const stage = await setStage();
    const { client } = await startHost(stage);
    await logIn(stage, client);
    await client.application?.commands.create(PING, stage.discord.guildId);
    attach(stage, client);
    await registered(stage);
    const names = stage.discord.commands().map(({ name }) => name);
    expect(names).toContain('ping');
    expect(names).toContain('mute');
    expect(textOf(await lock(stage))).toMatch(/is locked/);
  });

  it('sends only what changed when it starts again', async () => {
    const stage = await setStage();
    const { client } = await startHost(stage);
    await logIn(stage, client);
    attach(stage, client);
    await registered(stage);
    const posts = () =>
      stage.discord.requests.filter(({ method, route }) => method === 'POST' && route.endsWith('/commands'));
    const before = posts().length;
    expect(before).toBeGreaterThan(0);
    attach(stage, client);
    await vi.waitFor(() =>
      expect(stage.logs.filter(({ message }) => message.includes('registered'))).toHaveLength(2),
    );
    expect(posts()).toHaveLength(before);
  });

  it('may register by itself', async () => {
    const stage = await setStage();
    const { client } = await startHost(stage);
    attach(stage, client, { register: false });
    await logIn(stage, client);
    await client.application?.commands.create(PING, stage.discord.guildId);
    expect(stage.discord.commands().map(({ name }) => name)).toEqual(['ping']);
  });

  it('goes on without us once detached', async () => {
    const stage = await setStage();
    const { client, heard } = await startHost(stage);
    const marshal = attach(stage, client);
    await logIn(stage, client);
    await registered(stage);
    await client.application?.commands.create(PING, stage.discord.guildId);
    await marshal.detach();

    expect(client.listenerCount(Events.InteractionCreate)).toBe(1);
    const pong = await stage.discord.type({ as: 'ada', command: 'ping' });
    expect(pong.content).toBe('pong');
    const reply = await lock(stage);
    expect(reply.kind).toBe('late');
    expect(heard).toEqual(['ping', 'lock']);
    expect(stage.chat.requests).toEqual([]);
  });
});
