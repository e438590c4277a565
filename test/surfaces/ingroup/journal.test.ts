// The journal: what was taken is not lost, and nothing is taken twice.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../../src/surfaces/ingroup/journal.ts';
import type { Typed } from '../../../src/surfaces/ingroup/typed.ts';

function file(): string {
  const directory = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'deep', 'ingroup.jsonl');
}

const typed = (
  id: string,
  where: Typed['where'] = { kind: 'group', group: 'guild', topic: null },
): Typed => ({
  id: where.kind === 'group' ? `group\n${id}` : `direct\n${id}`,
  from: 'alice',
  where,
  text: '/mute @bob 60',
  mentions: ['bob'],
  custom: '',
  at: 1,
  sent: 2,
});

test('what was not finished is there after a restart, and what was is not', () => {
  const path = file();
  const before = openJournal(path);
  for (const id of ['a', 'b', 'c']) expect(before.take(typed(id), 1_000)).toBe(true);
  before.finish(typed('b'));
  // The process ends here: nobody closes the journal, and its last line is cut off.
  appendFileSync(path, '{"taken":{"id":"d"');
  const after = openJournal(path);
  expect(after.left).toEqual([typed('a'), typed('c')]);
  expect(after.take(typed('b'), 60_999)).toBe(false);
  expect(after.take(typed('b'), 61_000)).toBe(true);
  after.close();
  before.close();
});

test('the same message within a minute is taken once; a one-to-one message never again', () => {
  const journal = openJournal(null);
  const direct = typed('k', { kind: 'direct' });
  expect([0, 59_999, 60_000].map((now) => journal.take(typed('a'), now))).toEqual([true, false, true]);
  expect([0, 10_000_000].map((now) => journal.take(direct, now))).toEqual([true, false]);
});

test('is for its own user alone, and does not grow for ever', () => {
  const path = file();
  const journal = openJournal(path);
  for (let index = 0; index < 6_000; index += 1) {
    const one = typed(String(index));
    journal.take(one, index * 1_000);
    journal.finish(one);
  }
  journal.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(10_500);
  expect(openJournal(path).left).toEqual([]);
});
