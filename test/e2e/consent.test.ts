// Consent: what is asked about before it is done, and what becomes of it when something changed meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import { manualClock } from '../../src/sandbox/clock.ts';
import { type App, answering, discordUser, granted, startApp, type TypeOptions } from '../support/app.ts';

const clock = manualClock(Date.now());
let app: App;
beforeEach(async () => {
  app = await startApp({}, { clock });
});
afterEach(() => app.close());

const confirm = { kind: 'chosen', choice: 'confirm' } as const;
const six = 'bob, dave, erin, mei, taro, minji';

const nothingHappened = async () => {
  expect(app.changes()).toEqual([]);
  expect((await app.cases.list({}, { limit: 10 })).cases).toEqual([]);
};

describe('what is asked about', () => {
  it.each(['/ban bob 1d', '/purge bob', '/promote bob', `/mute ${six} 1h`, `/kick ${six}`])(
    '%s asks once, and is done when confirmed',
    async (line) => {
      const { ask, asked } = answering(confirm);
      const outcome = await app.type(line, { request: { ask } });
      expect(outcome.kind).toBe('done');
      expect(asked).toHaveLength(1);
      expect(asked[0]?.choices).toEqual(['confirm']);
      const named = asked[0]?.lines.filter(({ id }) =>
        ['consent.member', 'consent.target', 'purge.shown'].includes(id),
      );
      expect(named).toHaveLength(line.includes(',') ? 6 : 1);
      const given = asked[0]?.lines.filter(({ id }) => id === 'consent.option');
      expect(given).toHaveLength(/ 1[dh]$/.test(line) ? 1 : 0);
      expect((await app.cases.list({}, { limit: 10 })).cases).toHaveLength(1);
    },
  );

  it.each([
    '/mute bob 1h',
    '/kick bob',
    '/demote ken',
    '/unban mallory',
    '/lock',
    '/nick bob Bo',
    '/recall last 5',
    '/whois bob',
  ])('%s is done without a question', async (line) => {
    const { ask, asked } = answering({ kind: 'cancelled' });
    expect(['done', 'partly', 'answer']).toContain((await app.type(line, { request: { ask } })).kind);
    expect(asked).toEqual([]);
  });

  it('more than a few messages are shown first, and it is these that are taken back', async () => {
    const { world } = app.chat;
    const readable = () => world.messages('guild').filter(({ state }) => state === 'normal');
    const before = readable().length;
    const last = world.messages('guild').at(-1)?.seq ?? 0;
    const outcome = await app.type('/recall last 6', {
      request: {
        async ask({ lines }) {
          expect(lines.filter(({ id }) => id === 'message.line')).toHaveLength(6);
          world.addMessage('guild', { from: 'bob', text: 'written while the question stood' });
          return confirm;
        },
      },
    });
    expect(outcome.kind).toBe('done');
    // Six are gone, and the new one is there.
    expect(readable()).toHaveLength(before - 5);
    expect(readable().at(-1)?.seq).toBe(last + 1);
  });

  it('counts those who would be acted on, not those who are refused anyway', async () => {
    const { ask, asked } = answering({ kind: 'cancelled' });
    const as = granted(2);
    await app.type('/mute bob, dave, erin, olivia, alice, ken, administrator 1h', {
      as,
      request: { ask },
    });
    expect(asked).toEqual([]);
    await app.type('/ban olivia 1d', { as, request: { ask } });
    expect(asked).toEqual([]);
  });

  it.each(['/ban bob 1d', '/purge bob', '/promote bob', `/kick ${six}`])(
    '%s is done at once where nobody can be asked',
    async (line) => {
      expect((await app.type(line)).kind).toBe('done');
    },
  );

  it.each(['/ban bob 1d', '/promote bob', `/kick ${six}`, '/mute carol 3h'])(
    '%s is only shown in a dry run',
    async (line) => {
      const { ask, asked } = answering(confirm);
      for (const options of [{ dryRun: true }, {}]) {
        const shown = options.dryRun === true ? line : `${line} --dry-run`;
        await app.type(shown, { ...options, request: { ask } });
      }
      expect(asked).toEqual([]);
      await nothingHappened();
    },
  );

  it.each(['cancelled', 'late'] as const)('is not done when the question is %s', async (kind) => {
    const { ask } = answering({ kind });
    for (const line of ['/ban bob 1d', '/purge bob', '/promote bob', `/kick ${six}`, '/mute carol 3h']) {
      const outcome = await app.type(line, { request: { ask } });
      expect(outcome.message.id).toBe(kind === 'late' ? 'refused.unanswered' : 'refused.cancelled');
      expect(outcome.requests).toEqual([]);
    }
    await nothingHappened();
  });
});

/** Types a line, and lets something happen while its question stands. */
const typeWhile = (line: string, meanwhile: () => unknown, options: TypeOptions = {}) =>
  app.type(line, {
    ...options,
    request: {
      ...options.request,
      async ask() {
        await meanwhile();
        return confirm;
      },
    },
  });

