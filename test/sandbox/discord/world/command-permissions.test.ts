// Command permissions: what admins set on the Integrations page, as REST, the gateway and people meet it.

import {
  type ApplicationCommandPermissionsUpdateData,
  Events,
  GatewayIntentBits,
  PermissionFlagsBits,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { CommandRule, DiscordService } from '../../../../src/sandbox/discord/index.ts';
import { call, login, startService } from '../harness.ts';
import { complaints } from '../judge.ts';

const BAN = {
  name: 'ban',
  description: 'Bans',
  default_member_permissions: PermissionFlagsBits.BanMembers.toString(),
};
const MENU = { name: 'Ban', type: 2, default_member_permissions: BAN.default_member_permissions };

const role = (name: string, permission: boolean): CommandRule => ({ role: name, permission });
const member = (name: string, permission: boolean): CommandRule => ({ member: name, permission });
const channel = (name: string, permission: boolean): CommandRule => ({ channel: name, permission });

const pathOf = (service: DiscordService, rest: string) =>
  `/applications/${service.applicationId}/guilds/${service.guildId}/commands${rest}`;

const idOf = (service: DiscordService, wanted: string) =>
  service.commands().find(({ name }) => name === wanted)?.id ?? '';

async function start(options: Parameters<typeof login>[2] = {}) {
  const service = await startService();
  const client = await login(
    service,
    async (interaction) => interaction.isRepliable() && (await interaction.reply('done')),
    options,
  );
  await client.application.commands.set([BAN, MENU]);
  return { service, client };
}

describe('the endpoints', () => {
  it('answer what is set, by command and for the application, as the specification has it', async () => {
    const { service } = await start();
    service.setCommandPermissions('ban', [
      role('everyone', false),
      channel('all', false),
      member('bob', true),
    ]);
    service.setCommandPermissions(null, [role('moderator', true)]);
    const list = await (await call(service, 'GET', pathOf(service, '/permissions'))).json();
    const about = { application_id: service.applicationId, guild_id: service.guildId };
    const ofBan = {
      id: idOf(service, 'ban'),
      ...about,
      permissions: [
        { id: service.guildId, type: 1, permission: false },
        { id: (BigInt(service.guildId) - 1n).toString(), type: 3, permission: false },
        { id: service.world.members.bob?.id, type: 2, permission: true },
      ],
    };
    const ofApplication = {
      id: service.applicationId,
      ...about,
      permissions: [{ id: service.world.roles.moderator?.id, type: 1, permission: true }],
    };
    expect(list).toEqual([ofBan, ofApplication]);
    for (const each of [ofBan, ofApplication]) {
      const one = await (await call(service, 'GET', pathOf(service, `/${each.id}/permissions`))).json();
      expect(one).toEqual(each);
      expect(complaints('CommandPermissionsResponseSchema', one)).toEqual([]);
    }
  });

  it('say 10066 where nothing is set, and forget what was taken back and commands that are gone', async () => {
    const { service, client } = await start();
    const ofBan = pathOf(service, `/${idOf(service, 'ban')}/permissions`);
    service.setCommandPermissions('ban', [member('bob', true)]);
    service.setCommandPermissions('ban', []);
    expect(await (await call(service, 'GET', ofBan)).json()).toMatchObject({ code: 10066 });
    service.setCommandPermissions('ban', [member('bob', true)]);
    await client.application.commands.set([MENU]);
    expect(await (await call(service, 'GET', ofBan)).json()).toMatchObject({ code: 10063 });
    expect(await (await call(service, 'GET', pathOf(service, '/permissions'))).json()).toEqual([]);
  });

  it.each<[string, string, CommandRule[]]>([
    ['unknown-command', 'kick', []],
    ['bad-value', 'ban', [role('nobody', true)]],
    ['unknown-member', 'ban', [member('zoe', true)]],
    ['bad-value', 'ban', Array.from({ length: 101 }, () => member('bob', true))],
  ])('refuse to set what does not exist, or too much: %s', async (reason, command, rules) => {
    const { service } = await start();
    expect(() => service.setCommandPermissions(command, rules)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('the event', () => {
  it('reaches a bot of any intents', async () => {
    const { service, client } = await start({ intents: [GatewayIntentBits.GuildMessages] });
    const { promise, resolve } = Promise.withResolvers<ApplicationCommandPermissionsUpdateData>();
    client.once(Events.ApplicationCommandPermissionsUpdate, resolve);
    service.setCommandPermissions('ban', [member('bob', true)]);
    expect(await promise).toEqual({
      id: idOf(service, 'ban'),
      applicationId: service.applicationId,
      guildId: service.guildId,
      permissions: [{ id: service.world.members.bob?.id, type: 2, permission: true }],
    });
  });
});

describe('a person', () => {
  // ken may ban by his role, alice and bob may not, ada is an administrator, olivia the owner.
  it.each<[string, string, boolean, CommandRule[], CommandRule[]]>([
    ['is shown what the default permissions show', 'ken', true, [], []],
    ['is not shown the rest', 'bob', false, [], []],
    ['is allowed by name', 'bob', true, [member('bob', true)], []],
    ['is forbidden by name', 'ken', false, [member('ken', false)], []],
    ['is allowed by role', 'alice', true, [role('moderator', true)], []],
    ['is forbidden by role', 'ken', false, [role('seniorModerator', false)], []],
    ['is allowed with everybody', 'bob', true, [role('everyone', true)], []],
    ['is forbidden with everybody', 'ken', false, [role('everyone', false)], []],
    ['by name wins over role', 'alice', false, [member('alice', false), role('moderator', true)], []],
    ['by role wins over everybody', 'alice', true, [role('moderator', true), role('everyone', false)], []],
    ['is forbidden in a channel', 'ken', false, [channel('general', false)], []],
    ['is forbidden in all channels', 'ken', false, [channel('all', false)], []],
    ['is forbidden elsewhere', 'ken', true, [channel('mod-log', false)], []],
    ['a channel wins over all', 'ken', true, [channel('general', true), channel('all', false)], []],
    ['a channel shows nothing by itself', 'bob', false, [channel('general', true)], []],
    ['a channel wins over a name', 'bob', false, [channel('general', false), member('bob', true)], []],
    ['is forbidden the application', 'ken', false, [], [member('ken', false)]],
    ['is forbidden the application in a channel', 'ken', false, [], [channel('general', false)]],
    ['the command wins over the application', 'bob', true, [member('bob', true)], [role('everyone', false)]],
    ['also for channels', 'ken', true, [channel('general', true)], [channel('all', false)]],
    ['is not shown a command by being allowed the application', 'bob', false, [], [member('bob', true)]],
    ['an administrator is not bound', 'ada', true, [member('ada', false), channel('all', false)], []],
    ['nor is the owner', 'olivia', true, [member('olivia', false), channel('all', false)], []],
  ])('%s', async (_what, as, may, ofCommand, ofApplication) => {
    const { service } = await start();
    service.setCommandPermissions('ban', ofCommand);
    service.setCommandPermissions(null, ofApplication);
    const typed = service.type({ as, command: 'ban' });
    if (may) await expect(typed).resolves.toMatchObject({ content: 'done' });
    else await expect(typed).rejects.toMatchObject({ reason: 'hidden' });
  });

  it('in a thread is bound by what is set for its channel', async () => {
    const { service } = await start();
    service.world.channels.appeal = { id: '1100000000000000033', name: 'appeal', threadOf: 'mod-log' };
    const appeal = { as: 'ken', command: 'ban', channel: 'appeal' };
    await expect(service.type(appeal)).resolves.toMatchObject({ content: 'done' });
    const thread = await (await call(service, 'GET', '/channels/1100000000000000033')).json();
    expect(complaints('ThreadResponseSchema', thread)).toEqual([]);
    service.setCommandPermissions('ban', [channel('mod-log', false)]);
    await expect(service.type(appeal)).rejects.toMatchObject({ reason: 'hidden' });
  });

  it('with two roles is allowed when one of them is', async () => {
    const { service } = await start();
    service.world.members.alice?.roles.push('seniorModerator');
    service.setCommandPermissions('ban', [role('seniorModerator', false), role('moderator', true)]);
    await expect(service.type({ as: 'alice', command: 'ban' })).resolves.toMatchObject({ content: 'done' });
  });

  it('is bound by what is set for the menu in the menu, and forced past everything', async () => {
    const { service } = await start();
    service.setCommandPermissions('Ban', [member('ken', false)]);
    const menu = { as: 'ken', command: 'Ban', target: 'bob' };
    await expect(service.userMenu(menu)).rejects.toMatchObject({ reason: 'hidden' });
    await expect(service.userMenu({ ...menu, force: true })).resolves.toMatchObject({ content: 'done' });
    await expect(service.type({ as: 'ken', command: 'ban' })).resolves.toMatchObject({ content: 'done' });
  });
});
