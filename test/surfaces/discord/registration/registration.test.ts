// Registration: bodies that Discord takes, sent only when they changed.
import { describe, expect, it } from 'vitest';
import { startDiscord } from '../../../../src/surfaces/discord/client.ts';
import { DiscordSetupError, registerCommands } from '../../../../src/surfaces/discord/index.ts';
import { bodiesOf, type CommandBody } from '../../../../src/surfaces/discord/registration/bodies.ts';
import { createLog, type Stage, setStage } from '../harness.ts';
import { commandComplaints } from '../judge.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const register = ({ discord, moderation }: Stage, guildId: string | undefined = discord.guildId) =>
  registerCommands({ token: discord.token, apiUrl: discord.api, guildId, registry: moderation.registry });

const sent = ({ discord }: Stage) =>
  discord.requests.filter(({ method, route }) => method !== 'GET' && route.endsWith('/commands'));

const find = (bodies: readonly CommandBody[], name: string) => {
  const body = bodies.find((one) => one.name === name);
  if (body === undefined) throw new Error(`no body for ${name}`);
  return body;
};

describe('the bodies', () => {
  it('are as the specification wants them', async () => {
    const { moderation } = await setStage();
    const bodies = bodiesOf(moderation.registry);
    expect(bodies.flatMap(commandComplaints)).toEqual([]);
  });

  it('have names that Discord takes, each once in a language', async () => {
    const { moderation } = await setStage();
    const slash = bodiesOf(moderation.registry).filter(({ type }) => type === 1);
    for (const language of ['en', 'zh-CN', 'zh-TW', 'ko', 'ja'] as const) {
      const names = slash.map((body) =>
        language === 'en' ? body.name : body.name_localizations?.[language],
      );
      expect(new Set(names).size).toBe(slash.length);
      for (const name of names) {
        expect(name).toMatch(NAME);
        expect(name).toBe(name?.toLowerCase());
      }
    }
  });

  it('say who sees a command, where, and what it completes', async () => {
    const { moderation } = await setStage();
    const bodies = bodiesOf(moderation.registry);
    expect(find(bodies, 'mute')).toMatchObject({
      default_member_permissions: String(1n << 40n),
      contexts: [0],
      integration_types: [0],
      name_localizations: { ko: '뮤트', 'zh-CN': expect.any(String), 'zh-TW': expect.any(String) },
      options: [
        { name: 'member', type: 3, required: true, autocomplete: true },
        { name: 'duration', type: 3, required: true, max_length: 100 },
        { name: 'already', type: 3, required: false, choices: [{ value: 'extend' }, {}, {}] },
        { name: 'reason', required: false, max_length: 512 },
        { name: 'group', autocomplete: true },
        { name: 'dry-run', type: 5 },
      ],
    });
    expect(find(bodies, 'help').default_member_permissions).toBeNull();
    expect(find(bodies, 'notify')).toMatchObject({
      options: [
        {},
        { choices: [{ value: 'all', name_localizations: { ko: '모든 메시지' } }, {}, {}, {}] },
        {},
        {},
        {},
      ],
    });
  });

  it('put five commands in the Apps menu', async () => {
    const { moderation } = await setStage();
    const menus = bodiesOf(moderation.registry).filter(({ type }) => type === 2);
    expect(menus.map(({ name }) => name).sort()).toEqual(['Ban', 'Kick', 'Mute', 'Unmute', 'Whois']);
  });
});

describe('registering', () => {
  it.each(['one server', 'all servers'])('sends to %s what changed, and only then', async (where) => {
    const stage = await setStage();
    const guildId = where === 'one server' ? stage.discord.guildId : undefined;
    const run = () =>
      registerCommands({
        token: stage.discord.token,
        apiUrl: stage.discord.api,
        guildId,
        registry: stage.moderation.registry,
      });
    expect(await run()).toBe(true);
    expect(await run()).toBe(false);
    expect(sent(stage)).toHaveLength(1);
    expect(sent(stage)[0]?.path.includes('/guilds/')).toBe(guildId !== undefined);
    expect(stage.discord.commands()).toHaveLength(stage.moderation.registry.commands.length + 5);
  });

  it.each([
    ['a word in another language', { description_localizations: { ko: '다른 말' } }],
    ['a permission', { default_member_permissions: '8' }],
    ['an option', { options: [] }],
  ])('sends again when %s is different at Discord', async (_what, change) => {
    const stage = await setStage();
    await register(stage);
    const mute = stage.discord.commands().find(({ name }) => name === 'mute');
    const path = `/v10/applications/${stage.discord.applicationId}/guilds/${stage.discord.guildId}/commands/${mute?.id}`;
    const answer = await fetch(stage.discord.api + path, {
      method: 'PATCH',
      headers: { authorization: `Bot ${stage.discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    expect(answer.status).toBe(200);
    expect(await register(stage)).toBe(true);
    expect(await register(stage)).toBe(false);
  });

  it('happens at the start of a bot, which starts even when Discord refuses it', async () => {
    const stage = await setStage();
    stage.discord.failNext({ method: 'PUT' }, { kind: 'error', code: 50001 });
    const running = await startDiscord({
      moderation: stage.moderation,
      token: stage.discord.token,
      apiUrl: stage.discord.api,
      guildId: stage.discord.guildId,
      accountTemplate: '{id}',
      logger: stage.logger,
    });
    await running.close();
    expect(stage.logs).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'Discord did not register the commands' }),
    );
  });
});

describe('a configuration that Discord does not accept', () => {
  it('is named when the token is wrong', async () => {
    const { discord, moderation } = await setStage();
    const wrong = { token: 'not.the.token', apiUrl: discord.api, moderation, accountTemplate: '{id}' };
    await expect(startDiscord({ ...wrong, logger: createLog().logger })).rejects.toThrow(DiscordSetupError);
    await expect(registerCommands({ ...wrong, registry: moderation.registry })).rejects.toThrow(
      /DISCORD_TOKEN/,
    );
  });

  it('is named when the intents are not allowed', async () => {
    const { discord, moderation } = await setStage({ allowedIntents: 0 });
    const options = { token: discord.token, apiUrl: discord.api, moderation, accountTemplate: '{id}' };
    await expect(startDiscord({ ...options, logger: createLog().logger })).rejects.toThrow(/intent/);
  });
});
