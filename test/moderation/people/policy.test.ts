// The policy, as a table of every asker against every target, and as properties.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/chat/protocol/schemas.ts';
import {
  type Capability,
  capabilities,
  everything,
  type Rank,
  rightsOfRole,
} from '../../../src/moderation/capability.ts';
import type { MemberFacts } from '../../../src/moderation/groups/facts.ts';
import { type AuthorisedActor, authorise, mayActOn } from '../../../src/moderation/people/policy.ts';

const asker = (
  rank: Rank,
  account?: string,
  caps: ReadonlySet<Capability> = everything,
): AuthorisedActor => ({
  admin: 'administrator',
  rights: { rank, capabilities: caps },
  actor: {
    surface: 'terminal',
    id: 'x',
    name: 'x',
    ...(account === undefined ? {} : { account }),
    authority: { kind: 'granted', rights: { rank, capabilities: caps } },
  },
});

const target = (role: Role | null, account = 'target'): MemberFacts => ({
  account,
  role,
  nameCard: '',
  mutedUntil: 0,
  bannedUntil: 0,
  msgFlag: null,
  fields: new Map(),
  joinedAt: null,
  lastSpokeAt: null,
});

describe('rank', () => {
  it.each<[Rank, Role | null, boolean]>([
    [1, null, false],
    [1, 'Member', false],
    [2, null, true],
    [2, 'Member', true],
    [2, 'Admin', false],
    [2, 'Owner', false],
    [3, 'Member', true],
    [3, 'Admin', true],
    [3, 'Owner', false],
  ])('an asker of rank %i on %s: %s', (rank, role, allowed) => {
    for (const capability of capabilities) {
      expect(mayActOn(asker(rank), target(role), capability) === null).toBe(allowed);
    }
  });

  it('an unknown sender counts as an admin', () => {
    expect(mayActOn(asker(2), null, 'recall')?.id).toBe('refused.unknownSender');
    expect(mayActOn(asker(3), null, 'recall')).toBeNull();
  });
});

describe('oneself', () => {
  it.each<[Capability, boolean]>([
    ['mute', false],
    ['kick', false],
    ['ban', false],
    ['role', false],
    ['nick', true],
    ['notify', true],
    ['fields', true],
    ['recall', true],
  ])('%s: %s', (capability, allowed) => {
    const result = mayActOn(asker(2, 'alice'), target('Admin', 'alice'), capability);
    expect(result === null).toBe(allowed);
    if (!allowed) expect(result?.id).toBe('refused.self');
  });

  it.each<[Rank, Role, boolean]>([
    [1, 'Admin', false],
    [2, 'Admin', true],
    [2, 'Owner', false],
    [3, 'Owner', true],
  ])('by a link of rank %i to an %s: recall %s', (linkedRank, role, allowed) => {
    const own = asker(1, 'linked');
    const linked = { ...own, actor: { ...own.actor, linkedRank } };
    expect(mayActOn(linked, target(role, 'linked'), 'recall') === null).toBe(allowed);
    expect(mayActOn(linked, target(role, 'linked'), 'mute')?.id).toBe('refused.self');
  });

  it.each<[Capability, Rank, Role, string | undefined]>([
    ['recall', 2, 'Owner', 'refused.guessed'],
    ['nick', 2, 'Admin', 'refused.guessed'],
    ['notify', 3, 'Owner', 'refused.guessed'],
    ['recall', 2, 'Member', undefined],
    ['nick', 3, 'Admin', undefined],
    ['mute', 3, 'Member', 'refused.self'],
  ])('a guessed account lends nothing: %s, rank %i, %s', (capability, rank, role, why) => {
    const own = asker(rank, 'olivia');
    const guessing = { ...own, actor: { ...own.actor, isGuessed: true } };
    expect(mayActOn(guessing, target(role, 'olivia'), capability)?.id).toBe(why);
  });

  it('even the owner may not change the owner, but may take back a message of their own', () => {
    expect(mayActOn(asker(3, 'olivia'), target('Owner', 'olivia'), 'nick')?.id).toBe('refused.owner');
    expect(mayActOn(asker(3, 'olivia'), target('Owner', 'olivia'), 'recall')).toBeNull();
  });
});

const anyRole = fc.constantFrom<(Role | null)[]>('Owner', 'Admin', 'Member', null);
const anyRank = fc.constantFrom<Rank[]>(1, 2, 3);
const anyCapability = fc.constantFrom(...capabilities);

describe('never', () => {
  property.prop([anyRank, anyRole, anyCapability])('the bot account', (rank, role, capability) => {
    expect(mayActOn(asker(rank), target(role, 'administrator'), capability)?.id).toBe('refused.botAccount');
  });

  property.prop([anyRank, anyCapability])('the owner', (rank, capability) => {
    expect(mayActOn(asker(rank, 'somebody'), target('Owner'), capability)?.id).toBe('refused.owner');
  });

  property.prop([anyRank, anyRole, anyCapability])('a rank that is not below', (rank, role, capability) => {
    const ranks = { Owner: 3, Admin: 2, Member: 1 };
    if (mayActOn(asker(rank), target(role), capability) !== null) return;
    expect(rank).toBeGreaterThan(ranks[role ?? 'Member']);
  });

  property.prop([anyRank, anyCapability, fc.subarray([...capabilities])])(
    'without the capability',
    (rank, capability, held) => {
      const allowed = authorise(asker(rank, undefined, new Set(held)), { name: 'x', capability }) === null;
      expect(allowed).toBe(held.includes(capability));
    },
  );
});

describe('rights by Chat role', () => {
  it('an owner has all but configure and bulk', () => {
    const { capabilities: held, rank } = rightsOfRole('Owner', false);
    expect(rank).toBe(3);
    expect(capabilities.filter((capability) => !held.has(capability))).toEqual(['bulk', 'configure']);
  });

  it('an admin has what the design lists, and nothing while permission groups are on', () => {
    expect([...rightsOfRole('Admin', false).capabilities]).toEqual([
      'mute',
      'kick',
      'nick',
      'recall',
      'lock',
      'lookup',
    ]);
    expect(rightsOfRole('Admin', true)).toEqual({ capabilities: new Set(), rank: 1 });
  });

  it.each([null, 'Member'] as const)('%s has nothing', (role) => {
    expect(rightsOfRole(role, false)).toEqual({ capabilities: new Set(), rank: 1 });
  });
});
