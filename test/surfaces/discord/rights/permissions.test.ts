// Permissions: the design's table, both ways.
import { PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { capabilities, everything } from '../../../../src/moderation/capability.ts';
import { rightsOf, shownTo } from '../../../../src/surfaces/discord/rights/permissions.ts';

const table = [
  ['ModerateMembers', ['mute', 'lookup', 'cases']],
  ['KickMembers', ['kick']],
  ['BanMembers', ['ban']],
  ['ManageRoles', ['role']],
  ['ManageNicknames', ['nick']],
  ['ManageMessages', ['recall', 'notify']],
  ['ManageChannels', ['lock']],
  ['ManageGuild', ['configure', 'rules', 'bulk', 'fields']],
] as const;

describe('the rights of a Discord member', () => {
  it.each(table)('%s allows %s at rank 2', (permission, allowed) => {
    const { capabilities: granted, rank } = rightsOf(Can[permission], false);
    expect([...granted].sort()).toEqual([...allowed].sort());
    expect(rank).toBe(2);
  });

  it('are all of them at rank 3 for administrators and the owner', () => {
    expect(rightsOf(Can.Administrator, false)).toEqual({ capabilities: everything, rank: 3 });
    expect(rightsOf(0n, true)).toEqual({ capabilities: everything, rank: 3 });
  });

  it('are none from the permissions that are about something else', () => {
    const named = table.reduce((bits, [permission]) => bits | Can[permission], Can.Administrator);
    const others = Object.values(Can).reduce((bits, bit) => bits | bit, 0n) & ~named;
    expect(rightsOf(others, false).capabilities.size).toBe(0);
  });
});

describe('the permission that shows a command', () => {
  it.each(capabilities)('%s is one that grants it', (capability) => {
    expect(rightsOf(shownTo(capability) ?? 0n, false).capabilities).toContain(capability);
  });

  it('is none for a command for everybody', () => {
    expect(shownTo(null)).toBeNull();
  });
});
