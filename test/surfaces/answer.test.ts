// Answers in words, in every language.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { locales } from '../../src/i18n/locale.ts';
import { answersTo, invitation, readAnswer } from '../../src/surfaces/answer.ts';
import { translatorFor } from '../../src/surfaces/terminal/terminal.ts';

const confirmation = ['confirm'];
const ways = ['extend', 'until', 'replace'];
const meant = (line: string, choices: readonly string[], locale = 'en') => {
  const answer = readAnswer(line, choices, translatorFor({}, locale));
  return answer.kind === 'chosen' ? answer.choice : answer.kind;
};

test.each([
  ['confirm', 'confirm'],
  ['  Confirm ', 'confirm'],
  ['yes', 'confirm'],
  ['Y', 'confirm'],
  ['ｙｅｓ', 'confirm'],
  ['', 'cancelled'],
  ['   ', 'cancelled'],
  ['no', 'cancelled'],
  ['N', 'cancelled'],
  ['cancel', 'cancelled'],
  // What is irreversible is not guessed.
  ['conf', 'unclear'],
  ['c', 'unclear'],
  ['ye', 'unclear'],
  ['yes please', 'unclear'],
  ['/ban @bob 60', 'unclear'],
  ['extend', 'unclear'],
])('a confirmation: %j is %s', (line, answer) => {
  expect(meant(line, confirmation)).toBe(answer);
});

test.each([
  ['extend', 'extend'],
  ['e', 'extend'],
  ['UNT', 'until'],
  ['r', 'replace'],
  ['replaced', 'unclear'],
  ['yes', 'unclear'],
  ['x', 'unclear'],
  ['', 'cancelled'],
  ['n', 'cancelled'],
])('a choice: %j is %s', (line, answer) => {
  expect(meant(line, ways)).toBe(answer);
});

describe.each(locales)('%s', (locale) => {
  const translator = translatorFor({}, locale);

  test('every word that Tab offers is an answer', () => {
    for (const choices of [confirmation, ways]) {
      for (const word of answersTo(choices, translator)) {
        expect(['unclear'], word).not.toContain(meant(word, choices, locale));
      }
    }
  });

  test('the invitation names words that need no input method', () => {
    for (const word of [...ways, 'cancel']) expect(invitation(ways, translator)).toContain(word);
  });
});

test('the invitation, in words', () => {
  expect(invitation(confirmation, translatorFor({}))).toBe('Type confirm or cancel: ');
  expect(invitation(ways, translatorFor({}))).toBe('Type extend / until / replace or cancel: ');
  expect(invitation(confirmation, translatorFor({}, 'zh-CN'))).toBe(
    '请输入 确认 (confirm) 或 取消 (cancel)： ',
  );
});

property.prop([fc.string(), fc.constantFrom(...locales)])(
  'nothing but its words confirms',
  (line, locale) => {
    const words = [...answersTo(confirmation, translatorFor({}, locale)), 'yes', 'y'];
    fc.pre(!words.includes(line.normalize('NFKC').trim().toLowerCase()));
    expect(meant(line, confirmation, locale)).not.toBe('confirm');
  },
);
