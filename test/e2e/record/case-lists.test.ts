// The record in lists: narrowed, page by page, with the points that stand, and handed out as a file.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/request/outcome.ts';
import {
  discordUser,
  english,
  granted,
  type Product,
  settingsWith,
  startProduct,
} from '../../support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await startProduct({}, { settings: settingsWith({ quota: null }) });
});
afterEach(() => product.close());

const numbersIn = ({ results }: Outcome) => results.map(({ target }) => Number(target));

/** Numbers of all pages that a line leads to, page by page. */
async function pagesOf(line: string): Promise<readonly number[][]> {
  const pages: number[][] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const page: Outcome = await product.type(next === '' ? line : `${line} before:${next}`);
    expect(page.kind).toBe('answer');
    pages.push(numbersIn(page));
    next = page.next;
  }
  return pages;
}

describe('/case list', () => {
  it('shows 20 a page, newest first, every case once', async () => {
    for (let count = 0; count < 45; count += 1) await product.type(`/${count % 2 === 0 ? 'lock' : 'unlock'}`);
    const pages = await pagesOf('/case list');
    expect(pages.map((page) => page.length)).toEqual([20, 20, 5]);
    expect(pages.flat()).toEqual(Array.from({ length: 45 }, (_, index) => 45 - index));
    expect((await pagesOf('/case list command:lock')).flat()).toHaveLength(23);
  });

  it('is not disturbed by cases that come meanwhile', async () => {
    for (let count = 0; count < 21; count += 1) await product.type(`/${count % 2 === 0 ? 'lock' : 'unlock'}`);
    const first = await product.type('/case list');
    await product.type('/unlock');
    expect(numbersIn(await product.type(`/case list before:${first.next}`))).toEqual([1]);
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
    await product.type('/mute bob 1h');
    await product.type('/nick bob Bo');
    await product.type('/mute dave, olivia 1h');
    await product.type('/undo 1');
    expect(numbersIn(await product.type(`/case list ${filter}`))).toEqual(numbers);
  });

  it.each([
    ['/case list before:yesterday', 'refused.cursor'],
    ['/case list state:gone', 'refused.choice'],
  ])('refuses %s', async (line, id) => {
    expect((await product.type(line)).message.id).toBe(id);
  });

  it('is of its own group', async () => {
    await product.type('/lock', { group: 'arena' });
    await product.type('/mute bob 1h');
    const list = await product.type('/case list', { group: 'arena' });
    expect(numbersIn(list)).toEqual([1]);
    expect(english(list)).not.toContain('bob');
  });
});

describe('/history and /mod', () => {
  it('are narrowed and paged like a list', async () => {
    for (let count = 0; count < 12; count += 1) {
      await product.type('/nick bob Bo');
      await product.type('/nick bob Bobby');
    }
    await product.type('/mute dave 1h');
    expect((await pagesOf('/history bob')).map((page) => page.length)).toEqual([20, 4]);
    expect(numbersIn(await product.type('/history bob command:mute'))).toEqual([]);
    expect(numbersIn(await product.type('/history dave command:mute'))).toEqual([25]);
  });

  it('show the points that stand, before the cases', async () => {
    await product.type('/warn bob points:2');
    await product.type('/warn bob, dave points:3');
    await product.type('/undo 1');
    const text = english(await product.type('/history bob'));
    expect(text).toMatch(/count now: 3 points/);
    expect(english(await product.type('/history erin'))).not.toMatch(/count now/);
    expect(english(await product.type('/history bob', { group: 'arena' }))).not.toMatch(/count now/);
  });

  it('know a moderator by the account that they are linked to', async () => {
    const id = '100000000000000001';
    await product.type(`/link ${id} alice`);
    await product.type('/mute bob 1h', { as: discordUser(id) });
    await product.type('/mute dave 1h');
    expect(numbersIn(await product.type(`/mod <@${id}>`))).toEqual([1]);
    expect(numbersIn(await product.type('/mod alice'))).toEqual([1]);
  });

  it('know a moderator without a Chat account by who they are on their surface', async () => {
    const id = '100000000000000002';
    await product.type('/mute bob 1h', { as: discordUser(id) });
    await product.type('/nick dave Davy');
    expect(numbersIn(await product.type(`/mod <@${id}>`))).toEqual([1]);
    expect(numbersIn(await product.type('/mod operator'))).toEqual([2]);
    expect(numbersIn(await product.type('/mod system'))).toEqual([]);
    expect((await product.type('/mod nobody')).kind).toBe('refused');
  });
});

describe('/case export', () => {
  it('is a file of one line a case, in order, of this group only', async () => {
    await product.type('/mute bob 1h spam');
    await product.type('/lock', { group: 'arena' });
    await product.type('/case note 1 seen it');
    await product.type('/unmute bob');
    const outcome = await product.type('/case export');
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
    const outcome = await product.type('/case export');
    expect(outcome.file).toEqual({ name: 'cases.jsonl', text: '' });
  });

  it('holds the newest that fit into a file that Discord takes', async () => {
    const author = { surface: 'terminal', id: 'x', name: 'x', account: null };
    for (const number of [1, 2, 3]) {
      await product.type(number === 2 ? '/unlock' : '/lock');
      await product.cases.addNote('guild', number, { author, text: 'x'.repeat(3_000_000), url: null });
    }
    const outcome = await product.type('/case export');
    const lines = (outcome.file?.text ?? '').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([2, 3]);
    expect(english(outcome)).toBe('2 cases as JSON Lines; at most the newest 10,000, and at most 8 MB.');
  });

  it('takes the capability cases', async () => {
    const outcome = await product.type('/case export', { as: granted(3, ['lookup', 'mute']) });
    expect(outcome.message.id).toBe('refused.capability');
    expect(outcome.file).toBeUndefined();
  });
});
