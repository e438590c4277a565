// Warnings and their ladder: points that count, and what follows when enough of them do.
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import type { GroupSettings, Rung } from '../../src/moderation/settings.ts';
import { manualClock } from '../../src/sandbox/clock.ts';
import {
  type App,
  answering,
  discordUser,
  english,
  memberActor,
  settingsWith,
  startApp,
} from '../support/app.ts';

let app: App;
afterEach(() => app.close());

const DAY = 86_400;
const clock = manualClock(Date.now());
const ladder: readonly Rung[] = [
  { points: 8, within: 30 * DAY, command: 'ban', duration: '7d' },
  { points: 5, within: 30 * DAY, command: 'kick', duration: null },
  { points: 3, within: 7 * DAY, command: 'mute', duration: '1h' },
];
const start = async (settings: Partial<GroupSettings> = { ladder }) => {
  app = await startApp({}, { settings: settingsWith(settings), clock });
};

const pointsOf = async (account: string) => {
  const said = english(await app.type(`/history ${account}`));
  return Number(/count now: (\d+) point/.exec(said)?.[1] ?? 0);
};

const caseOf = (number: number, group = 'guild') => app.cases.find(group, number);

describe('a warning', () => {
  it('gives points that add up, and sends nothing to Chat', async () => {
    await start({ ladder: [] });
    const outcome = await app.type('/warn bob caps');
    expect(outcome).toMatchObject({ kind: 'done', case: 1, requests: [] });
    expect(english(outcome)).toMatch(/is warned \(1 point\)/);
    await app.type('/warn @bob points:4 again');
    await app.type('/warn bob points:２');
    expect(await pointsOf('bob')).toBe(7);
    expect(await pointsOf('dave')).toBe(0);
    expect(app.changes()).toEqual([]);
  });

  it.each(['0', '101', '-1', '1.5', 'many', '1e1'])('does not give %s points', async (points) => {
    await start();
    expect((await app.type(`/warn bob points:${points}`)).message.id).toBe('refused.number');
    expect(await caseOf(1)).toBeNull();
  });

  it('stops counting when its time is over', async () => {
    await start({ ladder: [], pointsLast: 10 * DAY });
    await app.type('/warn bob points:2');
    clock.advance(9 * DAY * 1_000);
    await app.type('/warn bob points:3');
    expect(await pointsOf('bob')).toBe(5);
    clock.advance(2 * DAY * 1_000);
    expect(await pointsOf('bob')).toBe(3);
  });

  it('that is taken back takes its points along', async () => {
    await start({ ladder: [] });
    await app.type('/warn bob, dave points:2');
    await app.type('/warn bob points:1');
    expect((await app.type('/undo 1')).kind).toBe('done');
    expect(await pointsOf('bob')).toBe(1);
    expect(await pointsOf('dave')).toBe(0);
  });

  it('passes the policy: nobody warns themselves, the owner, an admin without the rank, or the bot', async () => {
    await start();
    const as = memberActor('alice');
    const ids = ['alice', 'olivia', 'ken', 'administrator'].map(async (name) => {
      return (await app.type(`/warn ${name}`, { as })).message.id;
    });
    expect(await Promise.all(ids)).toEqual([
      'refused.self',
      'refused.owner',
      'refused.rank',
      'refused.botAccount',
    ]);
    expect(await caseOf(1)).toBeNull();
  });
});

