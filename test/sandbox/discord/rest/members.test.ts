// What bots do to members, in direct messages, and with the rest that frameworks call by themselves.

import { Events, GatewayIntentBits as Intent } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type DiscordService, defaultWorld } from '../../../../src/sandbox/discord/index.ts';
import { call, login, ManualClock, startService } from '../harness.ts';

const GUILD = '/guilds/1100000000000000001';
const BOB = '1100000000000000045';
const OLIVIA = '1100000000000000041';
const ADA = '1100000000000000044';
const MODERATOR = '1100000000000000021';
const MINUTE_MS = 60_000;

async function ask(service: DiscordService, method: string, path: string, body?: unknown) {
  const answer = await call(service, method, path, body);
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
}

describe('changing a member', () => {
  it('sets and clears nickname and timeout, and tells the bots', async () => {
    const clock = new ManualClock();
    const service = await startService({ clock });
    const client = await login(service, undefined, { intents: [Intent.Guilds, Intent.GuildMembers] });
    const told: (string | null)[] = [];
    client.on(Events.GuildMemberUpdate, (_, member) => told.push(member.nickname));
    const until = new Date(clock.now() + MINUTE_MS).toISOString();
    const set = await ask(service, 'PATCH', `${GUILD}/members/${BOB}`, {
      nick: 'Bobby',
      communication_disabled_until: until,
    });
    expect(set.body).toMatchObject({
      nick: 'Bobby',
      communication_disabled_until: until.replace('Z', '000+00:00'),
    });
    const cleared = { nick: null, communication_disabled_until: null };
    expect((await ask(service, 'PATCH', `${GUILD}/members/${BOB}`, cleared)).body).toMatchObject(cleared);
    await expect.poll(() => told).toEqual(['Bobby', null]);
  });

  it('gives and takes roles below the bot', async () => {
    const world = defaultWorld();
    world.roles.bot.permissions |= 1n << 28n;
    const service = await startService({ world });
    const member = `${GUILD}/members/${BOB}`;
    expect((await ask(service, 'PATCH', member, { roles: [MODERATOR] })).body).toMatchObject({
      roles: [MODERATOR],
    });
    expect((await ask(service, 'DELETE', `${member}/roles/${MODERATOR}`)).status).toBe(204);
    expect((await ask(service, 'PUT', `${member}/roles/${MODERATOR}`)).status).toBe(204);
    expect((await ask(service, 'GET', member)).body).toMatchObject({ roles: [MODERATOR] });
    expect(await ask(service, 'PUT', `${member}/roles/1`)).toMatchObject({ body: { code: 10011 } });
    world.roles.moderator.position = 4;
    expect(await ask(service, 'DELETE', `${member}/roles/${MODERATOR}`)).toMatchObject({
      body: { code: 50013 },
    });
  });

  it.each([
    ['the owner', OLIVIA, { nick: 'x' }, 50013],
    ['a timeout of an administrator', ADA, { communication_disabled_until: '2026-01-01T00:01:00Z' }, 50013],
    ['a timeout of 29 days', BOB, { communication_disabled_until: '2026-01-30T00:00:00Z' }, 50035],
    ['a timeout that is no time', BOB, { communication_disabled_until: 'tomorrow' }, 50035],
    ['a nickname of 33 characters', BOB, { nick: 'n'.repeat(33) }, 50035],
    ['roles without the permission', BOB, { roles: [MODERATOR] }, 50013],
    ['a mute in voice, where nobody is', BOB, { mute: true }, 40032],
    ['somebody else', '1', { nick: 'x' }, 10007],
  ])('refuses %s', async (_what, id, body, code) => {
    const service = await startService({ clock: new ManualClock() });
    expect(await ask(service, 'PATCH', `${GUILD}/members/${id}`, body)).toMatchObject({ body: { code } });
    expect(service.world.members.bob).not.toHaveProperty('nick');
  });

  it('changes nothing when a part of it is refused', async () => {
    const service = await startService();
    const body = { nick: 'Bobby', roles: [MODERATOR] };
    expect((await ask(service, 'PATCH', `${GUILD}/members/${BOB}`, body)).status).toBe(403);
    expect(service.world.members.bob).not.toHaveProperty('nick');
  });

  it('lets the bot name itself', async () => {
    const service = await startService();
    expect((await ask(service, 'PATCH', `${GUILD}/members/@me`, { nick: 'Sheriff' })).body).toMatchObject({
      nick: 'Sheriff',
    });
  });
});

describe('direct messages', () => {
  it('go both ways, and only to bots that asked for them', async () => {
    const service = await startService();
    const heard: string[] = [];
    const client = await login(service, undefined, {
      intents: [Intent.Guilds, Intent.DirectMessages],
      partials: [],
    });
    client.on(Events.Raw, ({ t, d }) => t === 'MESSAGE_CREATE' && heard.push(`${d.content} ${d.guild_id}`));
    const bob = await client.users.fetch(BOB);
    const sent = await bob.send('Hello');
    expect(sent.guildId).toBeNull();
    service.typeText({ as: 'bob', content: 'Hi', direct: true });
    expect(service.directMessages('bob').map(({ content }) => content)).toEqual(['Hello', 'Hi']);
    await expect.poll(() => heard).toEqual(['Hello undefined', 'Hi undefined']);
    const channel = await ask(service, 'GET', `/channels/${sent.channelId}`);
    expect(channel.body).toMatchObject({ type: 1, recipients: [{ username: 'bob' }] });
  });

  it('are refused as Discord refuses them', async () => {
    const world = defaultWorld();
    Object.assign(world.members.carol, { refusesDirectMessages: true });
    const service = await startService({ world });
    const open = (id: string) => ask(service, 'POST', '/users/@me/channels', { recipient_id: id });
    expect(await open('1')).toMatchObject({ body: { code: 10013 } });
    expect(await open(service.applicationId)).toMatchObject({ body: { code: 50033 } });
    const carol = (await open(world.members.carol.id)).body.id;
    expect(await ask(service, 'POST', `/channels/${carol}/messages`, { content: 'x' })).toMatchObject({
      status: 403,
      body: { code: 50007 },
    });
    const bob = (await open(BOB)).body.id;
    const theirs = service.typeText({ as: 'bob', content: 'Hi', direct: true });
    const other = await ask(service, 'DELETE', `/channels/${bob}/messages/${theirs.id}`);
    expect(other).toMatchObject({ body: { code: 50003 } });
  });
});

it('what frameworks call by themselves is answered', async () => {
  const service = await startService();
  expect((await ask(service, 'GET', `${GUILD}/roles/${MODERATOR}`)).body).toMatchObject({
    name: 'Moderator',
  });
  expect((await ask(service, 'GET', `${GUILD}/roles/1`)).body).toMatchObject({ code: 10011 });
  expect((await ask(service, 'GET', '/users/@me/guilds')).body).toMatchObject([
    { name: 'Sandbox', owner: false },
  ]);
  expect((await ask(service, 'GET', `/users/@me/guilds?after=${service.guildId}`)).body).toEqual([]);
  expect((await ask(service, 'GET', `${GUILD}/threads/active`)).body).toMatchObject({ threads: [] });
  const client = await login(service, undefined, { intents: [Intent.Guilds, Intent.GuildMessageTyping] });
  const typing = new Promise((resolve) =>
    client.once(Events.TypingStart, ({ user }) => resolve(user.username)),
  );
  expect((await ask(service, 'POST', '/channels/1100000000000000031/typing')).status).toBe(204);
  expect(await typing).toBe('marshal');
});
