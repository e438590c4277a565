// Undo: the exact earlier state, or a refusal where somebody changed it since.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, english, granted, memberActor, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

/** All of a group that a command can change, comparable; maps become lists of pairs. */
function stateOf(id: string): unknown {
  const { members, mutes, bans, profile } = app.chat.world.group(id);
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
    expect((await app.type(line)).kind).toBe('done');
    expect(stateOf('guild')).not.toEqual(before);
    const undone = await app.type('/undo');
    expect(undone.kind).toBe('done');
    expect(stateOf('guild')).toEqual(before);
  });

  it('of a mute that replaced a shorter one: the rest of that one', async () => {
    const earlier = app.chat.world.group('guild').mutes.get('carol') ?? 0;
    await app.type('/mute @carol 5h already:replace');
    expect((await app.type('/undo')).kind).toBe('done');
    expect(Math.abs((app.chat.world.group('guild').mutes.get('carol') ?? 0) - earlier)).toBeLessThanOrEqual(
      2,
    );
  });

  it('of an unmute: the rest of the mute', async () => {
    const earlier = app.chat.world.group('guild').mutes.get('carol') ?? 0;
    await app.type('/unmute @carol');
    expect((await app.type('/undo')).kind).toBe('done');
    expect(Math.abs((app.chat.world.group('guild').mutes.get('carol') ?? 0) - earlier)).toBeLessThanOrEqual(
      2,
    );
  });

  it('of a kick: the member is back with role, name card and notifications', async () => {
    await app.type('/notify @ken silent');
    await app.type('/kick @ken');
    expect(app.chat.world.member('guild', 'ken')).toBeUndefined();
    const undone = await app.type('/undo');
    expect(undone.kind).toBe('done');
    expect(undone.requests.map((request) => request.body)).toMatchObject([
      { MemberList: [{ Member_Account: 'ken' }] },
      { Member_Account: 'ken', Role: 'Admin', NameCard: '健', MsgFlag: 'AcceptNotNotify' },
    ]);
    expect(app.chat.world.member('guild', 'ken')).toMatchObject({ role: 'Admin', nameCard: '健' });
  });

  it('of a ban: unbanned and back; of an unban: banned for the rest', async () => {
    await app.type('/ban @bob 7d');
    expect((await app.type('/undo')).kind).toBe('done');
    expect(app.chat.world.isBanned('guild', 'bob')).toBe(false);
    expect(app.chat.world.member('guild', 'bob')).toMatchObject({ nameCard: 'Bob' });
    await app.type('/unban @mallory');
    expect((await app.type('/undo')).kind).toBe('done');
    expect(app.chat.world.isBanned('guild', 'mallory')).toBe(true);
  });
});

describe('an undo', () => {
  it('is a case of its own, linked both ways, and happens once', async () => {
    await app.type('/promote @bob');
    expect(await app.type('/undo 1 a slip')).toMatchObject({ kind: 'done', case: 2 });
    expect(await app.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 2 });
    expect(await app.cases.find('guild', 2)).toMatchObject({
      command: 'undo',
      undoes: 1,
      reason: 'a slip',
    });
    expect((await app.type('/undo 1')).message.id).toBe('undo.state');
    expect((await app.type('/undo')).message.id).toBe('undo.nothing');
  });

  it('that Chat refuses leaves the case standing, to be undone later', async () => {
    await app.type('/promote @bob');
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 });
    expect((await app.type('/undo 1')).kind).toBe('failed');
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
    expect((await app.type('/undo 1')).kind).toBe('done');
    expect(await app.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 3 });
  });

  it('by dry run shows the request and changes nothing', async () => {
    await app.type('/promote @bob');
    app.changes();
    const shown = await app.type('/undo --dry-run');
    expect(shown).toMatchObject({
      kind: 'preview',
      requests: [{ body: { Member_Account: 'bob', Role: 'Member' } }],
    });
    expect(app.changes()).toEqual([]);
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
  });

  it('of a list undoes what still stands and reports the rest', async () => {
    await app.type('/mute @bob @dave 1h');
    await app.type('/unmute @dave');
    const undone = await app.type('/undo 1');
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
    await app.type(first);
    await app.type(second);
    app.changes();
    const undone = await app.type('/undo 1');
    expect(undone.kind).toBe('refused');
    expect(english(undone)).toMatch(expected);
    expect(app.changes()).toEqual([]);
  });

  it.each([
    ['/recall 1', 'undo.impossible'],
    ['/purge @bob', 'undo.impossible'],
  ])('of %s is impossible', async (line, id) => {
    await app.type(line);
    expect((await app.type('/undo 1')).message.id).toBe(id);
  });

  it('needs the capability of what it takes back, and the rank', async () => {
    await app.type('/promote @bob');
    const without = await app.type('/undo 1', { as: granted(3, ['cases', 'mute']) });
    expect(without.message.id).toBe('refused.capability');
    const peer = await app.type('/undo 1', { as: granted(2, ['cases', 'role']) });
    expect(peer.message.id).toBe('refused.rank');
    const oneself = await app.type('/undo 1', { as: granted(3, ['cases', 'role'], 'bob') });
    expect(oneself.message.id).toBe('refused.self');
    expect((await app.type('/undo 1', { as: memberActor('alice') })).message.id).toBe('refused.capability');
  });

  it('takes the rank above everybody in the case, for the case ends as a whole', async () => {
    await app.type('/mute @bob @dave 1h');
    const { world } = app.chat;
    const dave = world.member('guild', 'dave');
    if (dave !== undefined) dave.role = 'Admin';
    app.changes();
    const outcome = await app.type('/undo 1', { as: granted(2, ['cases', 'mute']) });
    expect(outcome.message.id).toBe('refused.rank');
    expect(app.changes()).toEqual([]);
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
    expect((await app.type('/undo 1')).kind).toBe('done');
  });

  it.each(['/kick @ken', '/ban @ken 7d'])(
    'of %s gives a role back only by whom may give it',
    async (line) => {
      await app.type(line);
      app.changes();
      const as = granted(2, ['cases', 'kick', 'ban']);
      expect((await app.type('/undo 1', { as })).message.id).toBe('refused.capability');
      expect(app.changes()).toEqual([]);
      expect((await app.cases.find('guild', 1))?.state).toBe('applied');
      const withRole = granted(2, ['cases', 'kick', 'ban', 'role']);
      expect((await app.type('/undo 1', { as: withRole })).kind).toBe('done');
      expect(app.chat.world.member('guild', 'ken')).toMatchObject({ role: 'Admin' });
    },
  );

  it('by the program ends a case whose time is over, also about somebody who owns the group by now', async () => {
    await app.type('/nick @bob duration:1h Bo');
    const bob = app.chat.world.member('guild', 'bob');
    if (bob !== undefined) bob.role = 'Owner';
    app.changes();
    const record = await app.cases.find('guild', 1);
    expect(record && (await app.moderation.expire(record))).toBe('over');
    expect((await app.cases.find('guild', 1))?.state).toBe('expired');
    expect(app.changes()).toEqual([]);
  });

  it('without a number takes back only what the asker did', async () => {
    await app.type('/lock');
    const other = { ...granted(3), id: 'somebody-else' };
    expect((await app.type('/undo', { as: other })).message.id).toBe('undo.nothing');
  });
});