describe('the ladder', () => {
  it('acts at once where nobody is asked, as a case of the program with the reason', async () => {
    await start();
    await app.type('/warn bob points:2');
    expect(app.changes()).toEqual([]);
    const outcome = await app.type('/warn bob');
    expect(outcome).toMatchObject({ kind: 'done', case: 2 });
    expect(outcome.results.map(({ message }) => message.id)).toEqual(['warn.done', 'mute.done']);
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(true);
    expect(await caseOf(3)).toMatchObject({
      command: 'mute',
      state: 'applied',
      actor: { surface: 'system' },
      reason: '3 warning points within 7 days',
      targets: [{ target: 'bob', outcome: 'done' }],
    });
  });

  it('counts warnings of the same moment one after the other', async () => {
    await start();
    const moderators = Array.from({ length: 4 }, (_, index) => discordUser(`10000000000000000${index}`));
    // A database at the other end of a network: others get on meanwhile.
    const { cases } = app.store;
    const list = cases.list.bind(cases);
    Object.assign(cases, {
      list: async (...query: Parameters<typeof list>) => {
        const page = await list(...query);
        await setImmediate();
        return page;
      },
    });
    await Promise.all(moderators.map((as) => app.type('/warn bob', { as })));
    expect(app.changes()).toEqual(['modify_group_member_info']);
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(true);
  });

  it('is announced before it acts, in a question that lists it', async () => {
    await start();
    const { ask, asked } = answering({ kind: 'chosen', choice: 'confirm' });
    await app.type('/warn bob points:2', { request: { ask } });
    expect(asked).toEqual([]);
    const outcome = await app.type('/warn bob points:3', { request: { ask } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.lines.map(({ id }) => id)).toEqual([
      'consent.member',
      'ladder.announcement',
      'consent.option',
    ]);
    expect(asked[0]?.lines[1]?.values).toMatchObject({ points: 5, command: { literal: 'kick' } });
    expect(outcome.kind).toBe('done');
    expect(app.chat.world.member('guild', 'bob')).toBeUndefined();
  });

  it.each(['cancelled', 'late'] as const)('records nothing at all when the question is %s', async (kind) => {
    await start();
    const { ask } = answering({ kind });
    const outcome = await app.type('/warn bob points:5', { request: { ask } });
    expect(outcome.kind).toBe('refused');
    expect(await caseOf(1)).toBeNull();
    expect(app.changes()).toEqual([]);
    expect(await pointsOf('bob')).toBe(0);
  });

  it('does not do another thing than it announced', async () => {
    const harsher: readonly Rung[] = [
      { points: 6, within: 30 * DAY, command: 'mute', duration: '7d' },
      { points: 3, within: 30 * DAY, command: 'mute', duration: '1h' },
    ];
    await start({ ladder: harsher });
    const outcome = await app.type('/warn bob points:3', {
      request: {
        async ask() {
          await app.type('/warn bob points:2', { as: discordUser('100000000000000002') });
          await app.type('/warn bob points:1', { as: discordUser('100000000000000002') });
          await app.type('/unmute bob');
          return { kind: 'chosen', choice: 'confirm' };
        },
      },
    });
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(false);
  });

  it('shows all of it in a dry run, and does nothing', async () => {
    await start();
    const outcome = await app.type('/warn bob points:5 --dry-run');
    expect(outcome).toMatchObject({
      kind: 'preview',
      requests: [{ body: { MemberToDel_Account: ['bob'] } }],
    });
    expect(await caseOf(1)).toBeNull();
    expect(app.changes()).toEqual([]);
  });

  it('crosses a rung once, the next one later, and the top again and again', async () => {
    await start();
    const done = async (line: string) =>
      (await app.type(line)).results.map(({ message }) => message.id).slice(1);
    expect(await done('/warn dave points:3')).toEqual(['mute.done']);
    await app.type('/unmute dave');
    expect(await done('/warn dave')).toEqual([]);
    expect(await done('/warn dave')).toEqual(['kick.done']);
    app.chat.world.addMember('guild', 'dave', {});
    expect(await done('/warn dave points:3')).toEqual(['ban.done']);
    await app.type('/unban dave');
    app.chat.world.addMember('guild', 'dave', {});
    expect(await done('/warn dave')).toEqual(['ban.done']);
  });

  it('leaves somebody who is muted for longer as they are, and the warning stands', async () => {
    await start();
    await app.type('/mute bob 3h');
    const until = app.chat.world.group('guild').mutes.get('bob');
    app.changes();
    const outcome = await app.type('/warn bob points:3');
    expect(outcome.results.map(({ message }) => message.id)).toEqual(['warn.done', 'mute.already']);
    expect(app.chat.world.group('guild').mutes.get('bob')).toBe(until);
    expect(app.changes()).toEqual([]);
    expect(await pointsOf('bob')).toBe(3);
    expect(await caseOf(3)).toBeNull();
  });

  it('says what its group cannot have, and the warning stands', async () => {
    await start();
    const outcome = await app.type('/warn bob points:3', { group: 'team' });
    expect(outcome.kind).toBe('partly');
    expect(outcome.results.map(({ message }) => message.id)).toEqual(['warn.done', 'refused.groupType']);
    expect(await caseOf(1, 'team')).toMatchObject({ command: 'warn', state: 'applied' });
    expect(await caseOf(2, 'team')).toBeNull();
  });

  it('takes several members to the rungs that each of them reaches', async () => {
    await start();
    await app.type('/warn dave points:2');
    await app.type('/warn erin points:6');
    app.chat.world.addMember('guild', 'erin', {});
    await app.type('/warn bob, dave, erin points:2');
    const { world } = app.chat;
    expect(world.isMuted('guild', 'bob')).toBe(false);
    expect(world.isMuted('guild', 'dave')).toBe(true);
    expect(world.isBanned('guild', 'erin')).toBe(true);
    const cases = await Promise.all([4, 5, 6].map((number) => caseOf(number)));
    expect(cases.map((one) => [one?.command, one?.targets.map(({ target }) => target)]).sort()).toEqual([
      ['ban', ['erin']],
      ['mute', ['dave']],
      ['warn', ['bob', 'dave', 'erin']],
    ]);
  });

  it('is said to have failed where Chat refuses it, and the warning stands', async () => {
    await start();
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 });
    const outcome = await app.type('/warn bob points:3');
    expect(outcome.kind).toBe('partly');
    expect(await caseOf(2)).toMatchObject({ command: 'mute', state: 'failed' });
    expect(await pointsOf('bob')).toBe(3);
  });

  it('can be undone like anything else, but not by whom it hit', async () => {
    await start();
    await app.type('/warn bob points:3');
    const bob = {
      ...discordUser('100000000000000002', { rank: 3, capabilities: everything }),
      account: 'bob',
    };
    expect((await app.type('/undo 2', { as: bob })).message.id).toBe('refused.self');
    expect((await app.type('/undo 1', { as: bob })).message.id).toBe('refused.self');
    expect((await app.type('/undo 2')).kind).toBe('done');
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(false);
    expect(await pointsOf('bob')).toBe(3);
  });
});

