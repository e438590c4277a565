// Timers over the whole app: what was done for a while is taken back, once, unless somebody changed it since.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openApp } from '../../../src/app/open.ts';
import { createTimers } from '../../../src/jobs/timers.ts';
import type { ModerationCase } from '../../../src/moderation/cases/case.ts';
import { fillDefaultWorld, sandboxApp, startChatService } from '../../../src/sandbox/chat/index.ts';
import { type ManualClock, manualClock } from '../../../src/sandbox/clock.ts';
import { databases, logger } from '../../store/databases.ts';
import { type App, discordUser, english, granted, memberActor, startApp } from '../../support/app.ts';
import { setProgramStage, until } from '../../support/program.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let clock: ManualClock;
let app: App;
beforeEach(async () => {
  clock = manualClock(Date.now());
  app = await startApp({}, { clock });
});
afterEach(() => app.close());

const timersOn = () =>
  createTimers({
    cases: app.cases,
    clock,
    expire: app.moderation.expire,
    logger: { info: () => undefined, error: (fields) => expect.unreachable(JSON.stringify(fields)) },
  });

/** Lets time pass, and then everything that is due be looked after, by so many loops at once. */
async function pass(ms: number, loops = 1): Promise<void> {
  clock.advance(ms);
  const timers = Array.from({ length: loops }, timersOn);
  for (const one of timers) one.start();
  await vi.waitFor(async () => expect(await app.cases.due(clock.now(), 1)).toEqual([]), { interval: 5 });
  await Promise.all(timers.map((one) => one.close()));
}

async function caseOf(number: number): Promise<ModerationCase> {
  const found = await app.cases.find('guild', number);
  if (found === null) throw new Error(`there is no case ${number}`);
  return found;
}

const member = (account: string) => app.chat.world.member('guild', account);
const isLocked = () => app.chat.world.group('guild').profile.MuteAllMember === 'On';
const notesOf = async (number: number) =>
  (await app.cases.notes('guild', number)).map(({ author, text }) => [author.surface, text]);

const leftAlone = [['system', expect.stringMatching(/left as it is: somebody has changed it since/)]];

/** Types a line that must be done, and forgets what it sent. */
async function done(...[line, options]: Parameters<App['type']>): Promise<void> {
  const outcome = await app.type(line, options);
  expect([line, outcome.kind, english(outcome)]).toEqual([line, 'done', expect.anything()]);
  app.changes();
}

