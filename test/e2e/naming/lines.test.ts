// Lines that other programs, or other eyes, read otherwise: exactly what was meant is done, or nothing.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Question } from '../../../src/request/question.ts';
import { type App, answering, english, granted, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  await app?.close();
  app = await startApp();
});
afterAll(() => app.close());

const bodies = async (line: string) => (await app.type(line)).requests.map(({ body }) => body);

describe('a unit that stands apart', () => {
  it.each([
    ['/mute taro 1 h', 3_600],
    ['/mute mei 12 days test', 1_036_800],
    ['/mute mei 2 小时 刷屏', 7_200],
    ['/mute minji 3 일 도배', 259_200],
    ['/mute taro 10 分 荒らし', 600],
    ['/mute taro 1 h 30 m', 5_400],
    ['/mute duration:"1 h" taro', 3_600],
  ])('%s', async (line, seconds) => {
    expect(await bodies(line)).toEqual([expect.objectContaining({ MuteTime: seconds })]);
  });

  it('of a ban', async () => {
    expect(await bodies('/ban taro 1 week raid')).toEqual([
      expect.objectContaining({ Members_Account: ['taro'], Duration: 604_800, Description: 'raid' }),
    ]);
  });

  it.each(['/lock duration:2 h raid', '/promote bob duration:1 week', '/nick bob duration:2 d Bobby'])(
    'of what the program takes back: %s',
    async (line) => {
      const outcome = await app.type(line);
      expect(outcome.kind).toBe('done');
      expect(outcome.endsAt).toBeGreaterThan(Date.now() / 1_000 + 7_000);
    },
  );

  it.each([
    '/mute taro 12 months',
    '/mute taro 1 M',
    '/mute taro 1h 30 spam',
    '/mute taro 60 30',
    '/mute taro 5 minuts rude',
    '/mute taro 1 个 小时',
    '/mute taro 1 か 月',
  ])('is refused where it is doubtful: %s', async (line) => {
    const outcome = await app.type(line);
    expect(outcome.kind).toBe('refused');
    expect(app.changes()).toEqual([]);
  });
});

const doubtful = [
  '/kick bob @dave said he cheats',
  '/kick bob, dave said he cheats',
  '/warn erin @carol told me',
  '/unmute carol @dave asked',
  '/promote bob @dave asked',
  '/purge bob @dave asked',
  '/unban mallory @bob asked',
  '/nick bob @dave asked',
  '/purge frank 50',
  '/warn erin 3 rude',
  '/lock 10m raid',
];

