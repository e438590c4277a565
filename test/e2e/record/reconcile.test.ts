// Reconciling: a case that a stopped program left pending is settled by what Chat says, and nothing is sent.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settlement } from '../../../src/moderation/cases/case.ts';
import { manualClock } from '../../../src/sandbox/clock.ts';
import { type App, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

/** What cannot be written, as when the disk is full: the program gives the case up as a dead one does. */
const unwritable: Settlement = {
  state: 'applied',
  get targets(): never {
    throw new Error('killed');
  },
};

/** The program dies between the answer of Chat and the settling of the case. */
async function dieAfter(...lines: readonly string[]): Promise<void> {
  const settle = app.cases.settle;
  app.cases.settle = (group, number) => settle(group, number, unwritable);
  for (const line of lines) await app.type(line);
  app.cases.settle = settle;
  app.changes();
}

/** The program dies after the case was written, before anything reached Chat. */
async function dieBefore(line: string): Promise<void> {
  for (const endpoint of [
    'modify_group_member_info',
    'forbid_send_msg',
    'delete_group_member',
    'ban_group_member',
    'unban_group_member',
    'modify_group_base_info',
    'group_msg_recall',
  ] as const) {
    app.chat.faults.next(endpoint, { kind: 'code', code: 10_026 }, 100);
  }
  await dieAfter(line);
  app.chat.faults.clear();
}

const lines = [
  '/mute @bob 1h',
  '/mute @bob @dave permanent',
  '/unmute @carol',
  '/promote @bob',
  '/demote @ken',
  '/nick @bob Sir Bob',
  '/notify @bob block',
  '/field @bob team blue',
  '/kick @bob',
  '/ban @bob 1d',
  '/unban @mallory',
  '/lock',
  '/recall 1',
];

describe('a pending case', () => {
  it.each(lines)('%s that took effect is applied', async (line) => {
    await dieAfter(line);
    expect(await app.moderation.reconcile()).toEqual({ settled: 1, pending: 0 });
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
    expect(app.changes()).toEqual([]);
  });

  it.each(lines)('%s that did not is failed', async (line) => {
    await dieBefore(line);
    expect(await app.moderation.reconcile()).toEqual({ settled: 1, pending: 0 });
    expect((await app.cases.find('guild', 1))?.state).toBe('failed');
    expect(app.changes()).toEqual([]);
  });

  it('that undid another ends that one', async () => {
    await app.type('/promote @bob');
    await dieAfter('/undo');
    await app.moderation.reconcile();
    expect((await app.cases.find('guild', 2))?.state).toBe('applied');
    expect(await app.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 2 });
  });

  it('that should have undone another leaves that one standing', async () => {
    await app.type('/promote @bob');
    await dieBefore('/undo');
    await app.moderation.reconcile();
    expect((await app.cases.find('guild', 2))?.state).toBe('failed');
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
  });

  it('whose effect cannot be seen is not called failed', async () => {
    await dieAfter('/purge @bob');
    await app.moderation.reconcile();
    expect(await app.cases.find('guild', 1)).toMatchObject({
      state: 'partly',
      targets: [{ outcome: 'uncertain' }],
    });
  });

  it('whose time is over by now is not called failed either', async () => {
    await dieAfter('/mute @bob 1s');
    app.chat.world.group('guild').mutes.delete('bob');
    const find = app.cases.abandoned;
    app.cases.abandoned = async () =>
      (await find()).map((record) => ({ ...record, createdAt: record.createdAt - 120_000 }));
    await app.moderation.reconcile();
    expect((await app.cases.find('guild', 1))?.targets[0]?.outcome).toBe('uncertain');
  });

  it('stays pending while Chat cannot be read', async () => {
    await dieAfter('/mute @bob 1h');
    app.chat.faults.next('*', { kind: 'down' });
    expect(await app.moderation.reconcile()).toEqual({ settled: 0, pending: 1 });
    app.chat.faults.clear();
    expect(await app.moderation.reconcile()).toEqual({ settled: 1, pending: 0 });
  });
});

