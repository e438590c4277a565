// Commands: every one typed in Discord, done in Chat, and told with the truth.
import { Colors } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { ChatService } from '../../../src/sandbox/chat/index.ts';
import { type Bot, choose, startAll, textOf } from './harness.ts';

type Options = Record<string, string | boolean>;

interface Case {
  readonly command: string;
  readonly options?: Options;
  /** Whether it asks first. */
  readonly asks?: true;
  /** What must be so before. */
  readonly given?: (chat: ChatService) => void;
  readonly says: RegExp;
  /** What must be so afterwards. */
  readonly holds?: (chat: ChatService) => unknown;
}

const member = (chat: ChatService, account: string) => chat.world.member('guild', account);

/** Changes: everybody in the channel sees them. */
const changing: readonly Case[] = [
  {
    command: 'mute',
    options: { member: '@bob', duration: '3600', reason: 'spam' },
    says: /^Bob \(bob\) is muted for 1 hour, until <t:\d+:F> \(<t:\d+:R>\)\.\nReason: spam$/,
    holds: ({ world }) => world.isMuted('guild', 'bob'),
  },
  {
    command: 'unmute',
    options: { member: 'carol' },
    says: /may speak again/,
    holds: ({ world }) => !world.isMuted('guild', 'carol'),
  },
  {
    command: 'promote',
    options: { member: 'bob' },
    asks: true,
    says: /is now an admin/,
    holds: (chat) => member(chat, 'bob')?.role === 'Admin',
  },
  {
    command: 'demote',
    options: { member: 'ken' },
    says: /is an ordinary member again/,
    holds: (chat) => member(chat, 'ken')?.role === 'Member',
  },
  {
    command: 'nick',
    options: { member: 'bob', name: 'Bobby' },
    says: /is now called Bobby/,
    holds: (chat) => member(chat, 'bob')?.nameCard === 'Bobby',
  },
  { command: 'notify', options: { member: 'bob', mode: 'mentions' }, says: /a push for mentions only/ },
  {
    command: 'field',
    options: { member: 'bob', key: 'team', value: 'green' },
    says: /team is now "green"/,
    holds: (chat) => member(chat, 'bob')?.fields.get('team') === 'green',
  },
  {
    command: 'kick',
    options: { member: 'bob' },
    says: /was removed from the group/,
    holds: (chat) => member(chat, 'bob') === undefined,
  },
  {
    command: 'ban',
    options: { member: 'bob', duration: '2d' },
    asks: true,
    says: /is banned for 2 days, until <t:\d+:F>/,
    holds: ({ world }) => world.isBanned('guild', 'bob'),
  },
  {
    command: 'unban',
    options: { member: 'mallory' },
    says: /may join again/,
    holds: ({ world }) => !world.isBanned('guild', 'mallory'),
  },
  { command: 'lock', says: /is locked: only the owner and admins may speak/ },
  {
    command: 'unlock',
    given: ({ world }) => {
      world.group('guild').profile.MuteAllMember = 'On';
    },
    says: /is open: everybody may speak/,
  },
  {
    command: 'warn',
    options: { member: 'bob', points: '2' },
    says: /^Bob \(bob\) is warned \(2 points\)\.$/,
  },
  { command: 'recall', options: { messages: 'last 2' }, says: /2 done/ },
  {
    command: 'purge',
    options: { member: 'bob' },
    asks: true,
    says: /bob.* was taken back|messages that Bob/,
  },
];

/** Answers hold what is known of members: for the asker alone. */
const reading: readonly Case[] = [
  {
    command: 'whois',
    options: { member: 'carol' },
    says: /^Carol \(carol\)\nRole: member\n.*Muted until <t:/s,
  },
  { command: 'members', options: { role: 'admin' }, says: /Alice \(alice\): admin/ },
  {
    command: 'messages',
    options: { last: '2' },
    says: /: 2 messages\n\d+ · <t:\d+:F> \(<t:\d+:R>\) · \w+: /,
  },
  { command: 'muted', says: /1 muted\ncarol: until <t:/ },
  { command: 'banned', says: /1 banned\nmallory: until <t:/ },
  { command: 'group', says: /^Moonlight Guild \(guild\)\nType: Public\nOwner: olivia/ },
  { command: 'case', options: { action: 'list' }, says: /^guild: no cases/ },
  { command: 'history', options: { member: 'bob' }, says: /^Bob \(bob\): no cases/ },
  { command: 'mod', options: { moderator: 'ken' }, says: /^By .*ken.*: no cases/ },
  { command: 'timers', says: /: nothing ends by itself$/ },
  {
    command: 'link',
    options: { user: '100000000000000077', member: 'bob' },
    says: /100000000000000077 and Bob \(bob\) are one person now/,
  },
  { command: 'links', says: /^Nobody is linked$/ },
  { command: 'log', options: { log: 'show' }, says: /are told in no channel/ },
  {
    command: 'why',
    options: { moderator: 'ken', command: 'mute', member: 'bob' },
    says: /^ken may use \/mute, for these reasons:/,
  },
  { command: 'help', says: /\/mute member duration \[already:…\] \[reason\]: Mute members for a while/ },
];

const type = ({ discord }: Bot, command: string, options: Options = {}, as = 'ada', force = false) =>
  discord.type({ as, command, options, force });

it('every command has a case', () => {
  // What these do needs something done before: undo.test.ts, test/e2e/links.test.ts, test/surfaces/ingroup.
  const names = [...changing, ...reading].map(({ command }) => command).concat('undo', 'unlink', 'me');
  expect(names.sort()).toEqual(commands.map(({ name }) => name).sort());
});

