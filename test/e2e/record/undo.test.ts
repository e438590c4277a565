// Undo: the exact earlier state, or a refusal where somebody changed it since.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { english, granted, memberActor, type Product, startProduct } from '../../support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await startProduct();
});
afterEach(() => product.close());

/** All of a group that a command can change, comparable; maps become lists of pairs. */
function stateOf(id: string): unknown {
  const { members, mutes, bans, profile } = product.chat.world.group(id);
  const plain = (_key: string, value: unknown) => (value instanceof Map ? [...value].sort() : value);
  return JSON.parse(JSON.stringify({ members, mutes, bans, profile }, plain));
}

describe('undo restores the earlier state', () => {
  it.each([
    ['/mute @bob 1h'],
    ['/mute @bob permanent'],
    ['/mute @bob @dave @erin 2h'],
    ['/promote @bob'],
    ['/demote @ken'],
    ['/nick @bob Sir Bob'],
    ['/nick @bob -'],
    ['/notify @bob block'],
    ['/field @bob team blue'],
    ['/field @dave badge new'],
    ['/lock'],
  ])('%s', async (line) => {
    const before = stateOf('guild');
    expect((await product.type(line)).kind).toBe('done');
    expect(stateOf('guild')).not.toEqual(before);
    const undone = await product.type('/undo');
    expect(undone.kind).toBe('done');
    expect(stateOf('guild')).toEqual(before);
  });

  it('of a mute that replaced a shorter one: the rest of that one', async () => {
    const earlier = product.chat.world.group('guild').mutes.get('carol') ?? 0;
    await product.type('/mute @carol 5h already:replace');
    expect((await product.type('/undo')).kind).toBe('done');
    expect(
      Math.abs((product.chat.world.group('guild').mutes.get('carol') ?? 0) - earlier),
    ).toBeLessThanOrEqual(2);
  });

  it('of an unmute: the rest of the mute', async () => {
    const earlier = product.chat.world.group('guild').mutes.get('carol') ?? 0;
    await product.type('/unmute @carol');
    expect((await product.type('/undo')).kind).toBe('done');
    expect(
      Math.abs((product.chat.world.group('guild').mutes.get('carol') ?? 0) - earlier),
    ).toBeLessThanOrEqual(2);
  });

  it('of a kick: the member is back with role, name card and notifications', async () => {
    await product.type('/notify @ken silent');
    await product.type('/kick @ken');
    expect(product.chat.world.member('guild', 'ken')).toBeUndefined();
    const undone = await product.type('/undo');
    expect(undone.kind).toBe('done');
    expect(undone.requests.map((request) => request.body)).toMatchObject([
      { MemberList: [{ Member_Account: 'ken' }] },
      { Member_Account: 'ken', Role: 'Admin', NameCard: '健', MsgFlag: 'AcceptNotNotify' },
    ]);
    expect(product.chat.world.member('guild', 'ken')).toMatchObject({ role: 'Admin', nameCard: '健' });
  });

  it('of a ban: unbanned and back; of an unban: banned for the rest', async () => {
    await product.type('/ban @bob 7d');
    expect((await product.type('/undo')).kind).toBe('done');
    expect(product.chat.world.isBanned('guild', 'bob')).toBe(false);
    expect(product.chat.world.member('guild', 'bob')).toMatchObject({ nameCard: 'Bob' });
    await product.type('/unban @mallory');
    expect((await product.type('/undo')).kind).toBe('done');
    expect(product.chat.world.isBanned('guild', 'mallory')).toBe(true);
  });
});

