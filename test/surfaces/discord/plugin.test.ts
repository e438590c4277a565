// Plugin: the commands on a client that belongs to another application.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Events, GatewayIntentBits, type Interaction } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Settlement } from '../../../src/moderation/cases/case.ts';
import { attachChatMarshal, type ChatMarshalOptions } from '../../../src/plugin.ts';
import { sandboxApp } from '../../../src/sandbox/chat/index.ts';
import { draft } from '../../store/cases/drafts.ts';
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
  const moderation = attachChatMarshal(client, {
    chat: { sdkAppId, secretKey, apiUrl: stage.chat.url },
    groupId: 'guild',
    guildId: stage.discord.guildId,
    accountTemplate: '{username}',
    logger: stage.logger,
    ...options,
  });
  onTestFinished(() => moderation.detach());
  return moderation;
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

  it('tells its host when Discord closes for good, and not otherwise', async () => {
    const stage = await setStage();
    const { client } = await startHost(stage);
    const told: string[] = [];
    attach(stage, client, { onDisconnect: ({ message }) => told.push(message) });
    await logIn(stage, client);
    const reconnected = once(client, Events.ShardResume);
    stage.discord.dropConnections(4000);
    await reconnected;
    expect(told).toEqual([]);
    stage.discord.dropConnections(4004);
    await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('copy the token of the bot')]));
    expect(stage.logs.filter(({ level }) => level === 'error')).toHaveLength(1);
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
    const moderation = attach(stage, client);
    await logIn(stage, client);
    await registered(stage);
    await client.application?.commands.create(PING, stage.discord.guildId);
    await moderation.detach();

    expect(client.listenerCount(Events.InteractionCreate)).toBe(1);
    const pong = await stage.discord.type({ as: 'ada', command: 'ping' });
    expect(pong.content).toBe('pong');
    const reply = await lock(stage);
    expect(reply.kind).toBe('late');
    expect(heard).toEqual(['ping', 'lock']);
    expect(stage.chat.requests).toEqual([]);
  });
});

/** A client with our commands, logged in and ready to take them. */
async function startAttached(options: Partial<ChatMarshalOptions> | ((stage: Stage) => object) = {}) {
  const stage = await setStage();
  const { client } = await startHost(stage);
  const moderation = attach(stage, client, typeof options === 'function' ? options(stage) : options);
  await logIn(stage, client);
  await registered(stage);
  return { stage, client, moderation };
}

const withStore = ({ store }: Stage) => ({ store });

const logHere = ({ discord }: Stage) =>
  discord.type({ as: 'ada', command: 'log', options: { log: 'here' }, channel: 'mod-log' });

const toldIn = ({ discord }: Stage) =>
  discord.messages('mod-log').map(({ embeds: [embed] }) => embed?.description ?? '');

describe('with a store', () => {
  it('tells cases in the log of their group', async () => {
    const { stage } = await startAttached(withStore);
    await logHere(stage);
    await lock(stage);
    await vi.waitFor(() =>
      expect(toldIn(stage)).toEqual([
        expect.stringMatching(/^Case 1: \/log, done\n/),
        expect.stringMatching(/^Case 2: \/lock, done\n/),
      ]),
    );
  });

  it('takes back in time what was done for a while', async () => {
    const { stage } = await startAttached(withStore);
    await stage.discord.type({ as: 'ada', command: 'lock', options: { duration: '1s' } });
    const isOver = async () => (await stage.store.cases.find('guild', 1))?.state;
    await vi.waitFor(async () => expect(await isOver()).toBe('expired'), 10_000);
    expect((await stage.store.cases.find('guild', 2))?.undoes).toBe(1);
  });

  it('settles what an earlier run left pending', async () => {
    const stage = await setStage();
    const { cases } = stage.store;
    await cases.open(draft({ group: 'guild' }));
    const unwritable: Settlement = {
      state: 'applied',
      get targets(): never {
        throw new Error('the process ends');
      },
    };
    await expect(cases.settle('guild', 1, unwritable)).rejects.toThrow('the process ends');
    const { client } = await startHost(stage);
    attach(stage, client, { store: stage.store });
    await vi.waitFor(async () => expect(await cases.pending()).toEqual([]));
  });

  it('leaves store and client usable once detached, and looks at the store no more', async () => {
    const { stage, client, moderation } = await startAttached(withStore);
    await logHere(stage);
    await vi.waitFor(() => expect(toldIn(stage)).toHaveLength(1));
    await moderation.detach();
    const { cases } = stage.store;
    const unlogged = vi.fn(cases.unlogged);
    const store = { ...stage.store, cases: { ...cases, unlogged } };
    const looks = [vi.spyOn(cases, 'unlogged'), vi.spyOn(cases, 'due')];
    attach(stage, client, { store, register: false });
    await lock(stage);
    await vi.waitFor(() => expect(toldIn(stage)).toHaveLength(2));
    // The second look of the one log at rest shows that the other would have looked, too.
    unlogged.mockClear();
    await vi.waitFor(() => expect(unlogged.mock.calls.length).toBeGreaterThan(1), 10_000);
    expect(looks.flatMap(({ mock }) => mock.calls)).toEqual([]);
    expect(stage.logs.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});

describe('with settings', () => {
  /** A settings file in a directory that is gone after the test. */
  function createFile(text: string) {
    const directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const path = join(directory, 'marshal.yaml');
    const write = (next: string) => writeFileSync(path, next);
    write(text);
    return { path, write };
  }

  const errors = ({ logs }: Stage) => logs.filter(({ level }) => level === 'error');

  it('goes by them', async () => {
    const { path } = createFile('language: ja\nreasons: [lock]\n');
    const { stage } = await startAttached((stage) => ({ ...withStore(stage), settings: path }));
    await logHere(stage);
    expect(textOf(await lock(stage))).toMatch(/reason/);
    await stage.discord.type({ as: 'ada', command: 'lock', options: { reason: 'a raid' } });
    await vi.waitFor(() =>
      expect(toldIn(stage)).toEqual([expect.stringMatching(/^ケース 1/), expect.stringMatching(/^ケース 2/)]),
    );
  });

  it('refuses every command while they are faulty, says why in the log once, and goes on when they are right', async () => {
    const { path, write } = createFile('langauge: en\n');
    const { stage } = await startAttached((stage) => ({ ...withStore(stage), settings: path }));
    const refused = await lock(stage);
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toMatch(/The bot's settings have an error/);
    const choices = { as: 'ada', command: 'mute', options: { member: 'b' }, focused: 'member' };
    expect(await stage.discord.autocomplete(choices)).toEqual([]);
    expect(stage.chat.requests).toEqual([]);
    expect(errors(stage)).toMatchObject([{ fields: { problem: expect.stringMatching(/:1:1 .*langauge/) } }]);

    write('language: en\n');
    await vi.waitFor(async () => expect(textOf(await lock(stage))).toMatch(/is locked/), 10_000);
    expect(errors(stage)).toHaveLength(1);
  });

  it('that are not there refuse, too', async () => {
    const { stage } = await startAttached({ settings: join(tmpdir(), 'no-such-directory', 'marshal.yaml') });
    expect(textOf(await lock(stage))).toMatch(/The bot's settings have an error/);
  });
});
