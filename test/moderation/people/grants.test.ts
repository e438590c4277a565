// Grants: what roles add and take away, level by level, and what the policy makes of it.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Capability, capabilities, type Rank, type Rights } from '../../../src/moderation/capability.ts';
import type { Actor } from '../../../src/moderation/people/actor.ts';
import { withGrants } from '../../../src/moderation/people/grants.ts';
import { authorise } from '../../../src/moderation/people/policy.ts';
import type { Grant, Grants } from '../../../src/moderation/settings.ts';

const grant = (
  allow: readonly Capability[],
  deny: readonly Capability[] = [],
  rank: Rank | null = null,
): Grant => ({
  allow: new Set(allow),
  deny: new Set(deny),
  rank,
});
const level = (grants: Readonly<Record<string, Grant>>): Grants => new Map(Object.entries(grants));
const rightsOf = (held: readonly Capability[], rank: Rank = 2): Rights => ({
  capabilities: new Set(held),
  rank,
});

function actorWith(roles: readonly string[], rights: Rights = rightsOf([])): Actor {
  return { surface: 'discord', id: '1', name: 'ann', roles, authority: { kind: 'granted', rights } };
}

const grantedTo = (rights: Rights, roles: readonly string[], ...levels: Grants[]): Rights =>
  withGrants(rights, actorWith(roles), levels);

describe('grants', () => {
  it.each<[string, readonly string[], readonly Grants[], readonly Capability[]]>([
    ['of nobody change nothing', [], [level({ mod: grant(['ban']) })], ['mute']],
    ['of other roles change nothing', ['guest'], [level({ mod: grant(['ban'], ['mute']) })], ['mute']],
    ['add', ['mod'], [level({ mod: grant(['ban']) })], ['mute', 'ban']],
    ['take away', ['mod'], [level({ mod: grant([], ['mute']) })], []],
    ['take away what the same role adds', ['mod'], [level({ mod: grant(['mute'], ['mute']) })], []],
    [
      'take away what another role on the level adds',
      ['mod', 'muted'],
      [level({ mod: grant(['ban']), muted: grant([], ['ban', 'mute']) })],
      [],
    ],
    [
      'of a later level give back what an earlier one took',
      ['mod'],
      [level({ mod: grant([], ['mute', 'ban']) }), level({ mod: grant(['ban']) })],
      ['ban'],
    ],
    [
      'of a later level take what an earlier one gave',
      ['mod'],
      [level({ mod: grant(['ban']) }), level({ mod: grant([], ['ban']) })],
      ['mute'],
    ],
    [
      'of a later level that say nothing of a role leave it',
      ['mod'],
      [level({ mod: grant(['ban']) }), level({ other: grant([], ['ban']) })],
      ['mute', 'ban'],
    ],
  ])('%s', (_case, roles, levels, expected) => {
    expect([...grantedTo(rightsOf(['mute']), roles, ...levels).capabilities]).toEqual(expected);
  });

  it.each<[string, readonly Grants[], Rank]>([
    ['none: the rank of the surface', [level({ a: grant([]) })], 2],
    ['one: that rank, also a lower one', [level({ a: grant([], [], 1) })], 1],
    ['two on a level: the higher', [level({ a: grant([], [], 1), b: grant([], [], 3) })], 3],
    ['two levels: the later', [level({ a: grant([], [], 3) }), level({ b: grant([], [], 1) })], 1],
    [
      'a later level without one: the earlier',
      [level({ a: grant([], [], 3) }), level({ a: grant(['ban']) })],
      3,
    ],
  ])('of rank, %s', (_case, levels, rank) => {
    expect(grantedTo(rightsOf([]), ['a', 'b'], ...levels).rank).toBe(rank);
  });

  it('leave what the surface says of commands by name', () => {
    const commands = new Map([['ban', 'deny']] as const);
    expect(grantedTo({ ...rightsOf([]), commands }, ['a'], level({ a: grant(['ban']) })).commands).toBe(
      commands,
    );
  });
});

