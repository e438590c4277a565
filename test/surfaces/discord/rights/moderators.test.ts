// Moderators: who asks in an interaction, from where, and what another user of the server may do.
import { PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { message } from '../../../../src/i18n/message.ts';
import type { Rights } from '../../../../src/moderation/capability.ts';
import { attachChatMarshal } from '../../../../src/plugin.ts';
import { type Outcome, refusal } from '../../../../src/request/outcome.ts';
import type { Request } from '../../../../src/request/request.ts';
import { sandboxApp } from '../../../../src/sandbox/chat/index.ts';
import { findModerator } from '../../../../src/surfaces/discord/rights/moderators.ts';
import { login } from '../../../sandbox/discord/harness.ts';
import { type Stage, setStage, startBot } from '../harness.ts';

/** A bot that refuses everything, and keeps what it was asked. */
async function listen(options: Parameters<typeof startBot>[1] = {}) {
  const stage = await setStage();
  const requests: Request[] = [];
  const handle = async (request: Request): Promise<Outcome> => {
    requests.push(request);
    return refusal(request.command, message('refused.self', { capability: 'mute' }));
  };
  const bot = await startBot(stage, {
    ...options,
    moderation: { ...stage.moderation, pipeline: { handle } },
  });
  const ask = async (as: string, channel = 'general') => {
    await bot.discord.type({ as, command: 'lock', channel, force: true });
    const request = requests.at(-1);
    if (request === undefined) throw new Error('nothing was asked');
    return request;
  };
  return { ...bot, ask };
}

const idOf = ({ discord }: Pick<Stage, 'discord'>, name: string) => discord.world.members[name]?.id ?? '';
const roleOf = ({ discord }: Pick<Stage, 'discord'>, name: string) => discord.world.roles[name]?.id ?? '';

/** Alice, the moderator of the stand-in, as an actor; with more rights where they are told. */
const aliceIn = (bot: Pick<Stage, 'discord'>, more: Partial<Rights> = {}) => ({
  surface: 'discord',
  id: idOf(bot, 'alice'),
  name: 'Alice',
  account: 'alice',
  isGuessed: true,
  roles: [roleOf(bot, 'moderator')],
  authority: {
    kind: 'granted',
    rights: {
      capabilities: new Set(['mute', 'kick', 'nick', 'notify', 'recall', 'lookup', 'cases']),
      rank: 2,
      ...more,
    },
  },
});

describe('who asks', () => {
  it('has the rights of their permissions, their roles, and what admins decided', async () => {
    const bot = await listen();
    bot.discord.setCommandPermissions('kick', [{ role: 'moderator', permission: false }]);
    bot.discord.setCommandPermissions('ban', [{ member: 'alice', permission: true }]);
    const commands = new Map<string, 'allow' | 'deny'>([
      ['kick', 'deny'],
      ['ban', 'allow'],
    ]);
    await vi.waitFor(async () => {
      const { actor } = await bot.ask('alice');
      expect(actor).toEqual(aliceIn(bot, { commands }));
    });
  });

  it.each(['ada', 'olivia'])('is not bound as an administrator or the owner: %s', async (name) => {
    const bot = await listen();
    bot.discord.setCommandPermissions(null, [{ role: 'everyone', permission: false }]);
    await vi.waitFor(async () => {
      const { actor } = await bot.ask('bob');
      expect(actor.authority).toHaveProperty('rights.commands');
    });
    const { actor } = await bot.ask(name);
    expect(actor.authority).not.toHaveProperty('rights.commands');
  });

  it('has no commands where nothing is set', async () => {
    const bot = await listen();
    const { actor } = await bot.ask('bob');
    expect(actor.roles).toEqual([]);
    expect(actor.authority).not.toHaveProperty('rights.commands');
  });

  it('is known to a client of another application, too', async () => {
    const stage = await setStage();
    const client = await login(stage.discord);
    const { sdkAppId, secretKey } = sandboxApp;
    const moderation = attachChatMarshal(client, {
      chat: { sdkAppId, secretKey, apiUrl: stage.chat.url },
      groupId: 'guild',
      guildId: stage.discord.guildId,
      logger: stage.logger,
    });
    onTestFinished(() => moderation.detach());
    const reads = ({ path }: { path: string }) => path.endsWith('/commands/permissions');
    await vi.waitFor(() => expect(stage.discord.requests.filter(reads)).toHaveLength(1));
    const before = client.listenerCount('applicationCommandPermissionsUpdate');
    await moderation.detach();
    expect([before, client.listenerCount('applicationCommandPermissionsUpdate')]).toEqual([1, 0]);
  });
});

describe('where it is asked', () => {
  it('is the channel, then the server', async () => {
    const bot = await listen();
    const guild = bot.discord.guildId;
    const channel = bot.discord.world.channels['mod-log']?.id;
    expect((await bot.ask('ken', 'mod-log')).places).toEqual([
      { surface: 'discord', guild, channel },
      { surface: 'discord', guild, channel: null },
    ]);
  });

  it('is in a thread the thread, its channel, then the server, also of a thread that nobody told of', async () => {
    const bot = await listen();
    const guild = bot.discord.guildId;
    const thread = '1100000000000000033';
    bot.discord.world.channels.appeal = { id: thread, name: 'appeal', threadOf: 'mod-log' };
    bot.discord.setCommandPermissions('ban', [{ channel: 'mod-log', permission: false }]);
    await vi.waitFor(async () => {
      const { places, actor } = await bot.ask('ken', 'appeal');
      expect(places).toEqual([
        { surface: 'discord', guild, channel: thread },
        { surface: 'discord', guild, channel: bot.discord.world.channels['mod-log']?.id },
        { surface: 'discord', guild, channel: null },
      ]);
      expect(actor.authority).toHaveProperty('rights.commands', new Map([['ban', 'deny']]));
    });
  });
});

describe('a mentioned user', () => {
  const find = async (bot: Awaited<ReturnType<typeof listen>>, id: string, channel?: string) => {
    const { actorOfMention } = await bot.ask('ada', channel);
    return actorOfMention?.(id);
  };

  it('has the rights of their roles', async () => {
    const bot = await listen();
    expect(await find(bot, idOf(bot, 'alice'))).toEqual(aliceIn(bot));
  });

  it.each([
    ['ada', 3, 14],
    ['olivia', 3, 14],
    ['bob', 2, 0],
  ])('%s has rank %i and %i capabilities', async (name, rank, count) => {
    const bot = await listen();
    const actor = await find(bot, idOf(bot, name));
    expect(actor?.authority).toMatchObject({ kind: 'granted', rights: { rank } });
    if (actor?.authority.kind === 'granted') expect(actor.authority.rights.capabilities.size).toBe(count);
  });

  it('has what the role of everybody gives', async () => {
    const bot = await listen();
    bot.discord.world.roles.everyone.permissions |= 1n << 1n;
    const actor = await find(bot, idOf(bot, 'bob'));
    expect(actor?.authority).toMatchObject({ rights: { capabilities: new Set(['kick']) } });
  });

  it('has what admins decided for this channel, and no rights that only the channel gives', async () => {
    const bot = await listen();
    const modLog = bot.discord.world.channels['mod-log'];
    modLog?.overwrites?.push({ member: 'bob', allow: 1n << 13n });
    bot.discord.setCommandPermissions('ban', [
      { member: 'bob', permission: true },
      { channel: 'mod-log', permission: false },
    ]);
    await vi.waitFor(async () => {
      const here = await find(bot, idOf(bot, 'bob'));
      const there = await find(bot, idOf(bot, 'bob'), 'mod-log');
      const rights = { rank: 2, capabilities: new Set() };
      expect(here?.authority).toMatchObject({ rights: { ...rights, commands: new Map([['ban', 'allow']]) } });
      expect(there?.authority).toMatchObject({ rights: { ...rights, commands: new Map([['ban', 'deny']]) } });
    });
  });

  it.each([
    ['is not in the server', 10007],
    ['does not exist', 10013],
  ] as const)('who %s is nobody', async (_what, code) => {
    const bot = await listen();
    bot.discord.failNext({ path: /\/members\// }, { kind: 'error', code });
    expect(await find(bot, idOf(bot, 'bob'))).toBeNull();
    expect(await find(bot, '1')).toBeNull();
  });

  it('whom Discord cannot tell of now is a fault', async () => {
    const bot = await listen();
    bot.discord.failNext({ path: /\/members\// }, { kind: 'error', code: 50001 });
    await expect(find(bot, idOf(bot, 'bob'))).rejects.toMatchObject({ code: 50001 });
  });
});

describe('a member in timeout', () => {
  const guildId = '1100000000000000001';

  it.each([
    ['has no rights', Can.ModerateMembers, 3_600_000, 0],
    ['has them back afterwards', Can.ModerateMembers, -3_600_000, 3],
    ['has all of them as an administrator', Can.Administrator, 3_600_000, 14],
  ])('%s', async (_what, permissions, left, count) => {
    // The stand-in puts nobody in timeout: these are Discord's objects, as far as they are read.
    const member = {
      user: { id: '1', username: 'bob' },
      roles: ['2'],
      communication_disabled_until: new Date(Date.now() + left).toISOString(),
    };
    const guild = { owner_id: '3', roles: [{ id: '2', permissions: permissions.toString() }] };
    const rest = { get: async (route: string) => (route.includes('/members/') ? member : guild) };
    const commandPermissions = { decisionsFor: async () => new Map() };
    const search = { rest, guildId, channelId: null, accountTemplate: '{id}', commandPermissions };
    const actor = await findModerator(search, '1');
    if (actor?.authority.kind !== 'granted') throw new Error('there is no such moderator');
    expect(actor.authority.rights.capabilities.size).toBe(count);
  });
});
