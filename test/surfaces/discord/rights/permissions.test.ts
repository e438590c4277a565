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
    const { capabilities: granted, rank } = rightsOf(Can[permission], Can[permission]);
    expect([...granted].sort()).toEqual([...allowed].sort());
    expect(rank).toBe(2);
  });

  it('are all of them at rank 3 for administrators and the owner', () => {
    expect(rightsOf(Can.Administrator, null)).toEqual({ capabilities: everything, rank: 3 });
  });

  it('need both the channel and the roles', () => {
    const [mute, ban] = [Can.ModerateMembers, Can.BanMembers];
    const { capabilities: granted, rank, withheld } = rightsOf(mute | Can.ManageRoles, mute | ban);
    expect([...granted]).toEqual(['mute', 'lookup', 'cases']);
    expect(withheld).toEqual(new Map([['role', 'channel']]));
    expect(rank).toBe(2);
  });

  it('are none but those of administrators where the roles could not be had', () => {
    const { capabilities: granted, withheld } = rightsOf(Can.BanMembers, null);
    expect(granted.size).toBe(0);
    expect(withheld).toEqual(new Map([['ban', 'unread']]));
  });

  it('are none from the permissions that are about something else', () => {
    const named = table.reduce((bits, [permission]) => bits | Can[permission], Can.Administrator);
    const others = Object.values(Can).reduce((bits, bit) => bits | bit, 0n) & ~named;
    expect(rightsOf(others, others).capabilities.size).toBe(0);
  });
});

describe('the permission that shows a command', () => {
  it.each(capabilities)('%s is one that grants it', (capability) => {
    expect(rightsOf(shownTo(capability) ?? 0n, shownTo(capability)).capabilities).toContain(capability);
  });

  it('is none for a command for everybody', () => {
    expect(shownTo(null)).toBeNull();
  });
});