const anyCapabilities = fc.subarray([...capabilities]);
const anyGrant = fc
  .tuple(anyCapabilities, anyCapabilities, fc.constantFrom<(Rank | null)[]>(null, 1, 2, 3))
  .map(([allow, deny, rank]) => grant(allow, deny, rank));
const roles = ['a', 'b', 'c'];
const anyLevel = fc.record({ a: anyGrant, b: anyGrant, c: anyGrant }, { requiredKeys: [] }).map(level);

describe('whatever the grants', () => {
  property.prop([anyCapabilities, fc.array(anyLevel, { maxLength: 3 })])(
    'nothing is both there and taken away',
    (held, levels) => {
      const { capabilities: there, denied = new Set() } = grantedTo(rightsOf(held), roles, ...levels);
      expect([...there.intersection(denied)]).toEqual([]);
    },
  );

  property.prop([anyCapabilities, fc.array(anyLevel, { maxLength: 2 }), anyLevel])(
    'what the last level takes away is gone, and what it only gives is there',
    (held, levels, last) => {
      const { capabilities: there } = grantedTo(rightsOf(held), roles, ...levels, last);
      const denied = new Set([...last.values()].flatMap(({ deny }) => [...deny]));
      const allowed = new Set([...last.values()].flatMap(({ allow }) => [...allow]));
      expect([...there.intersection(denied)]).toEqual([]);
      expect(allowed.difference(denied).isSubsetOf(there)).toBe(true);
    },
  );

  property.prop([anyCapabilities, fc.array(anyLevel, { maxLength: 3 }), fc.shuffledSubarray(roles)])(
    'the order of the roles does not matter',
    (held, levels, some) => {
      const one = grantedTo(rightsOf(held), some, ...levels);
      const other = grantedTo(rightsOf(held), some.toReversed(), ...levels);
      expect([...one.capabilities].sort()).toEqual([...other.capabilities].sort());
      expect(one.rank).toBe(other.rank);
    },
  );
});

describe('a command that the surface decides by name', () => {
  const verdict = (
    byName: 'allow' | 'deny' | null,
    {
      held = [],
      denied = [],
      besides = null,
    }: {
      held?: readonly Capability[];
      denied?: readonly Capability[];
      besides?: Capability | null;
    },
  ) => {
    const rights: Rights = {
      ...rightsOf(held),
      denied: new Set(denied),
      ...(byName === null ? {} : { commands: new Map([['group', byName]]) }),
    };
    const asker = { actor: actorWith([], rights), rights, admin: 'administrator' };
    return authorise(asker, { name: 'group', capability: 'lookup', besides })?.id ?? 'allowed';
  };

  it.each<[string, Parameters<typeof verdict>, string]>([
    ['as usual with the capability', [null, { held: ['lookup'] }], 'allowed'],
    ['as usual without it', [null, {}], 'refused.capability'],
    ['allowed without it', ['allow', {}], 'allowed'],
    ['denied with it', ['deny', { held: ['lookup'] }], 'refused.commandDenied'],
    ['allowed, but the settings took it away', ['allow', { denied: ['lookup'] }], 'refused.capabilityTaken'],
    ['denied by both', ['deny', { denied: ['lookup'] }], 'refused.commandDenied'],
    ['allowed, and more is asked than held', ['allow', { besides: 'configure' }], 'refused.capability'],
    [
      'allowed, and more is asked and held',
      ['allow', { besides: 'configure', held: ['configure'] }],
      'allowed',
    ],
    [
      'allowed, and what more is asked was taken away',
      ['allow', { besides: 'configure', held: ['configure'], denied: ['configure'] }],
      'refused.capabilityTaken',
    ],
  ])('%s', (_case, parameters, expected) => {
    expect(verdict(...parameters)).toBe(expected);
  });
});
