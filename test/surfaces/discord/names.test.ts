// Whom a field of a slash command names, and how long a duration in one lasts.
import { expect, test } from 'vitest';
import { type Bot, buttonOf, startAll, textOf } from './harness.ts';

const kick = (bot: Bot, options: Record<string, string>) =>
  bot.discord.type({ as: 'ada', command: 'kick', options });

const sent = (bot: Bot, endpoint: string) =>
  bot.chat.requests.filter((one) => one.endpoint === endpoint).map(({ body }) => body);

test.each(['bob the builder', 'bob the builder (u79)', '"bob the builder"', '@u79'])(
  '%s is one member, and not bob',
  async (member) => {
    const bot = await startAll();
    bot.chat.world.addMember('guild', 'u79', { nameCard: 'bob the builder' });
    await kick(bot, { member });
    expect(sent(bot, 'delete_group_member')).toEqual([
      expect.objectContaining({ MemberToDel_Account: ['u79'] }),
    ]);
  },
);

test.each(['bob @dave said he cheats', 'bob, dave, nobody', 'erin @carol told me'])(
  '%s: words that name nobody refuse the whole list',
  async (member) => {
    const bot = await startAll();
    await kick(bot, { member });
    expect(sent(bot, 'delete_group_member')).toEqual([]);
  },
);

test('a name that is also a list is asked about, and done as it was chosen', async () => {
  const bot = await startAll();
  bot.chat.world.addMember('guild', 'u79', { nameCard: 'bob carol' });
  const question = await kick(bot, { member: 'bob carol' });
  expect(textOf(question)).toMatch(/one name or several/);
  expect(sent(bot, 'delete_group_member')).toEqual([]);
  await bot.discord.click({ as: 'ada', message: question, customId: buttonOf(question, ':several') });
  await expect
    .poll(() => sent(bot, 'delete_group_member'))
    .toEqual([expect.objectContaining({ MemberToDel_Account: ['bob', 'carol'] })]);
});

test.each([
  ['1 h', 3_600],
  ['12 days', 1_036_800],
  ['2 小时', 7_200],
  ['3 일', 259_200],
  ['10 分間', 600],
])('a duration of %s', async (duration, seconds) => {
  const bot = await startAll();
  await bot.discord.type({ as: 'ada', command: 'mute', options: { member: 'taro', duration } });
  expect(sent(bot, 'modify_group_member_info')).toEqual([expect.objectContaining({ MuteTime: seconds })]);
});

test.each(['12 days test', '1 M', '1h 30', '1 个 小时'])('%s is no duration', async (duration) => {
  const bot = await startAll();
  await bot.discord.type({ as: 'ada', command: 'mute', options: { member: 'taro', duration } });
  expect(sent(bot, 'modify_group_member_info')).toEqual([]);
});

test('a filter knows the names that commands have in other languages', async () => {
  const bot = await startAll();
  const history = (command: string) =>
    bot.discord.type({ as: 'ada', command: 'history', options: { member: '@bob', command } });
  expect(textOf(await history('禁言'))).not.toMatch(/no command/);
  expect(textOf(await history('mut'))).toMatch(/Did you mean \/mute/);
});