describe('what changed while the question stood', () => {
  it('a target gained a role', async () => {
    const outcome = await typeWhile(
      '/ban bob 1d',
      () => {
        const bob = app.chat.world.member('guild', 'bob');
        if (bob !== undefined) bob.role = 'Admin';
      },
      { as: granted(2) },
    );
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    await nothingHappened();
  });

  it('one of several targets left', async () => {
    const outcome = await typeWhile(`/kick ${six}`, () => app.chat.leave('guild', 'mei'));
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    await nothingHappened();
  });

  it('the only target left', async () => {
    const outcome = await typeWhile('/promote bob', () => app.chat.leave('guild', 'bob'));
    expect(outcome.kind).toBe('refused');
    await nothingHappened();
  });

  it('the asker lost the right', async () => {
    const actor = discordUser('100000000000000001', { capabilities: new Set(['lookup']) });
    const { ask } = answering({ ...confirm, actor });
    const as = discordUser('100000000000000001');
    const outcome = await app.type('/ban bob 1d', { as, request: { ask } });
    expect(outcome.message.id).toBe('refused.capability');
    await nothingHappened();
  });

  it('the asker lost the rank', async () => {
    const actor = discordUser('100000000000000001', { rank: 2 });
    const { ask } = answering({ ...confirm, actor });
    const as = discordUser('100000000000000001', { rank: 3, capabilities: everything });
    const outcome = await app.type('/ban alice 1d', { as, request: { ask } });
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    await nothingHappened();
  });

  it('the asker did something else to the same members: an undo without a number takes back what it named', async () => {
    await app.type(`/mute ${six} 1h`);
    const { ask, asked } = answering({ kind: 'cancelled' });
    await app.type('/undo', { request: { ask } });
    expect(asked[0]?.lines).toContainEqual({
      id: 'consent.undoes',
      values: { case: 1, command: { literal: 'mute' } },
    });
    const outcome = await typeWhile('/undo', () => app.type(`/notify ${six} block`));
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
    expect((await app.cases.find('guild', 2))?.state).toBe('applied');
  });

  it('the channel was linked to another group: it is done in the one that was asked about', async () => {
    const channel = { surface: 'discord', guild: '900', channel: '910' };
    const by = { surface: 'terminal', id: 'x', name: 'x', account: null };
    const { places } = app.store;
    await places.bind(channel, 'guild', by);
    const request = { places: [channel] };
    const outcome = await typeWhile('/ban dave 1d', () => places.bind(channel, 'arena', by), { request });
    expect(outcome).toMatchObject({ kind: 'done', group: 'guild' });
    expect(app.chat.world.isBanned('arena', 'dave')).toBe(false);
    expect(app.chat.world.isBanned('guild', 'dave')).toBe(true);
  });
});

describe('a mute of somebody who is muted', () => {
  const HOUR = 3_600;

  /** Carol is muted for an hour in the sandbox's world. */
  it.each([
    ['extend', '30m', HOUR + 1_800],
    ['extend', '3h', 4 * HOUR],
    ['until', '3h', 3 * HOUR],
    ['replace', '3h', 3 * HOUR],
    ['replace', '30m', 1_800],
  ])('%s by %s', async (choice, duration, seconds) => {
    const { ask, asked } = answering({ kind: 'chosen', choice });
    const outcome = await app.type(`/mute carol ${duration}`, { request: { ask } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.choices).toEqual(['extend', 'until', 'replace']);
    expect(outcome.kind).toBe('done');
    expect(outcome.requests).toMatchObject([{ body: { Member_Account: 'carol', MuteTime: seconds } }]);
    expect(await app.cases.find('guild', 1)).toMatchObject({ options: { already: choice } });
  });

  it('until a time that is earlier changes nothing', async () => {
    const { ask } = answering({ kind: 'chosen', choice: 'until' });
    const outcome = await app.type('/mute carol 30m', { request: { ask } });
    expect(outcome.message.id).toBe('mute.already');
    await nothingHappened();
  });

  it('asks one question about several, and none about those who are not muted', async () => {
    await app.type('/mute dave 2h');
    const { ask, asked } = answering({ kind: 'chosen', choice: 'extend' });
    const outcome = await app.type('/mute bob, carol, dave 1h', { request: { ask } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.lines).toHaveLength(2);
    const times = outcome.requests.map(({ body }) => body).map((body) => JSON.parse(JSON.stringify(body)));
    expect(times.map(({ MuteTime }) => MuteTime).sort((a, b) => a - b)).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
  });

  it('asks nothing where the line says it, or the mute is for good', async () => {
    const { ask, asked } = answering({ kind: 'cancelled' });
    await app.type('/mute carol 2h already:replace', { request: { ask } });
    await app.type('/mute carol permanent', { request: { ask } });
    expect(asked).toEqual([]);
    expect(app.changes()).toHaveLength(2);
  });

  it.each([
    ['was muted for longer', 'carol', '/mute carol 5h already:replace'],
    ['was unmuted', 'carol', '/unmute carol'],
    ['was muted, too', 'bob, carol', '/mute bob 5h'],
  ])('is not changed when somebody %s while the question stood', async (_what, named, meanwhile) => {
    const request = {
      async ask() {
        await app.type(meanwhile);
        app.changes();
        return { kind: 'chosen', choice: 'replace' } as const;
      },
    };
    const outcome = await app.type(`/mute ${named} 1h`, { request });
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    expect(app.changes()).toEqual([]);
  });

  it('is refused where nobody can be asked', async () => {
    expect((await app.type('/mute carol 2h')).message.id).toBe('mute.unasked');
    await nothingHappened();
  });

  it('asks again about many', async () => {
    const answers = ['extend', 'confirm'];
    const outcome = await app.type(`/mute carol, ${six} 1h`, {
      request: { ask: async () => ({ kind: 'chosen', choice: answers.shift() ?? '' }) },
    });
    expect(outcome.kind).toBe('done');
    expect(answers).toEqual([]);
  });
});
