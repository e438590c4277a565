// Worst days of Chat: a notice that reaches nobody is said, and an answer that lies is noticed by the next look.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, english, startApp } from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp({ retries: { count: 0 } });
});
afterEach(() => app.close());

const notesOf = async (number: number) => (await app.cases.notes('guild', number)).map(({ text }) => text);
const failNotices = () => {
  for (const endpoint of ['send_group_system_notification', 'batchsendmsg'] as const) {
    app.chat.faults.next(endpoint, { kind: 'code', code: 10_007 }, 9);
  }
};

describe('a notice that reaches nobody', () => {
  it('is said by the reply and by the case; what was done stays done', async () => {
    failNotices();
    const outcome = await app.type('/mute bob 1h');
    expect(outcome.kind).toBe('done');
    expect(english(outcome)).toMatch(/Not told what was done: bob/);
    expect(await notesOf(1)).toEqual([expect.stringMatching(/^Not told what was done: bob/)]);
  });

  it('of a warning is said so: it counts, and was not delivered', async () => {
    failNotices();
    const outcome = await app.type('/warn bob caps');
    expect(english(outcome)).toMatch(/The warning counts, but it was not delivered to bob/);
    expect(await notesOf(1)).toHaveLength(1);
  });

  it('is not said where it reached them, or where nobody is to be told', async () => {
    expect(english(await app.type('/mute bob 1h'))).not.toMatch(/told|delivered/);
    failNotices();
    expect(english(await app.type('/lock'))).not.toMatch(/told/);
    expect([...(await notesOf(1)), ...(await notesOf(2))]).toEqual([]);
  });
});

it('an answer OK to what was not done is noticed by the next look', async () => {
  app.chat.faults.next('modify_group_member_info', { kind: 'ignored' });
  expect((await app.type('/promote bob')).kind).toBe('done');
  expect(english(await app.type('/undo 1'))).toMatch(/has changed since/);
  expect((await app.type('/promote bob')).kind).toBe('done');
  expect(app.chat.world.member('guild', 'bob')?.role).toBe('Admin');
});
