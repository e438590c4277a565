// Command rules: Discord's algorithm as a table, and as the stand-in has it.
import { fc, test } from '@fast-check/vitest';
import { ApplicationCommandPermissionType as Kind } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { defaultWorld } from '../../../../src/sandbox/discord/index.ts';
import {
  CommandPermissions,
  type CommandRule as WorldRule,
} from '../../../../src/sandbox/discord/world/command-permissions.ts';
import type { RegisteredCommand } from '../../../../src/sandbox/discord/world/commands.ts';
import { Directory, holds } from '../../../../src/sandbox/discord/world/directory.ts';
import {
  type CommandRule,
  decide,
  type MemberHere,
} from '../../../../src/surfaces/discord/rights/command-rules.ts';

const GUILD = '1100000000000000001';
const member: MemberHere = { guildId: GUILD, userId: '41', roleIds: ['21', '22'], channelId: '31' };

const everybody = (permission: boolean): CommandRule => ({ id: GUILD, type: Kind.Role, permission });
const role = (id: string, permission: boolean): CommandRule => ({ id, type: Kind.Role, permission });
const user = (id: string, permission: boolean): CommandRule => ({ id, type: Kind.User, permission });
const channel = (id: string, permission: boolean): CommandRule => ({ id, type: Kind.Channel, permission });
const allChannels = (permission: boolean) => channel('1100000000000000000', permission);

describe('what is decided', () => {
  it.each<[string, ReturnType<typeof decide>, CommandRule[], CommandRule[]]>([
    ['nothing is set', undefined, [], []],
    ['others are meant', undefined, [user('42', false), role('23', false), channel('32', false)], []],
    ['the user is allowed', 'allow', [user('41', true)], []],
    ['the user is forbidden', 'deny', [user('41', false)], []],
    ['a role is allowed', 'allow', [role('21', true)], []],
    ['a role is forbidden', 'deny', [role('22', false)], []],
    ['of two roles one is allowed', 'allow', [role('21', false), role('22', true)], []],
    ['everybody is allowed', 'allow', [everybody(true)], []],
    ['everybody is forbidden', 'deny', [everybody(false)], []],
    ['the user is forbidden, a role allowed', 'deny', [role('21', true), user('41', false)], []],
    ['the user is allowed, a role forbidden', 'allow', [role('21', false), user('41', true)], []],
    ['a role is forbidden, everybody allowed', 'deny', [everybody(true), role('21', false)], []],
    ['the channel is forbidden', 'deny', [channel('31', false)], []],
    ['the channel is forbidden, the user allowed', 'deny', [channel('31', false), user('41', true)], []],
    ['all channels are forbidden', 'deny', [allChannels(false)], []],
    ['all channels but this one are forbidden', undefined, [allChannels(false), channel('31', true)], []],
    ['the channel is allowed', undefined, [channel('31', true)], []],
    ['the application is forbidden', 'deny', [], [role('21', false)]],
    ['the application is allowed', undefined, [], [user('41', true), everybody(true)]],
    ['the application is forbidden, the command allowed', 'allow', [role('21', true)], [user('41', false)]],
    ['the application is forbidden in the channel', 'deny', [user('41', true)], [channel('31', false)]],
    ['that is lifted for the command', undefined, [channel('31', true)], [channel('31', false)]],
    [
      'all channels of the command count before one of the application',
      'deny',
      [allChannels(false)],
      [channel('31', true)],
    ],
    ['an id of another kind', undefined, [channel('41', false), user('21', false), role('31', false)], []],
  ])('where %s: %s', (_what, decision, ofCommand, ofApplication) => {
    expect(decide(ofCommand, ofApplication, member)).toBe(decision);
    expect(decide(ofCommand.toReversed(), ofApplication, member)).toBe(decision);
  });

  it('takes no channel into account where none is known', () => {
    const elsewhere = { ...member, channelId: null };
    expect(decide([channel('31', false), allChannels(false)], [], elsewhere)).toBeUndefined();
  });

  it('tells everybody from a role, even where the list of roles names the server', () => {
    const listed = { ...member, roleIds: [GUILD, '21'] };
    expect(decide([everybody(true), role('21', false)], [], listed)).toBe('deny');
  });
});

const rule = fc.oneof(
  fc.record({ role: fc.constantFrom('everyone', 'moderator', 'seniorModerator'), permission: fc.boolean() }),
  fc.record({ member: fc.constantFrom('alice', 'bob', 'ken'), permission: fc.boolean() }),
  fc.record({ channel: fc.constantFrom('all', 'general', 'mod-log'), permission: fc.boolean() }),
);
// One line for each role, member and channel, as on the page.
const rules = fc.uniqueArray(rule, { selector: (each) => JSON.stringify({ ...each, permission: null }) });

test.prop([
  rules,
  rules,
  fc.constantFrom('alice', 'bob', 'ken'),
  fc.constantFrom('general', 'mod-log'),
  fc.constantFrom(0n, 1n << 1n, 1n << 2n),
])(
  'with the member’s permissions it is what the stand-in lets people do',
  (ofCommand, ofApplication, name, at, needed) => {
    const world = defaultWorld();
    world.members.ken.roles.push('moderator');
    const directory = new Directory(world);
    const page = new CommandPermissions(directory);
    const [who, where] = [directory.member(name), directory.channel(at)];
    const command = commandThatNeeds(needed);
    const set = (id: string, list: WorldRule[]) => page.set(id, list).permissions;
    const decision = decide(set(command.id, ofCommand), set(world.application.id, ofApplication), {
      guildId: world.guild.id,
      userId: who.id,
      roleIds: directory.roleIds(who),
      channelId: where.id,
    });
    const byDefault = holds(directory.permissions(who, where), needed) && needed !== 0n;
    expect(decision === 'allow' || (decision === undefined && byDefault)).toBe(
      page.allows(command, who, where),
    );
  },
);

const commandThatNeeds = (permissions: bigint): RegisteredCommand => ({
  id: '51',
  application_id: '1100000000000000010',
  version: '1',
  type: 1,
  name: 'ban',
  name_localizations: null,
  description: 'Bans',
  description_localizations: null,
  default_member_permissions: permissions.toString(),
  contexts: null,
  integration_types: [0],
  nsfw: false,
});
