// How an outcome is written: for people, and for programs.
import { expect, test } from 'vitest';
import { message } from '../../../src/i18n/message.ts';
import type { Outcome } from '../../../src/request/outcome.ts';
import { report } from '../../../src/surfaces/terminal/report.ts';
import { translatorFor } from '../../../src/surfaces/terminal/terminal.ts';
import { Written } from '../../cli/harness.ts';

const listed: Outcome = {
  kind: 'answer',
  command: 'case',
  message: message('case.list', { group: 'guild', count: 1 }),
  results: [
    { target: '7', outcome: 'answer', message: message('case.undoes', { case: 7 }) },
    { target: '6', outcome: 'answer', message: message('case.undoes', { case: 6 }) },
  ],
  requests: [],
  next: '1795388993151.4',
};

const exported: Outcome = {
  kind: 'answer',
  command: 'case',
  message: message('case.exported', { count: 1, max: 10, size: 8 }),
  results: [],
  requests: [],
  file: { name: 'cases.jsonl', text: '{"reason":"\u009b2J\u202e"}\n' },
};

function written(outcome: Outcome, json: boolean) {
  const [output, notices] = [new Written(), new Written()];
  report(outcome, { output, notices, translator: translatorFor({}), json });
  return { output: output.text, notices: notices.text };
}

test('in words, how to see the page that follows stands under the lines', () => {
  const { output } = written(listed, false);
  expect(output.trim().split('\n').slice(-2)).toEqual([
    expect.stringContaining('6'),
    'More: add before:1795388993151.4',
  ]);
});

test('in JSON, where that page begins is a value of its own', () => {
  const { next, file, text } = JSON.parse(written(listed, true).output);
  expect({ next, file }).toEqual({ next: '1795388993151.4', file: undefined });
  expect(text).toContain('More: add before:1795388993151.4');
});

test('a file alone is the output; what is said about it stands beside', () => {
  const { output, notices } = written(exported, false);
  expect(output).toBe('{"reason":"\\u009b2J\\u202e"}\n');
  expect(JSON.parse(output)).toEqual({ reason: '\u009b2J\u202e' });
  expect(notices).toBe('One case as JSON Lines; at most the newest 10, and at most 8 MB.\n');
});

test('in JSON, a file is a value with its name', () => {
  const { output, notices } = written(exported, true);
  expect(JSON.parse(output)).toMatchObject({ id: 'case.exported', file: exported.file });
  expect(notices).toBe('');
});

test('an outcome without a page or a file has no such keys', () => {
  const { next: _next, ...plain } = listed;
  const { output } = written(plain, true);
  expect(Object.keys(JSON.parse(output))).toEqual([
    'command',
    'outcome',
    'id',
    'text',
    'results',
    'requests',
  ]);
});
