// Registration: which application commands the stand-in takes, keeps and refuses.

import { DiscordAPIError, type RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DiscordService, startDiscordService } from '../../../../src/sandbox/discord/index.ts';
import { call, login, startService } from '../harness.ts';
import { complaints } from '../judge.ts';
import { INVALID, VALID } from './command-bodies.ts';

const slash = (more: object = {}) => ({ name: 'mute', description: 'Mutes a member', ...more });

/** The specification wants a number here, the documentation and discord.js a text. */
function withoutPermissions(body: object): object {
  return { ...body, default_member_permissions: null };
}

describe('the form of a command', () => {
  let service: DiscordService;
  beforeAll(async () => {
    service = await startDiscordService();
    return () => service.close();
  });
  const path = () => `/applications/${service.applicationId}/commands`;

  it.each(VALID)('takes %s', async (_why, body) => {
    expect(complaints('ApplicationCommandCreateRequestSchema', withoutPermissions(body))).toEqual([]);
    const response = await call(service, 'PUT', path(), [body]);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject([body]);
  });

  it.each(INVALID)('refuses %s', async (_why, body, place, code) => {
    const response = await call(service, 'POST', path(), body);
    expect(response.status).toBe(400);
    const answer = await response.json();
    expect(answer).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
    expect(answer).toHaveProperty(['errors', ...place.split('.'), '_errors'].filter(Boolean), [
      { code, message: expect.any(String) },
    ]);
  });

  it('names every faulty command of a list by its index', async () => {
    const response = await call(service, 'PUT', path(), [
      slash(),
      slash({ name: 'B' }),
      slash({ name: 'C' }),
    ]);
    expect(await response.json()).toMatchObject({ errors: { 1: { name: {} }, 2: { name: {} } } });
  });

  it('refuses two commands of one name, but not of two types', async () => {
    expect((await call(service, 'PUT', path(), [slash(), { type: 2, name: 'mute' }])).status).toBe(200);
    const response = await call(service, 'PUT', path(), [slash(), slash()]);
    const duplicate = { _errors: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' }] };
    expect(await response.json()).toMatchObject({ code: 50035, errors: { 1: duplicate } });
  });

  it.each([
    ['101 slash commands', Array.from({ length: 101 }, (_, index) => slash({ name: `c${index}` }))],
    ['6 user menus', Array.from({ length: 6 }, (_, index) => ({ type: 2, name: `m${index}` }))],
  ])('refuses %s', async (_why, bodies) => {
    const response = await call(service, 'PUT', path(), bodies);
    expect(await response.json()).toMatchObject({ code: 30032 });
  });
});

describe('the commands that are registered', () => {
  const MUTE: RESTPostAPIApplicationCommandsJSONBody = { name: 'mute', description: 'Mutes a member' };

  it('keep their id and version through discord.js while nothing changes', async () => {
    const service = await startService();
    const { application } = await login(service);
    // discord.js changes its cached command in place, so what is compared has to be copied out of it.
    const set = async (body: RESTPostAPIApplicationCommandsJSONBody) => {
      const [command] = (await application.commands.set([body])).values();
      return { id: command?.id, version: command?.version };
    };
    const first = await set(MUTE);
    expect(await set(MUTE)).toEqual(first);
    const changed = await set({ ...MUTE, description: 'Other' });
    expect(changed.id).toBe(first.id);
    expect(changed.version).not.toBe(first.version);
  });

  it('are of one guild or of all, and leave when a list leaves them out', async () => {
    const service = await startService();
    const { application } = await login(service);
    await application.commands.set([MUTE]);
    await application.commands.set([{ ...MUTE, name: 'kick' }], service.guildId);
    expect(service.commands().map(({ name, guild_id }) => [name, guild_id])).toEqual([
      ['kick', service.guildId],
      ['mute', undefined],
    ]);
    await application.commands.set([]);
    expect(service.commands().map(({ name }) => name)).toEqual(['kick']);
  });

  it('are created, changed, fetched and deleted one by one', async () => {
    const service = await startService();
    const { application } = await login(service);
    const created = await application.commands.create(MUTE);
    const again = await application.commands.create({ ...MUTE, description: 'Newer' });
    expect(again).toMatchObject({ id: created.id, description: 'Newer' });
    await application.commands.edit(created.id, { nameLocalizations: { ko: '뮤트' } });
    const fetched = await application.commands.fetch(created.id);
    expect(fetched).toMatchObject({ description: 'Newer', nameLocalizations: { ko: '뮤트' } });
    await application.commands.delete(created.id);
    const gone = await application.commands.fetch(created.id, { force: true }).catch((error) => error);
    expect(gone).toBeInstanceOf(DiscordAPIError);
    expect(gone).toMatchObject({ code: 10063, status: 404 });
  });

  it('are judged as a whole when a part of them changes', async () => {
    const service = await startService();
    const path = `/applications/${service.applicationId}/commands`;
    await call(service, 'POST', path, MUTE);
    const id = service.commands()[0]?.id;
    expect((await call(service, 'PATCH', `${path}/${id}`, { name: 'Bad Name' })).status).toBe(400);
    expect(await (await call(service, 'PATCH', `${path}/${id}`, { nsfw: true })).json()).toMatchObject({
      id,
      ...MUTE,
      nsfw: true,
    });
  });

  it('are listed with their localizations only on demand', async () => {
    const service = await startService();
    const path = `/applications/${service.applicationId}/commands`;
    await call(service, 'POST', path, { ...MUTE, name_localizations: { ko: '뮤트' } });
    expect(await (await call(service, 'GET', path)).json()).toEqual([
      expect.not.objectContaining({ name_localizations: expect.anything() }),
    ]);
    expect(await (await call(service, 'GET', `${path}?with_localizations=true`)).json()).toMatchObject([
      { name_localizations: { ko: '뮤트' } },
    ]);
  });

  it('belong to this application and guild alone', async () => {
    const service = await startService();
    expect(await (await call(service, 'PUT', '/applications/1/commands', [])).json()).toMatchObject({
      code: 20012,
    });
    const elsewhere = `/applications/${service.applicationId}/guilds/1/commands`;
    expect(await (await call(service, 'PUT', elsewhere, [])).json()).toMatchObject({ code: 50001 });
  });
});
