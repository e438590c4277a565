// Menus, forms and suggestions: the ways to a command that need no typing.
import { describe, expect, it } from 'vitest';
import { choose, startAll, textOf } from '../harness.ts';

describe('the Apps menu of a member', () => {
  it.each([
    ['Unmute', 'carol', /may speak again/, false],
    ['Kick', 'bob', /was removed from the group/, false],
    ['Whois', 'bob', /Role: member/, true],
  ])('%s acts at once', async (command, target, says, ephemeral) => {
    const bot = await startAll();
    const reply = await bot.discord.userMenu({ as: 'ken', command, target });
    expect(textOf(reply)).toMatch(says);
    expect(reply).toMatchObject({ kind: 'message', ephemeral });
  });

  it.each([
    ['Mute', /is muted for 1 hour, 30 minutes/],
    ['Ban', /is banned for 1 hour, 30 minutes/],
  ])('%s asks for a duration and a reason', async (command, says) => {
    const bot = await startAll();
    const modal = await bot.discord.userMenu({ as: 'ken', command, target: 'bob' });
    expect(modal).toMatchObject({ kind: 'modal', modal: { title: `${command}: bob` } });
    expect(modal.modal?.components).toMatchObject([
      { label: 'Duration', component: { custom_id: 'duration', required: true, max_length: 100 } },
      { label: 'Reason', component: { custom_id: 'reason', required: false, max_length: 512 } },
    ]);
    const first = await bot.discord.submitModal({ modal, fields: { duration: '1h30m', reason: 'spam' } });
    const reply = command === 'Ban' ? await choose(bot, first, 'confirm', 'ken') : first;
    expect(textOf(reply)).toMatch(says);
    expect(textOf(reply)).toMatch(/Reason: spam/);
    expect(reply.ephemeral).toBe(false);
  });

  it('says what is wrong with a duration', async () => {
    const bot = await startAll();
    const modal = await bot.discord.userMenu({ as: 'ken', command: 'Mute', target: 'bob' });
    const reply = await bot.discord.submitModal({ modal, fields: { duration: 'soon' } });
    expect(textOf(reply)).toMatch(/"soon" is not a duration/);
    expect(reply.ephemeral).toBe(true);
  });

  it('keeps the rules: no rights, no rank, not oneself', async () => {
    const bot = await startAll();
    const kick = async (as: string, target: string) =>
      textOf(await bot.discord.userMenu({ as, command: 'Kick', target, force: true }));
    expect(await kick('dave', 'bob')).toMatch(/You may not use \/kick here/);
    expect(await kick('ken', 'alice')).toMatch(/is an admin here/);
    expect(await kick('ada', 'olivia')).toMatch(/owns this group/);
    expect(await kick('ken', 'ken')).toMatch(/You cannot kick yourself/);
  });

  it('speaks the language of whoever opens a form', async () => {
    const bot = await startAll();
    const modal = await bot.discord.userMenu({ as: 'ken', command: 'Mute', target: 'bob', locale: 'ko' });
    expect(modal.modal?.components).toMatchObject([{ label: '기간' }, { label: '사유' }]);
  });
});

describe('a mention', () => {
  const BOB = '1100000000000000045';

  it('is the account that the template makes of the user', async () => {
    const bot = await startAll();
    const reply = await bot.discord.type({ as: 'ken', command: 'kick', options: { member: `<@${BOB}>` } });
    expect(textOf(reply)).toMatch(/^Bob \(bob\) was removed/);
  });

  it('needs no question to Discord where the template is of ids', async () => {
    const bot = await startAll({ accountTemplate: 'discord_{id}' });
    bot.chat.world.addMember('guild', `discord_${BOB}`);
    const reply = await bot.discord.type({ as: 'ken', command: 'kick', options: { member: `<@!${BOB}>` } });
    expect(textOf(reply)).toMatch(/^discord\\_1100000000000000045 was removed/);
    expect(bot.discord.requests.filter(({ route }) => route.includes('/members/'))).toEqual([]);
  });

  it('of somebody who is not in the server is refused', async () => {
    const bot = await startAll();
    const reply = await bot.discord.type({ as: 'ken', command: 'kick', options: { member: '<@123>' } });
    expect(textOf(reply)).toMatch(/The Discord user 123 has no Chat account here/);
  });

  it('that Discord cannot tell now is refused by name, and nobody is kicked', async () => {
    const bot = await startAll();
    bot.discord.failNext({ path: /\/members\// }, { kind: 'status', status: 503 }, 4);
    const reply = await bot.discord.type({ as: 'ken', command: 'kick', options: { member: `<@${BOB}>` } });
    expect(textOf(reply)).toMatch(/Discord did not say who/);
    expect(bot.chat.world.member('guild', 'bob')).toBeDefined();
  });
});

describe('suggestions', () => {
  const suggest = async (command: string, focused: string, options: Record<string, string>, as = 'ken') => {
    const bot = await startAll();
    return bot.discord.autocomplete({ as, command, focused, options });
  };

  it('are members of the group, and complete the last of several', async () => {
    expect(await suggest('mute', 'member', { member: 'bo' })).toEqual([{ name: 'Bob (bob)', value: '@bob' }]);
    expect(await suggest('mute', 'member', { member: '@bob car' })).toEqual([
      { name: '@bob Carol (carol)', value: '@bob @carol' },
    ]);
  });

  it('are members of the group that the options name', async () => {
    const found = await suggest('kick', 'member', { member: 'ta', group: 'arena' });
    expect(found).toEqual([{ name: 'taro', value: '@taro' }]);
  });

  it('are the banned for /unban', async () => {
    expect(await suggest('unban', 'member', { member: '' })).toEqual([
      { name: 'mallory', value: '@mallory' },
    ]);
  });

  it('are groups and commands', async () => {
    expect(await suggest('lock', 'group', { group: 'aren' })).toContainEqual({
      name: 'Arena (arena)',
      value: 'arena',
    });
    expect(await suggest('help', 'command', { command: 'unb' })).toEqual([{ name: 'unban', value: 'unban' }]);
  });

  it('are none for somebody who may not use the command', async () => {
    expect(await suggest('mute', 'member', { member: 'b' }, 'dave')).toEqual([]);
    expect(await suggest('lock', 'group', { group: '' }, 'dave')).toEqual([]);
  });

  it('are at most 25 of at most 100 characters', async () => {
    const bot = await startAll();
    for (let index = 0; index < 40; index += 1) {
      bot.chat.world.addMember('guild', `player${index}`, { nameCard: `${'长'.repeat(16)}${index}` });
    }
    const all = { as: 'ken', command: 'mute', focused: 'member' };
    expect(await bot.discord.autocomplete({ ...all, options: { member: 'player' } })).toHaveLength(25);
    const before = 'a'.repeat(80);
    const long = await bot.discord.autocomplete({ ...all, options: { member: `${before} player` } });
    for (const { name } of long) expect(name.length).toBeLessThanOrEqual(100);
    expect(long).toHaveLength(25);
    const longer = `${before}${before}`;
    expect(await bot.discord.autocomplete({ ...all, options: { member: `${longer} player` } })).toEqual([]);
  });

  it('are none rather than late when Chat is slow', async () => {
    const bot = await startAll();
    bot.chat.faults.next('get_group_member_info', { kind: 'slow', ms: 3_500 });
    expect(await bot.discord.autocomplete({ as: 'ken', command: 'mute', focused: 'member' })).toEqual([]);
  });
});
