// The roles of a server: what one channel gives acts on no whole group, however the bot learns what roles allow.
import { PermissionFlagsBits as Can, Client, Events } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { defaultSettings, defaults, type GroupSettings } from '../../../../src/moderation/settings.ts';
import { createModerationService } from '../../../../src/pipeline/service.ts';
import { attachChatMarshal } from '../../../../src/plugin.ts';
import { sandboxApp } from '../../../../src/sandbox/chat/index.ts';
import { defaultWorld } from '../../../../src/sandbox/discord/index.ts';
import { createServerRoles } from '../../../../src/surfaces/discord/rights/server-roles.ts';
import { sandboxClient } from '../../../support/client.ts';
import { createLog, setStage, startBot, textOf, typeAndConfirm } from '../harness.ts';

/** A world in which a channel gives carol what none of her roles does. */
function worldWithOverwrite() {
  const world = defaultWorld();
  const { general } = world.channels;
  const allow = Can.ManageRoles | Can.ManageMessages | Can.ModerateMembers;
  return {
    ...world,
    channels: { ...world.channels, general: { ...general, overwrites: [{ member: 'carol', allow }] } },
  };
}

const promote = { as: 'carol', command: 'promote', options: { member: '@bob' }, force: true };

async function botWith(settings: Partial<GroupSettings>) {
  const stage = await setStage({ world: worldWithOverwrite() });
  const client = sandboxClient(stage.chat.url);
  onTestFinished(() => client.close());
  const group = () => ({ ...defaults, ...settings });
  const moderation = createModerationService({
    commands,
    chat: client,
    clock: Date,
    recorder: { ...stage.store, logger: stage.logger },
    settings: () => ({ ...defaultSettings, group }),
  });
  return startBot({ ...stage, moderation });
}

describe('a right of one channel', () => {
  it('acts on no group', async () => {
    const bot = await botWith({});
    expect(textOf(await bot.discord.type(promote))).toMatch(
      /this channel gives you that Discord permission, but none of your roles/,
    );
    for (const command of ['mute', 'purge', 'whois']) {
      const options = { member: '@bob', ...(command === 'mute' ? { duration: '60' } : {}) };
      const reply = await bot.discord.type({ ...promote, command, options });
      expect(textOf(reply)).toMatch(/none of your roles/);
    }
    expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Member');
    expect(await bot.store.cases.list({}, { limit: 9 })).toMatchObject({ cases: [] });
  });

  it('counts where the settings say so', async () => {
    const bot = await botWith({ discordRights: 'channel' });
    await typeAndConfirm(bot, promote);
    expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Admin');
  });

  it('is no more than the roles together with what the channel takes', async () => {
    const world = defaultWorld();
    const { general } = world.channels;
    const deny = Can.ModerateMembers;
    const channels = {
      ...world.channels,
      general: { ...general, overwrites: [{ role: 'moderator', deny }] },
    };
    const bot = await startBot(await setStage({ world: { ...world, channels } }));
    const mute = { as: 'alice', command: 'mute', options: { member: '@bob', duration: '60' }, force: true };
    expect(textOf(await bot.discord.type(mute))).toMatch(/You need the Discord permission Timeout Members/);
    expect(textOf(await bot.discord.type({ ...mute, channel: 'mod-log' }))).toMatch(/is muted/);
  });
});

describe('a client that hears of no servers', () => {
  async function attached() {
    const stage = await setStage({ world: worldWithOverwrite() });
    const client = new Client({ intents: [], rest: { api: stage.discord.api, retries: 0 } });
    onTestFinished(() => client.destroy());
    const { sdkAppId, secretKey } = sandboxApp;
    const plugin = attachChatMarshal(client, {
      chat: { sdkAppId, secretKey, apiUrl: stage.chat.url },
      groupId: 'guild',
      accountTemplate: '{username}',
      logger: stage.logger,
    });
    onTestFinished(() => plugin.detach());
    const { promise, resolve } = Promise.withResolvers<unknown>();
    client.once(Events.ClientReady, resolve);
    await client.login(stage.discord.token);
    await promise;
    await vi.waitFor(() =>
      expect(stage.logs.map(({ message }) => message)).toContain('the commands are registered at Discord'),
    );
    return stage;
  }

  const mute = { as: 'alice', command: 'mute', options: { member: '@bob', duration: '60' }, force: true };

  it('reads the roles', async () => {
    const stage = await attached();
    expect(textOf(await stage.discord.type(mute))).toMatch(/is muted/);
    expect(textOf(await stage.discord.type(promote))).toMatch(/none of your roles/);
    expect(stage.discord.requests.filter(({ path }) => path.endsWith('/roles'))).toHaveLength(1);
  });

  it('refuses and says so where they cannot be had, but not an administrator', async () => {
    const stage = await attached();
    stage.discord.failNext({ path: /\/roles$/ }, { kind: 'status', status: 500 }, 9);
    expect(textOf(await stage.discord.type(mute))).toMatch(/Discord did not say what your roles allow/);
    expect(textOf(await stage.discord.type({ ...mute, as: 'ada' }))).toMatch(/is muted/);
  });
});

it('reads them again after a minute, once for all who ask', async () => {
  const { logger, logs } = createLog();
  let now = 0;
  let reads = 0;
  let role = Can.BanMembers;
  const client = new Client({ intents: [] });
  client.rest.get = async () => {
    reads += 1;
    if (role === 0n) throw new Error('down');
    return [{ id: '7', permissions: String(role) }];
  };
  const roles = createServerRoles(client, logger, { now: () => now });
  const ask = () => roles.permissionsOf('1', ['7', '8']);
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([role, role, role]);
  const before = role;
  role = Can.KickMembers;
  now = 59_999;
  expect(await ask()).toBe(before);
  now = 60_000;
  expect(await ask()).toBe(Can.KickMembers);
  expect(reads).toBe(2);
  role = 0n;
  now = 120_000;
  expect(await ask()).toBeNull();
  expect(await ask()).toBeNull();
  expect(reads).toBe(3);
  expect(logs).toHaveLength(1);
  role = Can.KickMembers;
  now = 125_000;
  expect(await ask()).toBe(Can.KickMembers);
});
