// REST: authentication, routes, channels, and answers that go wrong on demand.

import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordService } from '../../../../src/sandbox/discord/index.ts';
import { call, login, startService } from '../harness.ts';

const GUILD = '1100000000000000001';

async function outcome(response: Promise<Response>): Promise<{ status: number; body: unknown }> {
  const { status, text } = await response.then(async (it) => ({ status: it.status, text: await it.text() }));
  return { status, body: text ? JSON.parse(text) : undefined };
}

function general(service: DiscordService): string {
  return `/channels/${service.world.channels.general?.id}/messages`;
}

describe('authentication', () => {
  it.each([
    ['none', {}],
    ['a wrong token', { authorization: 'Bot wrong' }],
    ['the token without "Bot"', { authorization: 'TOKEN' }],
  ])('refuses %s', async (_which, headers) => {
    const service = await startService();
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value.replace('TOKEN', service.token),
    ]);
    const answer = await outcome(fetch(`${service.api}/users/@me`, { headers: Object.fromEntries(sent) }));
    expect(answer).toEqual({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
  });

  it('is not asked for the gateway address, nor where the path has a token', async () => {
    const service = await startService();
    expect((await fetch(`${service.api}/gateway`)).status).toBe(200);
    const path = `/webhooks/${service.applicationId}/none/messages/%40original`;
    expect(await outcome(fetch(`${service.api}${path}`))).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    const callback = `${service.api}/interactions/1/none/callback`;
    const answer = { method: 'POST', body: '{"type":5}', headers: { 'content-type': 'application/json' } };
    expect(await outcome(fetch(callback, answer))).toMatchObject({ status: 404, body: { code: 10062 } });
  });
});

describe('routes', () => {
  it.each(['', '/v9', '/v10', '/v11'])('stand under /api%s', async (version) => {
    const service = await startService();
    expect((await call(service, 'GET', `${version}/users/@me`)).status).toBe(200);
  });

  it('that do not exist are 404, as is all outside /api', async () => {
    const service = await startService();
    const missing = { status: 404, body: { code: 0, message: '404: Not Found' } };
    expect(await outcome(call(service, 'GET', '/v10/nothing'))).toEqual(missing);
    expect(await outcome(fetch(service.api.replace('/api', '/gateway')))).toEqual(missing);
  });

  it.each<[string, string, number, unknown]>([
    ['GET', `/guilds/${GUILD}`, 200, { name: 'Sandbox' }],
    ['GET', '/guilds/1', 404, { code: 10004 }],
    ['GET', `/guilds/${GUILD}/roles`, 200, expect.objectContaining({ length: 5 })],
    ['GET', `/guilds/${GUILD}/channels`, 200, [{ name: 'general' }, { name: 'mod-log' }]],
    ['GET', `/guilds/${GUILD}/members?limit=2`, 200, [{}, {}]],
    [
      'GET',
      `/guilds/${GUILD}/members?limit=9&after=1100000000000000045`,
      200,
      [{ user: { username: 'carol' } }, { user: { username: 'dave' } }],
    ],
    ['GET', `/guilds/${GUILD}/members/1100000000000000042`, 200, { user: { username: 'alice' } }],
    ['GET', `/guilds/${GUILD}/members/1`, 404, { code: 10007 }],
    ['GET', `/guilds/${GUILD}/members/search?query=AL&limit=5`, 200, [{ user: { username: 'alice' } }]],
    ['GET', '/users/1100000000000000042', 200, { username: 'alice' }],
    ['GET', '/users/1', 404, { code: 10013 }],
    ['GET', '/channels/1', 404, { code: 10003 }],
    ['GET', '/applications/@me', 200, { name: 'Marshal' }],
    ['GET', '/oauth2/applications/@me', 200, { name: 'Marshal' }],
    ['GET', `/applications/1100000000000000010/guilds/${GUILD}/commands/permissions`, 200, []],
  ])('%s %s answers %i', async (method, path, status, body) => {
    const service = await startService();
    expect(await outcome(call(service, method, path))).toMatchObject({ status, body });
  });

  it('answer JSON under the bare content type that Discord sends', async () => {
    const service = await startService();
    for (const path of ['/users/@me', '/nothing']) {
      expect((await call(service, 'GET', path)).headers.get('content-type')).toBe('application/json');
    }
  });

  it('refuse what is not JSON', async () => {
    const service = await startService();
    const headers = { authorization: `Bot ${service.token}`, 'content-type': 'application/json' };
    const sent = fetch(`${service.api}${general(service)}`, { method: 'POST', headers, body: '{' });
    expect(await outcome(sent)).toMatchObject({ status: 400, body: { code: 50109 } });
  });
});