describe('a doubtful line', () => {
  it.each(doubtful)('is refused where nobody can be asked: %s', async (line) => {
    const outcome = await app.type(line);
    expect(outcome.kind).toBe('refused');
    expect(english(outcome)).toMatch(/Nothing was done\. Write: \//);
    expect(app.changes()).toEqual([]);
  });

  it.each(doubtful)('is done as it was chosen: %s', async (line) => {
    const asked: Question[] = [];
    const ask = async (question: Question) => {
      asked.push(question);
      return { kind: 'chosen', choice: question.choices[0] ?? '' } as const;
    };
    const outcome = await app.type(line, { request: { ask } });
    expect(['done', 'refused']).toContain(outcome.kind);
    expect(asked[0]?.lines[0]?.id).toMatch(/^doubt\.reading/);
    const accounts = outcome.results.map(({ target }) => target);
    expect(accounts).not.toContain('dave');
    expect(accounts).not.toContain('carol told');
  });

  it('is a list where the answer is so', async () => {
    const { ask } = answering({ kind: 'chosen', choice: 'several' });
    const outcome = await app.type('/kick bob @dave said he cheats', { request: { ask } });
    expect(outcome.requests.map(({ body }) => body)).toEqual([
      { GroupId: 'guild', MemberToDel_Account: ['bob', 'dave'], Reason: 'said he cheats' },
    ]);
  });

  it('keeps nothing of the reading that was not chosen', async () => {
    const { ask } = answering({ kind: 'chosen', choice: 'option' });
    const outcome = await app.type('/warn erin 3', { request: { ask } });
    expect(outcome.kind).toBe('done');
    expect(outcome.reason).toBeUndefined();
    expect(english(outcome)).toContain('3 points');
  });

  it('is not asked about where the asker may not use the command', async () => {
    const { ask, asked } = answering({ kind: 'chosen', choice: 'one' });
    const outcome = await app.type('/kick bob @dave said so', { as: granted(2, ['mute']), request: { ask } });
    expect(outcome.message.id).toBe('refused.capability');
    expect(asked).toEqual([]);
  });

  it('is about the group that it was typed for, and is consented to afterwards', async () => {
    const asked: Question[] = [];
    const ask = async (question: Question) => {
      asked.push(question);
      return { kind: 'chosen', choice: question.choices[0] ?? '' } as const;
    };
    const outcome = await app.type('/purge bob group:arena 50', { group: null, request: { ask } });
    expect(outcome).toMatchObject({ kind: 'done', group: 'arena', reason: '50' });
    expect(asked.map(({ choices }) => choices)).toEqual([['reason'], ['confirm']]);
  });

  it('asks nothing in a dry run', async () => {
    const { ask, asked } = answering({ kind: 'chosen', choice: 'one' });
    for (const options of [{ dryRun: true }, {}]) {
      const line = `/kick bob @dave said so${options.dryRun ? '' : ' --dry-run'}`;
      expect((await app.type(line, { ...options, request: { ask } })).kind).toBe('refused');
    }
    expect(asked).toEqual([]);
  });
});

describe('names of commands', () => {
  it.each([
    ['/help 禁言', '/mute member'],
    ['/help ／禁言', '/mute member'],
    ['/help /MUTE', '/mute member'],
    ['/help ミュート', '/mute member'],
    ['/help timeout', 'Did you mean /mute?'],
    ['!mute bob 60', 'Usage: /mute member'],
    ['／mute bob 60', 'Usage: /mute member'],
    ['/timeout bob 60', 'Did you mean /mute?'],
    ['/prune 50', 'Did you mean /recall?'],
    ['/pardon bob', 'Did you mean /unban?'],
  ])('%s', async (line, text) => {
    expect(english(await app.type(line))).toContain(text);
    expect(app.changes()).toEqual([]);
  });

  it('filter a history in every language, and a wrong one is refused', async () => {
    await app.type('/mute bob 60 rude');
    for (const name of ['mute', '/mute', 'MUTE', '禁言']) {
      const outcome = await app.type(`/history @bob command:${name}`);
      expect(english(outcome)).toContain('rude');
    }
    expect((await app.type('/history @bob command:mut')).message.id).toBe('refused.unknownCommandDidYouMean');
    expect((await app.type('/history @bob command:nosuchthing')).message.id).toBe('refused.unknownCommand');
  });

  it('are completed in every language', async () => {
    const suggest = (typed: string) =>
      app.moderation.completion.suggest({
        actor: granted(),
        command: 'help',
        option: 'command',
        typed,
        group: 'guild',
      });
    expect(await suggest('禁')).toEqual(expect.arrayContaining([{ label: '禁言', value: 'mute' }]));
    for (const { label, value } of await suggest('')) {
      expect(english(await app.type(`/help ${label}`))).toContain(`/${value}`);
    }
  });
});

describe('a group', () => {
  it('is read by the label that completion shows', async () => {
    const groups = await app.moderation.completion.suggest({
      actor: granted(),
      command: 'group',
      option: 'group',
      typed: '',
      group: undefined,
    });
    expect(groups.length).toBeGreaterThan(3);
    for (const { label, value } of groups) {
      expect(await app.type(`/group group:"${label}"`)).toMatchObject({ kind: 'answer', group: value });
    }
    expect((await app.type('/group group:"Another name (guild)"')).message.id).toMatch(
      /^refused\.unknownGroup/,
    );
  });
});