describe('an administrator', () => {
  it.each(changing)(
    'does /$command, and everybody sees it',
    async ({ command, options, asks, given, says, holds }) => {
      const bot = await startAll();
      given?.(bot.chat);
      const first = await type(bot, command, options);
      const reply = asks ? await choose(bot, first, 'confirm', 'ada') : first;
      expect(textOf(reply)).toMatch(says);
      expect(reply).toMatchObject({ kind: 'message', ephemeral: false, deferred: false });
      expect(reply.embeds).toMatchObject([{ color: 0x57f287, footer: { text: `/${command} · guild · #1` } }]);
      expect(reply.allowedMentions).toMatchObject({ parse: [] });
      expect(holds?.(bot.chat) ?? true).toBe(true);
    },
  );

  it.each(reading)('asks /$command, and nobody else sees the answer', async ({ command, options, says }) => {
    const bot = await startAll();
    const reply = await type(bot, command, options);
    expect(textOf(reply)).toMatch(says);
    expect(reply).toMatchObject({ kind: 'message', ephemeral: true, deferred: false });
    expect(reply.embeds).toMatchObject([{ color: command === 'link' ? Colors.Green : Colors.Blurple }]);
  });
});

describe('a dry run', () => {
  it.each(changing.filter(({ command }) => command !== 'warn'))(
    'of /$command shows the requests and changes nothing',
    async ({ command, options, given }) => {
      const bot = await startAll();
      given?.(bot.chat);
      const reply = await type(bot, command, { ...options, 'dry-run': true });
      expect(reply.ephemeral).toBe(true);
      expect(textOf(reply)).toMatch(/Requests that would be sent:\n```json\n\{\n {2}"method": "POST"/);
      expect(textOf(reply)).not.toMatch(/usersig=eJ/);
      const reads = /^(get_|portrait_|account_|group_msg_get)/;
      expect(bot.chat.requests.filter(({ endpoint }) => !reads.test(endpoint))).toEqual([]);
    },
  );
});

describe('a member without permissions', () => {
  const guarded = [...changing, ...reading].filter(({ command }) => command !== 'help');

  it.each(guarded)('does not see /$command, and is refused when forcing it', async ({ command, options }) => {
    const bot = await startAll();
    await expect(type(bot, command, options, 'dave')).rejects.toMatchObject({ reason: 'hidden' });
    const reply = await type(bot, command, options, 'dave', true);
    expect(textOf(reply)).toMatch(
      new RegExp(`^You may not use /${command} here. You need the Discord permission`),
    );
    expect(reply).toMatchObject({ ephemeral: true });
    expect(reply.embeds).toMatchObject([{ color: 0xed4245 }]);
    expect(bot.chat.requests).toEqual([]);
  });

  it('may ask for help', async () => {
    const bot = await startAll();
    expect(textOf(await type(bot, 'help', { command: 'mute' }, 'dave'))).toMatch(/Mute members for a while/);
  });
});

describe('a moderator', () => {
  // ken holds every permission that the commands ask for, at rank 2.
  const aimed = changing.filter(
    ({ command, options }) => options?.member !== undefined && command !== 'unban',
  );

  it.each(aimed)('is refused /$command on an admin of the group', async ({ command, options }) => {
    const bot = await startAll();
    bot.chat.world.group('guild').mute('alice', 60, bot.chat.world.now());
    const reply = await type(bot, command, { ...options, member: 'alice' }, 'ken');
    expect(textOf(reply)).toMatch(/is an admin here\. You can act only on members below your own rank/);
    expect(reply.ephemeral).toBe(true);
  });

  it('is told for each of several members what became of them', async () => {
    const bot = await startAll();
    const reply = await type(bot, 'mute', { member: 'bob, alice, olivia', duration: '1h' }, 'ken');
    const text = textOf(reply);
    expect(text).toMatch(/^\/mute: 1 done, 2 refused, 0 failed\./);
    expect(text).toMatch(/Bob \(bob\) is muted for 1 hour/);
    expect(text).toMatch(/Alice \(alice\) is an admin here/);
    expect(text).toMatch(/olivia owns this group/);
    expect(reply).toMatchObject({ ephemeral: false });
    expect(reply.embeds).toMatchObject([{ color: 0xf1c40f }]);
  });

  it('never acts on themselves, whatever the account is called', async () => {
    const bot = await startAll();
    const reply = await type(bot, 'mute', { member: 'ken', duration: '1h' }, 'ken');
    expect(textOf(reply)).toMatch(/You cannot mute or unmute yourself/);
  });
});

describe('a group type that cannot', () => {
  it.each([
    ['mute', 'team', { member: 'bob', duration: '1h' }],
    ['unmute', 'team', { member: 'bob' }],
    ['promote', 'team', { member: 'bob' }],
    ['demote', 'team', { member: 'bob' }],
    ['nick', 'live', { member: 'bob', name: 'B' }],
    ['notify', 'live', { member: 'bob', mode: 'all' }],
    ['field', 'live', { member: 'bob', key: 'team', value: 'x' }],
    ['kick', 'live', { member: 'bob' }],
    ['purge', 'live', { member: 'bob' }],
    ['members', 'live', {}],
  ] as const)('is named for /%s in %s', async (command, group, options) => {
    const bot = await startAll();
    const reply = await type(bot, command, { ...options, group });
    expect(textOf(reply)).toMatch(/where Chat does not allow/);
    expect(reply.ephemeral).toBe(true);
    expect(reply.embeds).toMatchObject([{ footer: { text: `/${command} · ${group}` } }]);
  });
});

describe('without a group', () => {
  it('the option is asked for', async () => {
    const bot = await startAll({ defaultGroup: undefined });
    expect(textOf(await type(bot, 'lock'))).toMatch(/Which group\?/);
    expect(textOf(await type(bot, 'lock', { group: 'arena' }))).toMatch(/Arena \(arena\) is locked/);
  });
});
