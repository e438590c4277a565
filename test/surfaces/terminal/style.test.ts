// Text that people wrote, made harmless for a terminal.
import { describe, expect, test } from 'vitest';
import { plain, readableJson, safeJson, terminalStyle } from '../../../src/surfaces/terminal/style.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be left.
const controlling = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const hostile = [
  ['a colour', '\u001b[31mred\u001b[0m', 'red'],
  ['a cleared screen', 'a\u001b[2J\u001b[Hb', 'ab'],
  ['a window title', '\u001b]0;owned\u0007x', 'x'],
  ['a link', '\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['a one-byte introducer', '\u009b31mred', 'red'],
  ['a new line', 'Bob\r\nDone: everybody is unmuted', 'Bob Done: everybody is unmuted'],
  ['Unicode line breaks', 'a\u2028b\u2029c\u0085d', 'a b c d'],
  ['a backspace', 'abc\b\b\bxyz', 'abcxyz'],
  ['a turn of direction', 'a\u202egpj.exe', 'agpj.exe'],
  ['isolates and marks', '\u2066a\u2069\u200fb\u061c', 'ab'],
  ['a lone escape', '\u001b', ''],
] as const;

describe('names', () => {
  test.each(hostile)('lose %s', (_name, text, harmless) => {
    expect(plain(text)).toBe(harmless);
  });

  test.each(['鞍马天狗', '민지', 'Zoë 🏳️‍🌈', 'a\u200db', '<@1> **x** "q"'])('keep %s', (text) => {
    expect(plain(text)).toBe(text);
  });
});

describe('JSON', () => {
  test.each(hostile)('holds %s as text, not as itself', (_name, text) => {
    for (const json of [safeJson({ text }), readableJson({ text })]) {
      expect(json).not.toMatch(controlling);
      expect(JSON.parse(json)).toEqual({ text });
    }
  });

  test('for people has blanks between its values and stays on one line', () => {
    expect(readableJson({ a: [1, 'x\n y'], b: {} })).toBe('{ "a": [ 1, "x\\n y" ], "b": {} }');
  });
});

test.each(['en', 'zh-CN', 'ko', 'ja'] as const)('a moment in %s names the day and the zone', (locale) => {
  const text = terminalStyle.time(Date.UTC(2026, 0, 2, 12) / 1_000, locale);
  expect(text).toMatch(/2026/);
  expect(text).toMatch(/UTC|GMT|[A-Z]{3,4}|협정 세계시|표준시|時間/);
});