describe('messages of a channel', () => {
  it('are written, changed, read and deleted through discord.js', async () => {
    const service = await startService();
    const client = await login(service);
    const channel = await client.channels.fetch(service.world.channels['mod-log']?.id ?? '');
    if (!channel?.isSendable()) throw new Error('mod-log is no text channel');
    const message = await channel.send({
      content: 'case 1',
      files: [{ name: 'a.txt', attachment: Buffer.from('a') }],
    });
    await message.edit('case 1, undone');
    expect(service.messages('mod-log')).toMatchObject([
      { content: 'case 1, undone', edits: 1, attachments: [{}] },
    ]);
    expect((await channel.messages.fetch({ message: message.id, force: true })).content).toBe(
      'case 1, undone',
    );
    await message.delete();
    expect(service.messages('mod-log')).toEqual([]);
  });

  it('are refused when empty, and kept from others', async () => {
    const service = await startService();
    expect(await outcome(call(service, 'POST', general(service), {}))).toMatchObject({
      body: { code: 50006 },
    });
    const { id } = service.typeText({ as: 'bob', content: 'mine' });
    const edit = call(service, 'PATCH', `${general(service)}/${id}`, { content: 'yours' });
    expect(await outcome(edit)).toMatchObject({ status: 403, body: { code: 50005 } });
    expect((await call(service, 'DELETE', `${general(service)}/${id}`)).status).toBe(204);
    expect(await outcome(call(service, 'GET', `${general(service)}/${id}`))).toMatchObject({
      body: { code: 10008 },
    });
  });

  it('need the bot to see the channel and to write in it', async () => {
    const service = await startService();
    const { general: channel } = service.world.channels;
    if (!channel) throw new Error('the world has no general');
    channel.overwrites = [{ member: 'marshal', deny: 1n << 11n }];
    expect(await outcome(call(service, 'POST', general(service), { content: 'a' }))).toMatchObject({
      body: { code: 50013 },
    });
    channel.overwrites = [{ member: 'marshal', deny: 1n << 10n }];
    expect(await outcome(call(service, 'POST', general(service), { content: 'a' }))).toMatchObject({
      body: { code: 50001 },
    });
  });
});

describe('a channel', () => {
  it('needs the bot to have Embed Links for a message of embeds alone', async () => {
    const service = await startService();
    const { general: channel } = service.world.channels;
    if (!channel) throw new Error('the world has no general');
    channel.overwrites = [{ member: 'marshal', deny: 1n << 14n }];
    const embeds = [{ description: 'a' }];
    expect(await outcome(call(service, 'POST', general(service), { embeds }))).toMatchObject({
      status: 403,
      body: { code: 50013 },
    });
    expect((await call(service, 'POST', general(service), { content: 'a', embeds })).status).toBe(200);
  });

  it('that is deleted is gone for people and bots, with its threads, and bots are told', async () => {
    const service = await startService();
    service.world.channels.aside = { id: '1100000000000000039', name: 'aside', threadOf: 'general' };
    const path = general(service);
    const client = await login(service);
    const { promise, resolve } = Promise.withResolvers<string>();
    client.once(Events.ChannelDelete, ({ id }) => resolve(id));
    const { id } = service.world.channels.general ?? {};
    service.deleteChannel('general');
    expect(await promise).toBe(id);
    expect(await outcome(call(service, 'POST', path, { content: 'a' }))).toMatchObject({
      status: 404,
      body: { code: 10003 },
    });
    expect(Object.keys(service.world.channels)).toEqual(['mod-log']);
    expect(() => service.deleteChannel('general')).toThrow('There is no channel general');
  });
});

describe('faults', () => {
  it('happen to the next requests that match, and are then over', async () => {
    const service = await startService();
    service.failNext({ method: 'GET', path: /^\/users/ }, { kind: 'status', status: 502 }, 2);
    expect((await call(service, 'GET', '/gateway/bot')).status).toBe(200);
    expect((await call(service, 'GET', '/users/@me')).status).toBe(502);
    expect((await call(service, 'GET', '/users/@me')).status).toBe(502);
    expect((await call(service, 'GET', '/users/@me')).status).toBe(200);
  });

  it('may be one of Discord’s errors, a limit, or a broken connection', async () => {
    const service = await startService();
    const path = '/users/@me';
    service.failNext({ path }, { kind: 'error', code: 50013 });
    expect(await outcome(call(service, 'GET', path))).toMatchObject({ status: 403, body: { code: 50013 } });
    service.failNext({ path }, { kind: 'rateLimit', retryAfterS: 1.5 });
    const limited = await call(service, 'GET', path);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('2');
    expect(await limited.json()).toMatchObject({ retry_after: 1.5, global: false });
    service.failNext({ path }, { kind: 'reset' });
    await expect(call(service, 'GET', path)).rejects.toThrow('fetch failed');
    service.failNext({ path }, { kind: 'reset' });
    service.clearFaults();
    expect((await call(service, 'GET', path)).status).toBe(200);
  });

  it('are borne by discord.js: a limited edit is sent again', async () => {
    const service = await startService();
    const client = await login(service, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      service.failNext({ method: 'PATCH', path: /@original$/ }, { kind: 'rateLimit', retryAfterS: 0.01 });
      await interaction.editReply('at last');
    });
    await client.application.commands.set([{ name: 'ping', description: 'Answers' }]);
    expect(await service.type({ as: 'bob', command: 'ping' })).toMatchObject({
      content: 'at last',
      edits: 1,
    });
  });
});

describe('the record of requests', () => {
  it('holds what clients sent', async () => {
    const service = await startService();
    await call(service, 'POST', general(service), { content: 'hi' });
    expect(service.requests).toEqual([
      {
        method: 'POST',
        path: general(service),
        route: '/channels/:channel/messages',
        body: { content: 'hi' },
        files: [],
        query: {},
        status: 200,
        answer: expect.objectContaining({ content: 'hi' }),
      },
    ]);
  });
});
