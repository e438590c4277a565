// People: what members can do in front of the stand-in, and what the bot hears of it.

import { type Interaction, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type DiscordService, defaultWorld } from '../../../../src/sandbox/discord/index.ts';
import { login, startService } from '../harness.ts';

const option = (type: number, name: string, more: object = {}) => ({ type, name, description: 'd', ...more });
const COMMANDS = [
  {
    name: 'mute',
    description: 'Mutes a member',
    default_member_permissions: PermissionFlagsBits.ModerateMembers.toString(),
    options: [
      option(3, 'member', { required: true, max_length: 10, autocomplete: true }),
      option(4, 'seconds', { min_value: 1, max_value: 100 }),
      option(3, 'mode', { choices: [{ name: 'Soft', value: 'soft' }] }),
      option(5, 'silent'),
      option(10, 'weight'),
    ],
  },
  {
    name: 'show',
    description: 'Shows things',
    options: [option(6, 'user'), option(7, 'channel'), option(8, 'role'), option(9, 'either')],
  },
  {
    name: 'role',
    description: 'Roles',
    options: [
      option(1, 'list'),
      option(2, 'edit', {
        options: [option(1, 'add', { options: [option(3, 'name', { required: true })] })],
      }),
    ],
  },
  { name: 'admin', description: 'For administrators', default_member_permissions: '0' },
  { name: 'direct', description: 'Not for servers', contexts: [1] },
  { name: 'Mute Member', type: 2 },
  { name: 'Report', type: 3 },
];

async function start(
  handle: (interaction: Interaction) => unknown = () => undefined,
): Promise<DiscordService> {
  const service = await startService();
  const client = await login(service, handle);
  await client.application.commands.set(COMMANDS);
  return service;
}

/** A bot that answers every interaction with a summary of it. */
function summarise(summary: (interaction: Interaction<'cached'>) => unknown) {
  return async (interaction: Interaction) => {
    if (!interaction.inCachedGuild() || !interaction.isRepliable()) return;
    await interaction.reply(JSON.stringify(summary(interaction)));
  };
}

describe('typing a command', () => {
  it('tells the bot who, where, in which language and with which permissions', async () => {
    const service = await start(
      summarise((interaction) => ({
        user: interaction.user.username,
        member: interaction.member.displayName,
        roles: interaction.member.roles.cache.map((role) => role.name).sort(),
        channel: interaction.channel?.name,
        guild: interaction.guild.name,
        locale: interaction.locale,
        guildLocale: interaction.guildLocale,
        mayMute: interaction.memberPermissions.has('ModerateMembers'),
        mayBan: interaction.memberPermissions.has('BanMembers'),
        botMayMute: interaction.appPermissions.has('ModerateMembers'),
      })),
    );
    const input = { as: 'alice', command: 'mute', options: { member: 'bob' }, locale: 'ko' };
    const reply = await service.type({ ...input, channel: 'mod-log' });
    expect(JSON.parse(reply.content)).toEqual({
      user: 'alice',
      member: 'Alice',
      roles: ['@everyone', 'Moderator'],
      channel: 'mod-log',
      guild: 'Sandbox',
      locale: 'ko',
      guildLocale: 'en-US',
      mayMute: true,
      mayBan: false,
      botMayMute: true,
    });
  });

  it('carries every type of option', async () => {
    const service = await start(
      summarise((interaction) => interaction.isChatInputCommand() && interaction.options.data.map(plain)),
    );
    const options = { member: 'bob', seconds: 60, mode: 'soft', silent: true, weight: 0.5 };
    expect(JSON.parse((await service.type({ as: 'alice', command: 'mute', options })).content)).toEqual([
      { name: 'member', value: 'bob' },
      { name: 'seconds', value: 60 },
      { name: 'mode', value: 'soft' },
      { name: 'silent', value: true },
      { name: 'weight', value: 0.5 },
    ]);
  });

  it('resolves members, channels and roles by name', async () => {
    const service = await start(
      summarise(
        (interaction) =>
          interaction.isChatInputCommand() && [
            interaction.options.getUser('user')?.username,
            interaction.options.getChannel('channel')?.name,
            interaction.options.getRole('role')?.name,
            interaction.options.getMentionable('either')?.toString(),
          ],
      ),
    );
    const options = { user: 'bob', channel: 'mod-log', role: 'moderator', either: 'carol' };
    expect(JSON.parse((await service.type({ as: 'bob', command: 'show', options })).content)).toEqual([
      'bob',
      'mod-log',
      'Moderator',
      `<@${service.world.members.carol?.id}>`,
    ]);
  });

  it('goes through groups and subcommands', async () => {
    const service = await start(
      summarise(
        (interaction) =>
          interaction.isChatInputCommand() && [
            interaction.options.getSubcommandGroup(false),
            interaction.options.getSubcommand(),
            interaction.options.getString('name'),
          ],
      ),
    );
    const add = { as: 'bob', command: 'role', subcommandGroup: 'edit', subcommand: 'add' };
    expect((await service.type({ ...add, options: { name: 'x' } })).content).toBe('["edit","add","x"]');
    expect((await service.type({ as: 'bob', command: 'role', subcommand: 'list' })).content).toBe(
      '[null,"list",null]',
    );
  });

  const mute = { as: 'alice', command: 'mute' };
  it.each<[string, string, Parameters<DiscordService['type']>[0]]>([
    ['unknown-member', 'nobody', { ...mute, as: 'zoe' }],
    ['unknown-member', 'a name of Object', { ...mute, as: 'toString' }],
    ['unknown-channel', 'no channel', { ...mute, channel: 'attic' }],
    ['unknown-command', 'nothing registered', { ...mute, command: 'explode' }],
    ['unknown-command', 'a menu typed as a command', { ...mute, command: 'Mute Member' }],
    ['unknown-command', 'no subcommand', { ...mute, command: 'role' }],
    ['unknown-command', 'another subcommand', { ...mute, command: 'role', subcommand: 'drop' }],
    ['unknown-option', 'another option', { ...mute, options: { member: 'bob', other: 1 } }],
    ['missing-option', 'no member', { ...mute, options: {} }],
    ['bad-value', 'a number for a text', { ...mute, options: { member: 5 } }],
    ['bad-value', 'an empty text', { ...mute, options: { member: '' } }],
    ['bad-value', 'a long text', { ...mute, options: { member: 'a'.repeat(11) } }],
    ['bad-value', 'a text for a number', { ...mute, options: { member: 'bob', seconds: '60' } }],
    ['bad-value', 'a fraction for a whole number', { ...mute, options: { member: 'bob', seconds: 1.5 } }],
    ['bad-value', 'a number below the lowest', { ...mute, options: { member: 'bob', seconds: 0 } }],
    ['bad-value', 'a number above the highest', { ...mute, options: { member: 'bob', seconds: 101 } }],
    ['bad-value', 'none of the choices', { ...mute, options: { member: 'bob', mode: 'hard' } }],
    ['bad-value', 'a text for yes or no', { ...mute, options: { member: 'bob', silent: 'yes' } }],
    ['bad-value', 'nobody for a user', { ...mute, command: 'show', options: { user: 'zoe' } }],
    ['bad-value', 'no such role', { ...mute, command: 'show', options: { role: 'king' } }],
    ['hidden', 'a member without the permission', { ...mute, as: 'bob', options: { member: 'carol' } }],
    ['hidden', 'a moderator at a command for administrators', { ...mute, command: 'admin' }],
    ['hidden', 'a command that is not for servers', { ...mute, command: 'direct' }],
  ])('is refused (%s): %s', async (reason, _why, input) => {
    const service = await start();
    await expect(service.type(input)).rejects.toMatchObject({ name: 'TypingRefused', reason });
  });

  it.each(['ada', 'olivia'])('of administrators is open to %s', async (as) => {
    const service = await start(
      summarise((interaction) => interaction.memberPermissions.has('Administrator')),
    );
    const reply = await service.type({ as, command: 'admin' });
    expect(reply.content).toBe('true');
  });

  it('may be forced where Discord hides the command', async () => {
    const service = await start(summarise(() => 'ran'));
    const input = { as: 'bob', command: 'mute', options: { member: 'carol' }, force: true };
    expect((await service.type(input)).content).toBe('"ran"');
  });

  it('is refused while no bot is connected', async () => {
    const service = await startService();
    const client = await login(service);
    await client.application.commands.set(COMMANDS);
    await client.destroy();
    const waiting = expect.poll(() =>
      service.type({ as: 'bob', command: 'show' }).catch((error) => error.reason),
    );
    await waiting.toBe('offline');
  });
});