describe('an undo', () => {
  it('is a case of its own, linked both ways, and happens once', async () => {
    await product.type('/promote @bob');
    expect(await product.type('/undo 1 a slip')).toMatchObject({ kind: 'done', case: 2 });
    expect(await product.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 2 });
    expect(await product.cases.find('guild', 2)).toMatchObject({
      command: 'undo',
      undoes: 1,
      reason: 'a slip',
    });
    expect((await product.type('/undo 1')).message.id).toBe('undo.state');
    expect((await product.type('/undo')).message.id).toBe('undo.nothing');
  });

  it('that Chat refuses leaves the case standing, to be undone later', async () => {
    await product.type('/promote @bob');
    product.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 });
    expect((await product.type('/undo 1')).kind).toBe('failed');
    expect((await product.cases.find('guild', 1))?.state).toBe('applied');
    expect((await product.type('/undo 1')).kind).toBe('done');
    expect(await product.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 3 });
  });

  it('by dry run shows the request and changes nothing', async () => {
    await product.type('/promote @bob');
    product.changes();
    const shown = await product.type('/undo --dry-run');
    expect(shown).toMatchObject({
      kind: 'preview',
      requests: [{ body: { Member_Account: 'bob', Role: 'Member' } }],
    });
    expect(product.changes()).toEqual([]);
    expect((await product.cases.find('guild', 1))?.state).toBe('applied');
  });

  it('of a list undoes what still stands and reports the rest', async () => {
    await product.type('/mute @bob @dave 1h');
    await product.type('/unmute @dave');
    const undone = await product.type('/undo 1');
    expect(undone.kind).toBe('partly');
    expect(undone.results.map(({ target, outcome }) => [target, outcome])).toEqual([
      ['bob', 'done'],
      ['dave', 'refused'],
    ]);
  });

  it.each([
    ['/mute @bob 1h', '/mute @bob 3h already:extend', /has changed since.*Muted until/],
    ['/mute @bob 1h', '/unmute @bob', /has changed since.*Not muted/],
    ['/promote @bob', '/demote @bob', /has changed since.*Role: member/],
    ['/nick @bob One', '/nick @bob Two', /has changed since.*Name card: Two/],
    ['/notify @bob block', '/notify @bob all', /has changed since/],
    ['/field @bob team blue', '/field @bob team green', /has changed since.*team: green/],
    ['/lock', '/unlock', /locked or unlocked since/],
    ['/unban @mallory', '/ban @mallory 1d', /has changed since.*Banned until/],
  ])('of %s after %s is refused, and says what changed', async (first, second, expected) => {
    await product.type(first);
    await product.type(second);
    product.changes();
    const undone = await product.type('/undo 1');
    expect(undone.kind).toBe('refused');
    expect(english(undone)).toMatch(expected);
    expect(product.changes()).toEqual([]);
  });

  it.each([
    ['/recall 1', 'undo.impossible'],
    ['/purge @bob', 'undo.impossible'],
  ])('of %s is impossible', async (line, id) => {
    await product.type(line);
    expect((await product.type('/undo 1')).message.id).toBe(id);
  });

  it('needs the capability of what it takes back, and the rank', async () => {
    await product.type('/promote @bob');
    const without = await product.type('/undo 1', { as: granted(3, ['cases', 'mute']) });
    expect(without.message.id).toBe('refused.capability');
    const peer = await product.type('/undo 1', { as: granted(2, ['cases', 'role']) });
    expect(peer.message.id).toBe('refused.rank');
    const oneself = await product.type('/undo 1', { as: granted(3, ['cases', 'role'], 'bob') });
    expect(oneself.message.id).toBe('refused.self');
    expect((await product.type('/undo 1', { as: memberActor('alice') })).message.id).toBe(
      'refused.capability',
    );
  });

  it('takes the rank above everybody in the case, for the case ends as a whole', async () => {
    await product.type('/mute @bob @dave 1h');
    const { world } = product.chat;
    const dave = world.member('guild', 'dave');
    if (dave !== undefined) dave.role = 'Admin';
    product.changes();
    const outcome = await product.type('/undo 1', { as: granted(2, ['cases', 'mute']) });
    expect(outcome.message.id).toBe('refused.rank');
    expect(product.changes()).toEqual([]);
    expect((await product.cases.find('guild', 1))?.state).toBe('applied');
    expect((await product.type('/undo 1')).kind).toBe('done');
  });

  it.each(['/kick @ken', '/ban @ken 7d'])(
    'of %s gives a role back only by whom may give it',
    async (line) => {
      await product.type(line);
      product.changes();
      const as = granted(2, ['cases', 'kick', 'ban']);
      expect((await product.type('/undo 1', { as })).message.id).toBe('refused.capability');
      expect(product.changes()).toEqual([]);
      expect((await product.cases.find('guild', 1))?.state).toBe('applied');
      const withRole = granted(2, ['cases', 'kick', 'ban', 'role']);
      expect((await product.type('/undo 1', { as: withRole })).kind).toBe('done');
      expect(product.chat.world.member('guild', 'ken')).toMatchObject({ role: 'Admin' });
    },
  );

  it('by the program ends a case whose time is over, also about somebody who owns the group by now', async () => {
    await product.type('/nick @bob duration:1h Bo');
    const bob = product.chat.world.member('guild', 'bob');
    if (bob !== undefined) bob.role = 'Owner';
    product.changes();
    const record = await product.cases.find('guild', 1);
    expect(record && (await product.marshal.expire(record))).toBe('over');
    expect((await product.cases.find('guild', 1))?.state).toBe('expired');
    expect(product.changes()).toEqual([]);
  });

  it('without a number takes back only what the asker did', async () => {
    await product.type('/lock');
    const other = { ...granted(3), id: 'somebody-else' };
    expect((await product.type('/undo', { as: other })).message.id).toBe('undo.nothing');
  });
});