describe('when its time is over', () => {
  it.each([
    ['/promote @bob duration:7d', 7 * DAY, () => member('bob')?.role, 'Admin', 'Member'],
    ['/nick @bob duration:1h Sir Bob', HOUR, () => member('bob')?.nameCard, 'Sir Bob', 'Bob'],
    ['/lock duration:30m', 30 * MINUTE, isLocked, true, false],
  ] as const)(
    '%s is taken back by the program, and the case says so',
    async (line, ms, state, set, before) => {
      await done(line);
      expect(state()).toBe(set);
      await pass(ms - 1);
      expect(state()).toBe(set);
      expect(app.changes()).toEqual([]);
      await pass(1);
      expect(state()).toBe(before);
      expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2, timerAt: null });
      expect(await caseOf(2)).toMatchObject({
        command: 'undo',
        undoes: 1,
        state: 'applied',
        actor: { surface: 'system', id: 'system' },
      });
      expect(await notesOf(1)).toEqual([]);
      app.changes();
      await pass(365 * DAY);
      expect(app.changes()).toEqual([]);
    },
  );

  it('it does not matter that whoever did it has lost their rights in the group', async () => {
    await done('/nick @bob duration:1h Sir Bob', { as: memberActor('ken') });
    await done('/demote @ken');
    await pass(HOUR);
    expect(member('bob')?.nameCard).toBe('Bob');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 3 });
    expect((await caseOf(3)).actor.surface).toBe('system');
  });

  it('nor that a moderator of Discord has lost their roles, or was denied the command', async () => {
    const moderator = discordUser('100', { capabilities: new Set(['role']) });
    await done('/promote @bob duration:7d', { as: moderator });
    const before = await app.type('/promote @dave', {
      as: discordUser('100', { capabilities: new Set() }),
    });
    expect(before.kind).toBe('refused');
    await pass(7 * DAY);
    expect(member('bob')?.role).toBe('Member');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2 });
  });

  it.each([
    ['/mute @bob 1h', HOUR],
    ['/mute @carol 2h already:extend', 3 * HOUR],
    ['/ban @bob 1d', DAY],
  ])('%s has ended by itself: nothing is sent', async (line, ms) => {
    await done(line);
    await pass(ms - MINUTE);
    expect((await caseOf(1)).state).toBe('applied');
    await pass(MINUTE);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: null, timerAt: null });
    expect(app.changes()).toEqual([]);
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(false);
    expect(app.chat.world.isMuted('guild', 'carol')).toBe(false);
    expect(app.chat.world.isBanned('guild', 'bob')).toBe(false);
    expect(await notesOf(1)).toEqual([]);
    expect(await app.cases.find('guild', 2)).toBeNull();
  });

  it('a mute of which somebody was left out ends with the others', async () => {
    await done('/mute @dave permanent');
    expect((await app.type('/mute @bob @dave 1h')).kind).toBe('partly');
    await pass(HOUR);
    expect([(await caseOf(1)).state, (await caseOf(2)).state]).toEqual(['applied', 'expired']);
  });

  it('in a group that is gone, the case ends without a call', async () => {
    await done('/promote @bob duration:7d');
    app.chat.world.groups.delete('guild');
    await pass(7 * DAY);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: null });
    expect(app.changes()).toEqual([]);
  });
});