describe('where something else was done meanwhile', () => {
  const outcomes = async (number: number) =>
    (await app.cases.find('guild', number))?.targets.map(({ target, outcome }) => [target, outcome]);

  it('a case is uncertain, for the state tells nothing of it', async () => {
    await dieAfter('/nick @bob,@dave One');
    await app.type('/nick @bob Two');
    await app.moderation.reconcile();
    expect(await outcomes(1)).toEqual([
      ['bob', 'uncertain'],
      ['dave', 'done'],
    ]);
  });

  it('in Chat itself, a case is uncertain as well', async () => {
    await dieAfter('/nick @bob One');
    Object.assign(app.chat.world.member('guild', 'bob') ?? {}, { nameCard: 'Bobby' });
    await app.moderation.reconcile();
    expect(await outcomes(1)).toEqual([['bob', 'uncertain']]);
  });

  it('an undo is uncertain, too', async () => {
    await app.type('/nick @bob One');
    await dieBefore('/undo');
    Object.assign(app.chat.world.member('guild', 'bob') ?? {}, { nameCard: 'Bobby' });
    await app.moderation.reconcile();
    expect(await outcomes(2)).toEqual([['bob', 'uncertain']]);
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
  });

  it('two cases in progress are both uncertain', async () => {
    await dieAfter('/nick @bob One', '/nick @bob Bob');
    await app.moderation.reconcile();
    expect([await outcomes(1), await outcomes(2)]).toEqual([[['bob', 'uncertain']], [['bob', 'uncertain']]]);
  });

  it('a warning says nothing about Chat and disturbs nothing', async () => {
    await dieAfter('/nick @bob One');
    await app.type('/warn @bob');
    await app.moderation.reconcile();
    expect(await outcomes(1)).toEqual([['bob', 'done']]);
  });
});

describe('a change that would leave everything as it was', () => {
  it('is uncertain: the state looks the same with it and without', async () => {
    const clock = manualClock(Date.now());
    await app.close();
    app = await startApp({}, { clock });
    await app.type('/mute @bob 1h');
    clock.advance(5_000);
    await dieBefore('/mute @bob 1h already:replace');
    await app.moderation.reconcile();
    expect((await app.cases.find('guild', 2))?.targets[0]?.outcome).toBe('uncertain');
  });
});

describe('an undo of which only a part was done', () => {
  it('is uncertain, and leaves the case standing', async () => {
    await app.type('/kick @ken');
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_026 }, 100);
    await dieAfter('/undo');
    app.chat.faults.clear();
    expect(app.chat.world.member('guild', 'ken')?.role).toBe('Member');
    await app.moderation.reconcile();
    expect((await app.cases.find('guild', 2))?.targets[0]?.outcome).toBe('uncertain');
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
  });
});

describe('a command that is in progress', () => {
  it('is left alone', async () => {
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const settle = app.cases.settle;
    app.cases.settle = async (...settlement) => {
      reached.resolve();
      await go.promise;
      return settle(...settlement);
    };
    const promoted = app.type('/promote @bob');
    await reached.promise;
    expect(await app.moderation.reconcile()).toEqual({ settled: 0, pending: 0 });
    go.resolve();
    expect((await promoted).kind).toBe('done');
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
  });
});

describe('a case that is settled long after', () => {
  const day = 86_400_000;

  it('lasts from when it was done', async () => {
    const clock = manualClock(Date.now());
    await app.close();
    app = await startApp({}, { clock });
    const begun = clock.now();
    await dieAfter('/promote @bob duration:7d');
    clock.advance(3 * day);
    await app.moderation.reconcile();
    expect(await app.cases.find('guild', 1)).toMatchObject({
      state: 'applied',
      settledAt: begun + 3 * day,
      endsAt: begun + 7 * day,
      timerAt: begun + 7 * day,
    });
  });

  it('can be undone as if it had been settled at once', async () => {
    const clock = manualClock(Date.now());
    await app.close();
    app = await startApp({}, { clock });
    await dieAfter('/mute @bob 7d');
    clock.advance(3 * day);
    await app.moderation.reconcile();
    expect(await app.type('/undo 1')).toMatchObject({ kind: 'done' });
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(false);
  });
});
