// Queries and paths as libraries of other languages write them.

import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/sandbox/discord/wire/json.ts';
import { call, startService } from '../harness.ts';

const GUILD = '/guilds/1100000000000000001';
const LOCALIZED = { name: 'mute', description: 'Mutes', name_localizations: { de: 'stumm' } };

describe('a switch in a query', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['False', false],
    ['0', false],
  ])('%s', async (text, isOn) => {
    const service = await startService();
    const commands = `/applications/${service.applicationId}/commands`;
    await call(service, 'POST', commands, LOCALIZED);
    const listed = await call(service, 'GET', `${commands}?with_localizations=${text}`);
    const [command] = (await listed.json()) as object[];
    expect('name_localizations' in (command ?? {})).toBe(isOn);
    const guild = await call(service, 'GET', `${GUILD}?with_counts=${text}`);
    expect('approximate_member_count' in ((await guild.json()) as object)).toBe(isOn);
    const guilds = await call(service, 'GET', `/users/@me/guilds?with_counts=${text}`);
    const [own] = (await guilds.json()) as object[];
    expect('approximate_presence_count' in (own ?? {})).toBe(isOn);
  });

  it('is refused when it is neither', async () => {
    const service = await startService();
    const answer = await call(service, 'GET', `${GUILD}?with_counts=yes`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 50035,
      errors: { with_counts: { _errors: [{ code: 'BOOLEAN_TYPE_CONVERT' }] } },
    });
  });
});

describe('a number in a query', () => {
  it.each([
    ['/members?limit=0', 'limit', 'NUMBER_TYPE_MIN'],
    ['/members?limit=1001', 'limit', 'NUMBER_TYPE_MAX'],
    ['/members?limit=ten', 'limit', 'NUMBER_TYPE_COERCE'],
    ['/members?after=alice', 'after', 'NUMBER_TYPE_COERCE'],
    ['/members/search', 'query', 'BASE_TYPE_REQUIRED'],
  ])('%s', async (path, field, code) => {
    const service = await startService();
    const answer = await call(service, 'GET', GUILD + path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: { [field]: { _errors: [{ code }] } } });
  });
});

describe('a path', () => {
  it.each(['/users/%40me', '/applications/%40me', '/oauth2/applications/%40me', '/users/%40me/guilds'])(
    '%s is the same as with @',
    async (path) => {
      const service = await startService();
      const encoded = await call(service, 'GET', path);
      const plain = await call(service, 'GET', path.replace('%40', '@'));
      expect(encoded.status).toBe(200);
      expect(await encoded.json()).toEqual(await plain.json());
    },
  );

  it.each([
    ['/users/alice', 'user_id'],
    ['/guilds/Sandbox', 'guild_id'],
    ['/channels/general/messages', 'channel_id'],
    [`${GUILD}/roles/moderator`, 'role_id'],
  ])('%s names no id', async (path, field) => {
    const service = await startService();
    const answer = await call(service, 'GET', path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 50035, errors: { [field]: {} } });
  });
});

describe('what is not modelled', () => {
  it.each([
    ['PUT', `${GUILD}/bans/1100000000000000045`],
    ['GET', `${GUILD}/audit-logs`],
    ['PUT', '/channels/1100000000000000031/messages/1/reactions/x/@me'],
    ['POST', '/channels/1100000000000000031/webhooks'],
    ['GET', '/sticker-packs'],
    ['DELETE', '/channels/1100000000000000031'],
  ])('%s %s says so', async (method, path) => {
    const service = await startService();
    const answer = await call(service, method, `/v10${path}`);
    expect(answer.status).toBe(501);
    expect(await answer.json()).toEqual({
      code: 0,
      message: `The sandbox does not model ${method} ${path}. docs/sandbox-discord.md lists what it does.`,
    });
  });

  it.each([
    [{ poll: { question: { text: 'Why?' }, answers: [] } }, 'polls'],
    [{ sticker_ids: ['1'] }, 'stickers'],
    [{ message_reference: { type: 1, message_id: '1' } }, 'forwarding a message'],
    [{ flags: 8192 }, 'voice messages'],
  ])('is refused in a message: %j', async (body, what) => {
    const service = await startService();
    const answer = await call(service, 'POST', '/channels/1100000000000000031/messages', body);
    expect(answer.status).toBe(501);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining(`does not model ${what}.`),
    });
    expect(service.messages('general')).toEqual([]);
  });

  it('is not taken for what Discord has not', async () => {
    const service = await startService();
    for (const path of ['/nothing', '/guilds/1/nothing', '/users/@me/nothing']) {
      expect((await call(service, 'GET', path)).status).toBe(404);
    }
  });
});

describe('ids written as numbers', () => {
  it.each([
    ['{"id":1100000000000000045}', { id: '1100000000000000045' }],
    [
      '[1100000000000000045,"1100000000000000045",7,-7]',
      ['1100000000000000045', '1100000000000000045', 7, -7],
    ],
    ['{"text":"1100000000000000045.5","half":0.5}', { text: '1100000000000000045.5', half: 0.5 }],
    ['1e300', 1e300],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
});