describe('what somebody changed since', () => {
  it.each([
    ['/promote @bob duration:7d', () => Object.assign(member('bob') ?? {}, { role: 'Member' })],
    ['/promote @bob duration:7d', () => app.chat.world.group('guild').leave('bob')],
    ['/nick @bob duration:7d Sir Bob', () => Object.assign(member('bob') ?? {}, { nameCard: 'Bobby' })],
    [
      '/lock duration:7d',
      () => Object.assign(app.chat.world.group('guild').profile, { MuteAllMember: 'Off' }),
    ],
  ])('in Chat itself stays, and %s ends with a note', async (line, change) => {
    await done(line);
    change();
    await pass(7 * DAY);
    expect(app.changes()).toEqual([]);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: null });
    expect(await notesOf(1)).toEqual(leftAlone);
    expect(await app.cases.find('guild', 2)).toBeNull();
  });

  it.each([
    ['/promote @bob duration:7d', ['/demote @bob', '/promote @bob'], () => member('bob')?.role, 'Admin'],
    ['/lock duration:7d', ['/unlock', '/lock'], isLocked, true],
  ] as const)('and back again by hand stays, too: %s', async (line, lines, state, expected) => {
    await done(line);
    for (const later of lines) await done(later);
    await pass(7 * DAY);
    expect(state()).toBe(expected);
    expect(app.changes()).toEqual([]);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: null });
    expect(await notesOf(1)).toEqual(leftAlone);
    expect((await caseOf(3)).state).toBe('applied');
  });

  it('by the same command stays, and the first time counts no more', async () => {
    await done('/nick @bob duration:7d Sir Bob');
    await done('/nick @bob Bobby');
    await done('/nick @bob Sir Bob');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2, timerAt: null });
    await pass(7 * DAY);
    expect(member('bob')?.nameCard).toBe('Sir Bob');
    expect(app.changes()).toEqual([]);
  });

  it('with an end of its own ends by that, not by the first', async () => {
    await done('/lock duration:2h');
    await done('/unlock');
    await done('/lock duration:3h');
    await pass(2 * HOUR);
    expect(isLocked()).toBe(true);
    expect(await notesOf(1)).toEqual(leftAlone);
    await pass(HOUR);
    expect(isLocked()).toBe(false);
    expect(await caseOf(3)).toMatchObject({ state: 'expired', undoneBy: 4 });
  });

  it('and then undone by hand is as if it had not been', async () => {
    await done('/promote @bob duration:7d');
    await done('/demote @bob');
    await done('/undo 2');
    await pass(7 * DAY);
    expect(member('bob')?.role).toBe('Member');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 4 });
  });

  it('about something else does not matter', async () => {
    await done('/promote @bob duration:7d');
    await done('/nick @bob Sir Bob');
    await pass(7 * DAY);
    expect(member('bob')).toMatchObject({ role: 'Member', nameCard: 'Sir Bob' });
  });

  it('is found among a hundred and more later cases', async () => {
    await done('/promote @bob duration:7d');
    await done('/demote @bob');
    await done('/promote @bob');
    for (let count = 0; count < 120; count += 1) {
      await app.type(`/nick @bob ${count}`);
    }
    app.changes();
    await pass(7 * DAY);
    expect(member('bob')?.role).toBe('Admin');
    expect(app.changes()).toEqual([]);
  });

  it('of one of several leaves the others to be restored', async () => {
    await done('/nick @bob,@dave,@erin duration:1h Knight');
    await done('/nick @dave Sir Dave');
    await done('/nick @erin Dame');
    await done('/nick @erin Knight');
    await pass(HOUR);
    expect(['bob', 'dave', 'erin'].map((one) => member(one)?.nameCard)).toEqual([
      'Bob',
      'Sir Dave',
      'Knight',
    ]);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 5 });
    expect(await caseOf(5)).toMatchObject({
      undoes: 1,
      targets: expect.arrayContaining([
        expect.objectContaining({ target: 'bob', outcome: 'done' }),
        expect.objectContaining({ target: 'dave', outcome: 'refused' }),
        expect.objectContaining({ target: 'erin', outcome: 'refused' }),
      ]),
    });
    expect(app.changes()).toEqual(['modify_group_member_info']);
  });

  it('is waited for while it is in progress', async () => {
    await done('/nick @bob duration:1h Sir Bob');
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const hold = () => {
      reached.resolve();
      return go.promise;
    };
    app.chat.faults.next('modify_group_member_info', { kind: 'held', hold });
    const renamed = app.type('/nick @bob Bobby');
    await reached.promise;
    await pass(HOUR);
    expect((await caseOf(1)).state).toBe('applied');
    go.resolve();
    await renamed;
    await pass(MINUTE);
    expect(member('bob')?.nameCard).toBe('Bobby');
    expect((await caseOf(1)).state).toBe('expired');
  });
});

