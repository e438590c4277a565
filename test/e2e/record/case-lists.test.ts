// The record in lists: narrowed, page by page, with the points that stand, and handed out as a file.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/request/outcome.ts';
import { type App, discordUser, english, granted, settingsWith, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp({}, { settings: settingsWith({ quota: null }) });
});
afterEach(() => app.close());

const numbersIn = ({ results }: Outcome) => results.map(({ target }) => Number(target));

/** Numbers of all pages that a line leads to, page by page. */
async function pagesOf(line: string): Promise<readonly number[][]> {
  const pages: number[][] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const page: Outcome = await app.type(next === '' ? line : `${line} before:${next}`);
    expect(page.kind).toBe('answer');
    pages.push(numbersIn(page));
    next = page.next;
  }
  return pages;
}

describe('/case list', () => {
  it('shows 20 a page, newest first, every case once', async () => {
    for (let count = 0; count < 45; count += 1) await app.type(`/${count % 2 === 0 ? 'lock' : 'unlock'}`);
    const pages = await pagesOf('/case list');
    expect(pages.map((page) => page.length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(Array.from({ length: 45 }, (_, index) => 45 - index));
    expect((await pagesOf('/case list command:lock')).flat()).toHaveLength(23);
  });

  it('is not disturbed by cases that come meanwhile', async () => {
    for (let count = 0; count < 21; count += 1) await app.type(`/${count % 2 === 0 ? 'lock' : 'unlock'}`);
    const first = await app.type('/case list');
    await app.type('/unlock');
    expect(numbersIn(await app.type(`/case list before:${first.next}`))).toEqual([1]);
  });

  it.each([
    ['command:mute', [3, 1]],
    ['command:/MUTE', [3, 1]],
    ['command:ban', []],
    ['state:undone', [1]],
    ['state:applied', [4, 2]],
    ['state:failed', []],
    ['command:mute state:partly', [3]],
  ])('is narrowed by %s', async (filter, numbers) => {
    await app.type('/mute bob 1h');
    await app.type('/nick bob Bo');
    await app.type('/mute dave, olivia 1h');
    await app.type('/undo 1');
    expect(numbersIn(await app.type(`/case list ${filter}`))).toEqual(numbers);
  });

  it.each([
    ['/case list before:yesterday', 'refused.cursor'],
    ['/case list state:gone', 'refused.choice'],
  ])('refuses %s', async (line, id) => {
    expect((await app.type(line)).message.id).toBe(id);
  });

  it('is of its own group', async () => {
    await app.type('/lock', { group: 'arena' });
    await app.type('/mute bob 1h');
    const list = await app.type('/case list', { group: 'arena' });
    expect(numbersIn(list)).toEqual([1]);
    expect(english(list)).not.toContain('bob');
  });
});

describe('/history and /mod', () => {
  it('are narrowed and paged like a list', async () => {
    for (let count = 0; count < 12; count += 1) {
      await app.type('/nick bob Bo');
      await app.type('/nick bob Bobby');
    }
    await app.type('/mute dave 1h');
    expect((await pagesOf('/history bob')).map((page) => page.length)).toEqual([20, 4]);
    expect(numbersIn(await app.type('/history bob command:mute'))).toEqual([]);
    expect(numbersIn(await app.type('/history dave command:mute'))).toEqual([25]);
  });

  it('show the points that stand, before the cases', async () => {
    await app.type('/warn bob points:2');
    await app.type('/warn bob, dave points:3');
    await app.type('/undo 1');
    const text = english(await app.type('/history bob'));
    expect(text).toMatch(/count now: 3 points/);
    expect(english(await app.type('/history erin'))).not.toMatch(/count now/);
    expect(english(await app.type('/history bob', { group: 'arena' }))).not.toMatch(/count now/);
  });

  it('know a moderator by the account that they are linked to', async () => {
    const id = '100000000000000001';
    await app.type(`/link ${id} alice`);
    await app.type('/mute bob 1h', { as: discordUser(id) });
    await app.type('/mute dave 1h');
    expect(numbersIn(await app.type(`/mod <@${id}>`))).toEqual([2]);
    expect(numbersIn(await app.type('/mod alice'))).toEqual([2]);
  });

  it('know a moderator without a Chat account by who they are on their surface', async () => {
    const id = '100000000000000002';
    await app.type('/mute bob 1h', { as: discordUser(id) });
    await app.type('/nick dave Davy');
    expect(numbersIn(await app.type(`/mod <@${id}>`))).toEqual([1]);
    expect(numbersIn(await app.type('/mod operator'))).toEqual([2]);
    expect(numbersIn(await app.type('/mod system'))).toEqual([]);
    expect((await app.type('/mod nobody')).kind).toBe('refused');
  });
});

describe('/case export', () => {
  it('is a file of one line a case, in order, of this group only', async () => {
    await app.type('/mute bob 1h spam');
    await app.type('/lock', { group: 'arena' });
    await app.type('/case note 1 seen it');
    await app.type('/unmute bob');
    const outcome = await app.type('/case export');
    expect(outcome).toMatchObject({ kind: 'answer', file: { name: 'cases.jsonl' } });
    const text = outcome.file?.text ?? '';
    expect(text.endsWith('\n')).toBe(true);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { group: 'guild', number: 1, command: 'mute', reason: 'spam', notes: [{ text: 'seen it' }] },
      { group: 'guild', number: 2, command: 'unmute' },
    ]);
    expect(text).not.toContain('arena');
  });

  it('of nothing is an empty file', async () => {
    const outcome = await app.type('/case export');
    expect(outcome.file).toEqual({ name: 'cases.jsonl', text: '' });
  });

  it('holds the newest that fit into a file that Discord takes', async () => {
    const author = { surface: 'terminal', id: 'x', name: 'x', account: null };
    for (const number of [1, 2, 3]) {
      await app.type(number === 2 ? '/unlock' : '/lock');
      await app.cases.addNote('guild', number, { author, text: 'x'.repeat(3_000_000), url: null });
    }
    const outcome = await app.type('/case export');
    const lines = (outcome.file?.text ?? '').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([2, 3]);
    expect(english(outcome)).toBe('2 cases as JSON Lines; at most the newest 10,000, and at most 8 MB.');
  });

  it('takes the capability cases', async () => {
    const outcome = await app.type('/case export', { as: granted(3, ['lookup', 'mute']) });
    expect(outcome.message.id).toBe('refused.capability');
    expect(outcome.file).toBeUndefined();
  });
});
