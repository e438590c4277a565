// Command permissions: read from Discord over real sockets, kept fresh by events, and done without where Discord is mute.
import { ApplicationCommandPermissionType, Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CommandRule, DiscordService } from '../../../../src/sandbox/discord/index.ts';
import {
  type CommandPermissionsOptions,
  watchCommandPermissions,
} from '../../../../src/surfaces/discord/rights/command-permissions.ts';
import { GuildRules } from '../../../../src/surfaces/discord/rights/guild-rules.ts';
import { createClient, login, ManualClock, startService } from '../../../sandbox/discord/harness.ts';
import { createLog } from '../harness.ts';

const COMMANDS = [
  { name: 'ban', description: 'Bans' },
  { name: 'mute', description: 'Mutes' },
  { name: 'ping', description: 'Is another application’s' },
  { name: 'Ban', type: 2 },
];

const allowed = (name: string): CommandRule => ({ member: name, permission: true });
const forbidden = (name: string): CommandRule => ({ member: name, permission: false });

/** A stand-in whose commands are registered, as a bot leaves it behind. */
async function setStage(): Promise<DiscordService> {
  const service = await startService();
  const client = await login(service);
  await client.application.commands.set(COMMANDS, service.guildId);
  await client.destroy();
  return service;
}

async function watch(service: DiscordService, options: Partial<CommandPermissionsOptions> = {}) {
  const client = createClient(service);
  const { logs, logger } = createLog();
  const permissions = watchCommandPermissions(client, { names: ['ban', 'mute'], logger, ...options });
  onTestFinished(() => permissions.close());
  const connect = async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    client.once(Events.ClientReady, resolve);
    await client.login(service.token);
    await promise;
  };
  const decisions = async (name = 'bob', channel = 'general') => {
    const member = service.world.members[name];
    const decided = await permissions.decisionsFor({
      guildId: service.guildId,
      userId: member?.id ?? '',
      roleIds: (member?.roles ?? []).map((each) => service.world.roles[each]?.id ?? ''),
      channelId: service.world.channels[channel]?.id ?? null,
    });
    return Object.fromEntries(decided);
  };
  return { client, permissions, connect, decisions, logs };
}

const reads = (service: DiscordService) =>
  service.requests.filter(({ method, path }) => method === 'GET' && path.endsWith('/commands/permissions'));

/** Waits for what a change leads to. */
const eventually = (decisions: () => Promise<object>, expected: object) =>
  vi.waitFor(async () => expect(await decisions()).toEqual(expected));

describe('what admins decided', () => {
  it('is known from the start, by the name of the slash command', async () => {
    const service = await setStage();
    service.setCommandPermissions('ban', [allowed('bob'), forbidden('carol')]);
    service.setCommandPermissions('ping', [allowed('bob')]);
    service.setCommandPermissions('Ban', [forbidden('bob')]);
    const { connect, decisions, logs } = await watch(service);
    await connect();
    expect(await decisions('bob')).toEqual({ ban: 'allow' });
    expect(await decisions('carol')).toEqual({ ban: 'deny' });
    expect(await decisions('dave')).toEqual({});
    expect(reads(service)).toHaveLength(1);
    expect(logs).toEqual([]);
  });

  it('about the whole application is about each of our commands, and never grants one', async () => {
    const service = await setStage();
    service.setCommandPermissions(null, [forbidden('bob'), allowed('carol')]);
    const { connect, decisions } = await watch(service);
    await connect();
    expect(await decisions('bob')).toEqual({ ban: 'deny', mute: 'deny' });
    expect(await decisions('carol')).toEqual({});
  });

  it('is about roles and channels, too', async () => {
    const service = await setStage();
    const rules = [
      { role: 'moderator', permission: true },
      { channel: 'mod-log', permission: false },
    ];
    service.setCommandPermissions('mute', rules);
    const { connect, decisions } = await watch(service);
    await connect();
    expect(await decisions('alice')).toEqual({ mute: 'allow' });
    expect(await decisions('alice', 'mod-log')).toEqual({ mute: 'deny' });
  });

  it('is read when a client that was ready before is watched', async () => {
    const service = await setStage();
    service.setCommandPermissions('ban', [allowed('bob')]);
    const client = await login(service, undefined, { intents: [GatewayIntentBits.GuildMessages] });
    const { logger } = createLog();
    const permissions = watchCommandPermissions(client, { names: ['ban'], logger });
    await vi.waitFor(() => expect(reads(service)).toHaveLength(1));
    const member = { guildId: service.guildId, roleIds: [], channelId: null };
    const userId = service.world.members.bob?.id ?? '';
    expect([...(await permissions.decisionsFor({ ...member, userId }))]).toEqual([['ban', 'allow']]);
  });

  it('is not read for servers that commands are not taken from', async () => {
    const service = await setStage();
    const { connect, client } = await watch(service, { guildId: '1' });
    await connect();
    await client.application?.fetch();
    expect(reads(service)).toEqual([]);
  });
});