describe('/timers', () => {
  const list = async () => english(await app.type('/timers'));

  it('lists what the program will take back, the earliest first, and nothing that Chat ends', async () => {
    await done('/lock duration:2h');
    await done('/nick @bob duration:1h Sir Bob');
    // Many mutes that end earlier hide nothing.
    for (let count = 0; count < 60; count += 1) await app.type('/mute @dave 1m already:replace');
    const lines = (await list()).split('\n');
    expect(lines[0]).toMatch(/2 timers/);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^#2 · \/nick bob ends .* · by operator$/),
      expect.stringMatching(/^#1 · \/lock guild ends /),
    ]);
  });

  it('cancels one, which then never fires', async () => {
    await done('/promote @bob duration:7d');
    expect(english(await app.type('/timers cancel 1'))).toMatch(
      /^Case 1: \/promote stays for good now\.\n.*Case 2$/s,
    );
    expect(await list()).toMatch(/nothing ends by itself/);
    await pass(30 * DAY);
    expect(member('bob')?.role).toBe('Admin');
    expect(await caseOf(1)).toMatchObject({ state: 'applied', timerAt: null });
    expect(english(await app.type('/timers cancel 1'))).toBe('Case 1 has no timer.');
  });

  it('knows no timer of a case that was undone, and it never fires', async () => {
    await done('/promote @bob duration:7d');
    await done('/undo 1');
    expect(await list()).toMatch(/nothing ends by itself/);
    await done('/promote @bob');
    await pass(7 * DAY);
    expect(member('bob')?.role).toBe('Admin');
    expect(await caseOf(1)).toMatchObject({ state: 'undone', undoneBy: 2 });
  });

  it.each([
    ['/promote @bob duration:7d', ['cases', 'nick'], 3, 'refused.capability'],
    ['/promote @bob duration:7d', ['cases', 'role'], 2, 'refused.rank'],
    ['/nick @ken duration:7d K', ['cases', 'nick'], 2, 'refused.rank'],
    ['/lock duration:7d', ['cases', 'role'], 3, 'refused.capability'],
  ] as const)('cancel of %s with %j and rank %i is %s', async (line, capabilities, rank, id) => {
    await done(line);
    const refused = await app.type('/timers cancel 1', { as: granted(rank, capabilities) });
    expect([refused.kind, refused.message.id]).toEqual(['refused', id]);
    expect((await caseOf(1)).timerAt).not.toBeNull();
  });

  it('asks for the rank above the member as it is now', async () => {
    const moderator = discordUser('100', { capabilities: new Set(['cases', 'nick']) });
    await done('/nick @bob duration:7d Sir Bob', { as: moderator });
    await done('/promote @bob');
    expect((await app.type('/timers cancel 1', { as: moderator })).message.id).toBe('refused.rank');
    await done('/demote @bob');
    expect((await app.type('/timers cancel 1', { as: moderator })).message.id).toBe('timers.cancelled');
  });

  it('does not ask for a rank above those for whom nothing was done', async () => {
    const moderator = discordUser('100', { capabilities: new Set(['cases', 'nick']) });
    expect((await app.type('/nick @bob,@dave duration:7d Dave', { as: moderator })).kind).toBe('partly');
    await done('/promote @dave');
    expect((await app.type('/timers cancel 1', { as: moderator })).message.id).toBe('timers.cancelled');
  });

  it.each(['/mute @bob 1h', '/promote @bob'])('has none to cancel for %s', async (line) => {
    await done(line);
    expect((await app.type('/timers cancel 1')).message.id).toBe('refused.noTimer');
  });
});

describe('while Chat does not do it', () => {
  it('because it is down, it is tried again, and then done', async () => {
    await done('/promote @bob duration:7d');
    const { endsAt } = await caseOf(1);
    app.chat.faults.next('*', { kind: 'down' });
    await pass(7 * DAY);
    expect(await caseOf(1)).toMatchObject({ state: 'applied', endsAt, timerAt: clock.now() + MINUTE });
    app.chat.faults.clear();
    await pass(MINUTE);
    expect(member('bob')?.role).toBe('Member');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2 });
    expect(app.changes()).toEqual(['modify_group_member_info']);
  });

  it('because it refuses, every try is a case that says so', async () => {
    await done('/promote @bob duration:7d');
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 }, 2);
    await pass(7 * DAY);
    await pass(MINUTE);
    expect([(await caseOf(2)).state, (await caseOf(3)).state]).toEqual(['failed', 'failed']);
    expect((await caseOf(1)).state).toBe('applied');
    await pass(2 * MINUTE);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 4 });
  });

  it('as far as anybody knows: a lost answer is not asked for twice', async () => {
    await done('/promote @bob duration:7d');
    app.chat.faults.next('modify_group_member_info', { kind: 'reset', when: 'after' }, 4);
    await pass(7 * DAY);
    expect(await caseOf(1)).toMatchObject({ state: 'applied' });
    expect((await caseOf(2)).targets[0]?.outcome).toBe('uncertain');
    app.changes();
    await pass(MINUTE);
    expect(app.changes()).toEqual([]);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2 });
    expect(await notesOf(1)).toEqual([]);
  });

  it('for one of several, the others are not touched again', async () => {
    await done('/nick @bob,@dave duration:7d Knight');
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 });
    await pass(7 * DAY);
    const restored = ['bob', 'dave'].filter((one) => member(one)?.nameCard !== 'Knight');
    expect(restored).toHaveLength(1);
    // Meanwhile somebody gives the restored one the same name in Chat itself.
    const [lucky = ''] = restored;
    Object.assign(member(lucky) ?? {}, { nameCard: 'Knight' });
    app.changes();
    await pass(MINUTE);
    expect(app.changes()).toEqual(['modify_group_member_info']);
    expect(member(lucky)?.nameCard).toBe('Knight');
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 3 });
  });

  it('only one of two loops on one record does it', async () => {
    await done('/promote @bob @dave duration:7d');
    await done('/lock duration:7d');
    await pass(7 * DAY, 3);
    expect(app.changes().toSorted()).toEqual([
      'modify_group_base_info',
      'modify_group_member_info',
      'modify_group_member_info',
    ]);
    expect((await app.cases.list({ command: 'undo' }, { limit: 9 })).cases).toHaveLength(2);
  });
});

