// Cases: what was done is written before the first call, settled after the last, read, and explained.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, discordUser, english, granted, memberActor, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

describe('a case', () => {
  it('is numbered per group, says who did what to whom and why, and what became of each', async () => {
    const outcome = await app.type('/mute @bob @olivia 1h loud');
    expect(outcome).toMatchObject({ kind: 'partly', case: 1 });
    expect(english(outcome)).toMatch(/Case 1$/);
    expect(await app.cases.find('guild', 1)).toMatchObject({
      command: 'mute',
      state: 'partly',
      actor: { surface: 'terminal', id: 'operator' },
      reason: 'loud',
      targets: [
        {
          target: 'bob',
          outcome: 'done',
          before: { kind: 'member', role: 'Member', mutedUntil: 0, nameCard: 'Bob' },
        },
        { target: 'olivia', outcome: 'refused' },
      ],
      changes: [{ endpoint: 'modify_group_member_info', body: { Member_Account: 'bob', MuteTime: 3600 } }],
    });
    expect(await app.type('/lock')).toMatchObject({ case: 2 });
    expect(await app.type('/mute @bob 1h', { group: 'arena' })).toMatchObject({ case: 1 });
  });

  it('is written before the call', async () => {
    const stop = app.chat.onRequest((record) => {
      if (record.endpoint === 'modify_group_member_info')
        seen.push(app.cases.find('guild', 1).then((one) => one?.state));
    });
    const seen: Promise<unknown>[] = [];
    await app.type('/mute @bob 60');
    stop();
    expect((await app.cases.find('guild', 1))?.state).toBe('applied');
    expect(seen).toHaveLength(1);
  });

  it('is opened once for one key: the second request is answered with what became of the first', async () => {
    const request = { key: 'server-7/mute-bob' };
    expect(await app.type('/mute @bob 1h', { request })).toMatchObject({ kind: 'done', case: 1 });
    app.changes();
    const again = await app.type('/mute @bob 2h already:replace', { request });
    expect(again).toMatchObject({ kind: 'done', case: 1, requests: [] });
    expect(english(again)).toContain('bob: done already, as case 1. Nothing was sent again.');
    expect(app.changes()).toEqual([]);
    expect(await app.cases.find('guild', 2)).toBeNull();
  });

  it('keeps the code of a failure, and what is not certain', async () => {
    app.chat.faults.next('modify_group_member_info', { kind: 'code', code: 10_007 });
    await app.type('/mute @bob 60');
    app.chat.faults.next('modify_group_member_info', { kind: 'reset' }, 10);
    await app.type('/mute @bob 60');
    expect(await app.cases.find('guild', 1)).toMatchObject({
      state: 'failed',
      targets: [{ outcome: 'failed', code: 10_007 }],
    });
    expect(await app.cases.find('guild', 2)).toMatchObject({
      state: 'partly',
      targets: [{ outcome: 'uncertain' }],
    });
  });

  it('is not made by what is refused, looked up, or tried out', async () => {
    await app.type('/mute @olivia 60');
    await app.type('/whois @bob');
    await app.type('/mute @bob 60', { dryRun: true });
    expect((await app.cases.list({}, { limit: 10 })).cases).toEqual([]);
  });
});

describe('reading the record', () => {
  beforeEach(async () => {
    await app.type('/mute @bob 1h loud');
    await app.type('/nick @bob Sir Bob', { as: memberActor('alice') });
    await app.type('/lock');
  });

  it.each([
    [
      '/case list',
      /the latest 3 cases[\s\S]*#3 .*\/lock guild[\s\S]*#1 .*\/mute bob · by operator · done · loud/,
    ],
    [
      '/case view 1',
      /Case 1: \/mute, done[\s\S]*By operator \(terminal\)[\s\S]*bob: done[\s\S]*Reason: loud/,
    ],
    ['/history @bob', /Bob \(bob\): 2 cases|Sir Bob \(bob\): 2 cases/],
    ['/mod @alice', /By Alice \(alice\): 1 case\n.*\/nick bob/],
  ])('%s', async (line, expected) => {
    const outcome = await app.type(line);
    expect(outcome.kind).toBe('answer');
    expect(english(outcome)).toMatch(expected);
  });

  it.each([
    ['/case view 99', 'refused.unknownCase'],
    ['/case view', 'refused.caseNeeds'],
    ['/case note 1', 'refused.caseNeeds'],
    ['/case view first', 'refused.caseNumber'],
  ])('%s is refused', async (line, id) => {
    expect((await app.type(line)).message.id).toBe(id);
  });

  it('a note and a new reason are added, and the old reason stays', async () => {
    await app.type('/case note 1 see https://example.org/screenshot.png');
    await app.type('/case reason 1 very loud', { as: granted(2, ['cases'], 'ken') });
    const text = english(await app.type('/case view 1'));
    expect(text).toMatch(/Reason: very loud/);
    expect(text).toMatch(/Earlier reason, by operator.*: loud/);
    expect(text).toMatch(/Note by operator.*screenshot/);
    expect((await app.cases.notes('guild', 1))[0]?.url).toBe('https://example.org/screenshot.png');
  });

  it('a case of another group is not shown here', async () => {
    expect((await app.type('/case view 1', { group: 'arena' })).message.id).toBe('refused.unknownCase');
  });
});

describe('a record that cannot be written', () => {
  it('stops the action before anything is sent', async () => {
    app.cases.openUnlessOvertaken = () => Promise.reject(new Error('disk full'));
    const outcome = await app.type('/mute @bob 60');
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.notRecorded' }, requests: [] });
    expect(app.changes()).toEqual([]);
  });

  it.each(['/mute @bob 60', '/undo', '/history bob', '/warn bob', '/case view 1', '/links'])(
    'says that nothing was sent: %s',
    async (line) => {
      await app.store.close();
      const outcome = await app.type(line, { as: discordUser('1') });
      expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.recordAway' } });
      expect(english(outcome)).toMatch(/nothing was sent/);
      expect(app.changes()).toEqual([]);
    },
  );

  it('does not change the answer of an action that was made', async () => {
    app.cases.settle = () => Promise.reject(new Error('disk full'));
    expect((await app.type('/mute @bob 60')).kind).toBe('done');
    expect((await app.cases.pending()).map((one) => one.number)).toEqual([1]);
  });
});