describe('who may warn and not do what a rung does', () => {
  const warner = () => discordUser('1', { capabilities: new Set(['mute', 'cases']) });

  it('leaves it to somebody who may, and is told so before and after', async () => {
    await start();
    const { ask, asked } = answering({ kind: 'chosen', choice: 'confirm' });
    const outcome = await app.type('/warn bob points:8', { as: warner(), request: { ask } });
    expect(asked.flatMap(({ lines }) => lines.map(({ id }) => id))).toContain('ladder.notLent');
    expect(outcome.kind).toBe('partly');
    expect(english(outcome)).toMatch(/says \/ban now, which you may not use: .* by typing \/ban "bob" 7d/);
    expect(app.changes()).toEqual([]);
    expect(await caseOf(2)).toBeNull();
    expect((await app.type('/ban "bob" 7d')).kind).toBe('done');
  });

  it('has the rungs that they may climb', async () => {
    await start();
    expect((await app.type('/warn bob points:3', { as: warner() })).kind).toBe('done');
    expect(app.changes()).toEqual(['modify_group_member_info']);
  });

  it('is lent the power of the ladder where the settings say so', async () => {
    await start({ ladder, ladderPower: 'lent' });
    expect((await app.type('/warn bob points:8', { as: warner() })).kind).toBe('done');
    expect(app.changes()).toEqual(['ban_group_member']);
  });
});