describe('a duration', () => {
  it.each(['soon', '0', '0s', '-1h', 'permanent', '1M', '1.5h', '2 years', '99999999999', '5000w'])(
    'of %s is refused, and nothing is sent or written',
    async (text) => {
      for (const line of [
        `/promote @bob duration:"${text}"`,
        `/nick @bob duration:"${text}" X`,
        `/lock duration:"${text}"`,
      ]) {
        expect([line, (await app.type(line)).kind]).toEqual([line, 'refused']);
      }
      expect(app.chat.requests.filter(({ endpoint }) => endpoint.startsWith('modify_'))).toEqual([]);
      expect(await app.cases.find('guild', 1)).toBeNull();
    },
  );

  it('of decades is kept', async () => {
    await done('/promote @bob duration:3000w');
    await pass(365 * DAY);
    expect(member('bob')?.role).toBe('Admin');
    await pass(3_000 * 7 * DAY);
    expect(member('bob')?.role).toBe('Member');
  });
});

for (const database of databases) {
  describe.skipIf(database.missing)(`a restart on ${database.name}`, () => {
    it('makes up for what was missed while no process ran', async () => {
      const chat = await startChatService({ app: sandboxApp, rateLimits: false, clock });
      onTestFinished(() => chat.close());
      fillDefaultWorld(chat.world);
      const { sdkAppId, secretKey } = sandboxApp;
      const services = { sdkAppId, secretKey, admin: 'administrator', baseUrl: chat.url, group: 'guild' };
      const databaseUrl = await database.fresh();
      const open = () =>
        openApp(
          services,
          { databaseUrl, settingsFile: undefined, directory: import.meta.dirname, shared: false, clock },
          logger,
        );
      const first = await open();
      first.startMaintenance();
      for (const options of [
        { member: '@bob', duration: '10m' },
        { member: '@dave', duration: '1h' },
      ]) {
        await first.moderation.pipeline.handle({
          actor: granted(),
          command: 'promote',
          options,
          defaultGroup: 'guild',
          questions: 'confirmed',
        });
      }
      await first.close();
      clock.advance(20 * MINUTE);
      const second = await open();
      onTestFinished(() => second.close());
      expect(chat.world.member('guild', 'bob')?.role).toBe('Admin');
      const ended = Promise.withResolvers<void>();
      second.moderation.onSettled(() => ended.resolve());
      second.startMaintenance();
      await ended.promise;
      expect(chat.world.member('guild', 'bob')?.role).toBe('Member');
      expect(chat.world.member('guild', 'dave')?.role).toBe('Admin');
      expect(await second.record.cases.find('guild', 1)).toMatchObject({ state: 'expired', undoneBy: 3 });
    });
  });
}