describe('a change', () => {
  it('counts as soon as Discord tells of it', async () => {
    const service = await setStage();
    const { connect, decisions } = await watch(service);
    await connect();
    expect(await decisions()).toEqual({});
    service.setCommandPermissions('ban', [allowed('bob')]);
    await eventually(decisions, { ban: 'allow' });
    service.setCommandPermissions('mute', [forbidden('bob')]);
    await eventually(decisions, { ban: 'allow', mute: 'deny' });
    service.setCommandPermissions(null, [forbidden('bob')]);
    service.setCommandPermissions('mute', []);
    service.setCommandPermissions('ban', []);
    await eventually(decisions, { ban: 'deny', mute: 'deny' });
    service.setCommandPermissions(null, []);
    await eventually(decisions, {});
    // The first change of a command asks for the commands; all others are told whole.
    expect(reads(service)).toHaveLength(2);
  });

  it('of a command that was registered meanwhile counts, too', async () => {
    const service = await setStage();
    const { connect, decisions, client } = await watch(service, { names: ['ban', 'kick'] });
    await connect();
    service.setCommandPermissions('ban', [allowed('bob')]);
    await eventually(decisions, { ban: 'allow' });
    await client.application?.commands.create({ name: 'kick', description: 'Kicks' });
    service.setCommandPermissions('kick', [allowed('bob')]);
    await eventually(decisions, { ban: 'allow', kick: 'allow' });
  });

  it('that is told while the rules are read is newer than what is read', async () => {
    const answer = Promise.withResolvers<unknown>();
    const rest = { get: () => answer.promise };
    const rules = new GuildRules({ rest, applicationId: '10', guildId: '1' }, createLog().logger, Date);
    const bob = { guildId: '1', userId: '41', roleIds: [], channelId: null };
    const decided = rules.decisionsFor(['ban'], bob);
    const rule = (permission: boolean) => ({
      id: '41',
      type: ApplicationCommandPermissionType.User,
      permission,
    });
    rules.announce('10', [rule(false)]);
    answer.resolve([{ id: '10', permissions: [rule(true)] }]);
    expect([...(await decided)]).toEqual([['ban', 'deny']]);
  });

  it('is told when the connection resumes', async () => {
    const service = await setStage();
    const { connect, decisions, client } = await watch(service);
    await connect();
    service.setCommandPermissions('ban', [allowed('bob')]);
    await eventually(decisions, { ban: 'allow' });
    const before = reads(service).length;
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    service.dropConnections();
    service.setCommandPermissions('ban', [forbidden('bob')]);
    await resumed;
    await eventually(decisions, { ban: 'deny' });
    expect(reads(service)).toHaveLength(before);
  });

  it('that nobody told of is read when the connection starts anew', async () => {
    const service = await setStage();
    const { connect, decisions, client } = await watch(service);
    await connect();
    expect(await decisions()).toEqual({});
    const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    service.invalidateSessions();
    service.setCommandPermissions('ban', [allowed('bob')]);
    await ready;
    await eventually(decisions, { ban: 'allow' });
  });

  it('is not heard of after the end', async () => {
    const service = await setStage();
    const { connect, client, permissions } = await watch(service);
    await connect();
    permissions.close();
    const events = [Events.ShardReady, Events.GuildDelete, Events.ApplicationCommandPermissionsUpdate];
    expect(events.map((event) => client.listenerCount(event))).toEqual([0, 0, 0]);
  });
});

describe('where Discord cannot be asked', () => {
  const path = /\/commands\/permissions$/;

  it('nothing is decided, the log says so, and it is asked again after a minute', async () => {
    const service = await setStage();
    service.setCommandPermissions('ban', [allowed('bob')]);
    service.failNext({ path }, { kind: 'error', code: 50001 }, 2);
    const clock = new ManualClock();
    const { connect, decisions, logs } = await watch(service, { clock });
    await connect();
    expect(await decisions()).toEqual({});
    expect(await decisions()).toEqual({});
    const [warning] = logs;
    expect(logs).toHaveLength(1);
    expect(warning).toMatchObject({
      level: 'warn',
      message: expect.stringMatching(/permissions alone decide/),
      fields: { guildId: service.guildId, failure: { code: 50001 } },
    });
    clock.advance(59_999);
    expect(await decisions()).toEqual({});
    expect(reads(service)).toHaveLength(1);
    clock.advance(1);
    expect(await decisions()).toEqual({});
    expect(reads(service)).toHaveLength(2);
    clock.advance(60_000);
    expect(await decisions()).toEqual({ ban: 'allow' });
    expect(logs).toHaveLength(2);
  });

  it('because the client has not connected, nothing is decided', async () => {
    const { decisions, logs } = await watch(await setStage());
    expect(await decisions()).toEqual({});
    expect(logs).toEqual([]);
  });

  it('yet, nobody waits for long', async () => {
    const service = await setStage();
    service.setCommandPermissions('ban', [allowed('bob')]);
    service.failNext({ path }, { kind: 'rateLimit', retryAfterS: 3 });
    const { connect, decisions } = await watch(service);
    await connect();
    expect(await decisions()).toEqual({});
    await vi.waitFor(async () => expect(await decisions()).toEqual({ ban: 'allow' }), { timeout: 10_000 });
  });
});
