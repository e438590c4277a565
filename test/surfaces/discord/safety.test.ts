// Safety: names that attack, texts that are too long, servers that are not ours, languages.
import { describe, expect, it } from 'vitest';
import { registerCommands } from '../../../src/surfaces/discord/index.ts';
import { type Bot, setStage, startAll, startBot, textOf, typeAndConfirm } from './harness.ts';

const OTHER_GUILD = '1100000000000000999';

describe('a name card or reason', () => {
  const live = (text: string) => text.replace(/\\[^0-9A-Za-z\s]/g, '');

  it.each([
    '@everyone <@1>',
    '[gift](https://e.vil)',
    '<t:0:R> **done**',
    '\u202egnp.\u0007exe',
    '```\n# Owner\n```',
  ])('%j forges nothing', async (attack) => {
    const bot = await startAll();
    bot.chat.world.addMember('guild', 'eve', { nameCard: attack });
    const reply = await bot.discord.type({
      as: 'ken',
      command: 'mute',
      options: { member: 'eve', duration: '1h', reason: attack },
    });
    const text = textOf(reply);
    expect(reply.allowedMentions).toMatchObject({ parse: [] });
    // Two lines: the sentence and the reason. The one live markup is the end of the mute.
    expect(text.split('\n')).toHaveLength(2);
    expect(live(text).replace(/<t:\d{10}:[FR]>/g, '')).not.toMatch(
      /[*_~`|<>[\]#]|[^\P{Cc}\n]|\u202e|@everyone|:[/]/u,
    );
  });

  it('stays inside the code block of a dry run', async () => {
    const bot = await startAll();
    const reply = await bot.discord.type({
      as: 'ada',
      command: 'ban',
      options: { member: 'bob', duration: '1h', reason: '```\n@everyone \u202e', 'dry-run': true },
    });
    const text = textOf(reply);
    expect(text.match(/```/g)).toHaveLength(2);
    expect(text).not.toContain('\u202e');
    const json = /```json\n(.*)\n```/s.exec(text)?.[1] ?? '';
    expect(JSON.parse(json)).toMatchObject({ body: { Description: '```\n@everyone \u202e' } });
  });

  it('is plain in suggestions', async () => {
    const bot = await startAll();
    bot.chat.world.addMember('guild', 'eve', { nameCard: 'E\u202eve\n' });
    const found = await bot.discord.autocomplete({
      as: 'ken',
      command: 'mute',
      focused: 'member',
      options: { member: 'eve' },
    });
    expect(found).toEqual([{ name: 'E\\u{202e}ve\\u{a} (eve)', value: '@eve' }]);
  });
});

describe('a long answer', () => {
  it('is cut with a count of the rest', async () => {
    const bot = await startAll();
    for (let index = 0; index < 150; index += 1) {
      bot.chat.world.addMember('guild', `player_number_${index}`, { nameCard: `*${'x'.repeat(40)}*` });
    }
    const reply = await bot.discord.type({ as: 'ken', command: 'members' });
    const text = textOf(reply);
    expect(text.length).toBeLessThanOrEqual(4_096);
    const [, more] = /\n… and (\d+) more$/.exec(text) ?? [];
    expect(text.split('\n').length - 2 + Number(more)).toBe(100);
  });

  it('keeps the reason', async () => {
    const bot = await startAll();
    const accounts = Array.from({ length: 120 }, (_, index) => `player_${index}`);
    for (const account of accounts) bot.chat.world.addMember('guild', account);
    const reason = '*'.repeat(512);
    const options = { member: accounts.join(' '), duration: '1h', reason };
    const reply = await typeAndConfirm(bot, { as: 'ken', command: 'mute', options });
    expect(textOf(reply)).toMatch(/^\/mute: 120 done.*\n… and \d+ more\nReason: (\\\*){512}$/s);
    expect(textOf(reply).length).toBeLessThanOrEqual(4_096);
  });

  it('attaches the requests of a dry run that do not fit', async () => {
    const bot = await startAll();
    const accounts = Array.from({ length: 60 }, (_, index) => `player_${index}`);
    for (const account of accounts) bot.chat.world.addMember('guild', account);
    const options = { member: accounts.join(' '), name: 'Same', 'dry-run': true };
    const reply = await bot.discord.type({ as: 'ken', command: 'nick', options });
    expect(reply.attachments).toMatchObject([{ filename: 'requests.json' }]);
    expect(textOf(reply)).not.toContain('```');
    expect(reply.ephemeral).toBe(true);
  });
});

describe('a command from elsewhere', () => {
  const ask = async ({ discord }: Bot) => {
    const as = 'ada';
    const mute = { command: 'mute', options: { member: 'bob', duration: '1h' } };
    return [
      await discord.type({ as, ...mute }),
      await discord.userMenu({ as, command: 'Mute', target: 'bob' }),
      await discord.userMenu({ as, command: 'Whois', target: 'bob' }),
    ];
  };

  it('that is another server is refused, whoever asks', async () => {
    const stage = await setStage();
    const { token, api: apiUrl, guildId } = stage.discord;
    await registerCommands({ token, apiUrl, guildId, registry: stage.moderation.registry });
    const bot = await startBot(stage, { guildId: OTHER_GUILD });
    for (const reply of await ask(bot)) {
      expect(textOf(reply)).toBe('This bot takes commands from another server only.');
      expect(reply.ephemeral).toBe(true);
    }
    expect(await bot.discord.autocomplete({ as: 'ada', command: 'mute', focused: 'member' })).toEqual([]);
    expect(bot.chat.requests).toEqual([]);
  });

  it('that is no server is refused', async () => {
    const bot = await startAll();
    bot.running.client.prependListener('interactionCreate', (interaction) => {
      // A direct message differs in nothing else that matters here.
      interaction.guildId = null;
    });
    for (const reply of await ask(bot)) expect(textOf(reply)).toBe('These commands work in servers only.');
    expect(bot.chat.requests).toEqual([]);
  });

  it('is taken from every server when none is named', async () => {
    const bot = await startAll({ guildId: undefined });
    const reply = await bot.discord.type({ as: 'ada', command: 'lock' });
    expect(textOf(reply)).toMatch(/is locked/);
  });
});

describe('a reader', () => {
  it.each([
    ['ko', /님|뮤트/],
    ['ja', /ミュート|発言/],
    ['zh-CN', /禁言/],
    ['zh-TW', /禁言/],
  ])('of %s gets that language, and so does everybody who sees the reply', async (locale, words) => {
    const bot = await startAll();
    const done = await bot.discord.type({
      as: 'ken',
      command: 'mute',
      options: { member: 'bob', duration: '1h' },
      locale,
    });
    expect(done.ephemeral).toBe(false);
    expect(textOf(done)).toMatch(words);
    const help = await bot.discord.type({ as: 'ken', command: 'help', locale });
    expect(textOf(help)).toMatch(words);
  });

  it('of any other language gets English', async () => {
    const bot = await startAll();
    const reply = await bot.discord.type({ as: 'ken', command: 'lock', locale: 'fr' });
    expect(textOf(reply)).toMatch(/is locked/);
  });
});