describe('kill -9 while a timer fires', () => {
  it.each([
    ['before Chat does it', 'before', 'failed'],
    ['after Chat did it', 'after', 'applied'],
  ] as const)('%s: it is settled at the next start, and ended once', async (_when, when, state) => {
    const stage = await setProgramStage();
    onTestFinished(() => stage.close());
    const isAdmin = () => stage.chat.world.member('guild', 'bob')?.role === 'Admin';
    const bot = stage.start([]);
    bot.type('/promote @bob duration:1s');
    await until(isAdmin);
    const reached = Promise.withResolvers<void>();
    const hold = () => {
      reached.resolve();
      return new Promise<void>(() => undefined);
    };
    stage.chat.faults.next('modify_group_member_info', { kind: 'held', hold, when });
    await reached.promise;
    await bot.kill();
    const next = stage.start([]);
    await next.says('settled cases of an earlier run');
    next.type('/case view 2');
    await next.says(`Case 2: /undo, ${state === 'applied' ? 'done' : 'failed'}`);
    next.type('/case view 1');
    await next.says(`Case 1: /promote, ${state === 'applied' ? 'over' : 'done'}`);
    expect(isAdmin()).toBe(state === 'failed');
  });
});

describe('what is so already', () => {
  const standing = [
    ['/lock', isLocked, true, false],
    ['/promote bob', () => member('bob')?.role, 'Admin', 'Member'],
    ['/nick bob', () => member('bob')?.nameCard, 'Sir Bob', 'Bob'],
  ] as const;
  const withTime = (line: string, time: string) =>
    `${line}${time === '' ? '' : ` duration:${time}`}${line.startsWith('/nick') ? ' Sir Bob' : ''}`;

  it.each(standing)('%s lasts from then on, and says whose time counts no more', async (line, state, set) => {
    await done(withTime(line, '4s'));
    const outcome = await app.type(withTime(line, ''));
    expect(outcome).toMatchObject({ kind: 'done', case: 2, requests: [] });
    expect(english(outcome)).toMatch(/Case 1 would have ended that; now it stays/);
    expect(english(outcome)).toMatch(/The time of case 1 counts no more/);
    await pass(DAY);
    expect(state()).toBe(set);
    expect(app.changes()).toEqual([]);
    expect(await caseOf(1)).toMatchObject({ state: 'expired', undoneBy: 2 });
    expect((await app.type('/timers')).results).toEqual([]);
  });

  it.each(standing)('%s ends by the newer time', async (line, state, set, before) => {
    await done(withTime(line, '4s'));
    await done(withTime(line, '1h'));
    await pass(MINUTE);
    expect(state()).toBe(set);
    await pass(HOUR);
    expect(state()).toBe(before);
  });

  it.each(standing)('%s is undone to what was before both', async (line, state, _set, before) => {
    await done(withTime(line, '4s'));
    await done(withTime(line, ''));
    await done('/undo 2');
    expect(state()).toBe(before);
    expect(english(await app.type('/undo 1'))).toMatch(/cannot be undone/);
  });

  it.each(['1h', '3h'])(
    'a timed name over a timed name ends at the name before both, after %s',
    async (time) => {
      await done('/nick bob duration:2h Sir Bob');
      await done(`/nick bob duration:${time} Lord Bob`);
      await pass(4 * HOUR);
      expect(member('bob')?.nameCard).toBe('Bob');
    },
  );

  it('of a list keeps its time for the others', async () => {
    await done('/nick member:"bob, dave" duration:1h Twin');
    await done('/nick bob Twin');
    await pass(2 * HOUR);
    expect(member('bob')?.nameCard).toBe('Twin');
    expect(member('dave')?.nameCard).not.toBe('Twin');
  });
});