describe('permissions', () => {
  it('follow roles and channels of a world of one’s own', async () => {
    const world = defaultWorld();
    world.members.bob.roles.push('moderator');
    const service = await startService({ world });
    const client = await login(
      service,
      summarise((interaction) => interaction.memberPermissions.toArray()),
    );
    await client.application.commands.set(COMMANDS);
    const input = { as: 'bob', command: 'show' };
    const inGeneral = JSON.parse((await service.type(input)).content);
    expect(inGeneral).toContain('KickMembers');
    const carol = JSON.parse((await service.type({ ...input, as: 'carol', channel: 'mod-log' })).content);
    expect(carol).not.toContain('ViewChannel');
  });
});

describe('autocomplete', () => {
  it('asks while typing and returns the choices', async () => {
    const service = await start(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      const seconds = interaction.options.getInteger('seconds');
      await interaction.respond([{ name: `${name} ${value} ${seconds}`, value: 'bob' }]);
    });
    const options = { member: 'bo', seconds: 5 };
    const choices = await service.autocomplete({ as: 'alice', command: 'mute', focused: 'member', options });
    expect(choices).toEqual([{ name: 'member bo 5', value: 'bob' }]);
  });

  it('is refused for an option without it', async () => {
    const service = await start();
    const input = { as: 'alice', command: 'mute', focused: 'mode' };
    await expect(service.autocomplete(input)).rejects.toMatchObject({ reason: 'unknown-option' });
  });
});

describe('the Apps menu', () => {
  it('of a member tells the bot whom it is about', async () => {
    const service = await start(
      summarise(
        (interaction) => interaction.isUserContextMenuCommand() && interaction.targetMember?.displayName,
      ),
    );
    const reply = await service.userMenu({ as: 'alice', command: 'Mute Member', target: 'bob' });
    expect(reply).toMatchObject({ kind: 'message', content: '"Bob"' });
  });

  it('of a message tells the bot which', async () => {
    const service = await start(
      summarise(
        (interaction) => interaction.isMessageContextMenuCommand() && interaction.targetMessage.content,
      ),
    );
    const { id } = service.typeText({ as: 'bob', content: 'buy gold' });
    const reply = await service.messageMenu({ as: 'alice', command: 'Report', target: id });
    expect(reply.content).toBe('"buy gold"');
  });
});

function plain({ name, value }: { name: string; value?: unknown }) {
  return { name, value };
}
