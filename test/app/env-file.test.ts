// `.env`: what each way of writing a value gives, and what can be read in two ways.
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { readEnvFile } from '../../src/app/env-file.ts';

describe('one value', () => {
  test.each([
    ['A=@TGS#2C5SZEAEF', '@TGS#2C5SZEAEF'],
    ['A=@TGS#_@TGS#cABC@TOPIC#_@TOPIC#x # the topic', '@TGS#_@TGS#cABC@TOPIC#_@TOPIC#x'],
    ["A='@TGS#2C5SZEAEF'   # quoted", '@TGS#2C5SZEAEF'],
    ['A="pa ss #word"', 'pa ss #word'],
    ['A="it\\nstays"', 'it\\nstays'],
    [`A='o'clock'`, `o'clock`],
    [`A='a'#b'`, `a'#b`],
    ['A=`x`', 'x'],
    ['A=#first', '#first'],
    ['A= # nothing', ''],
    ['A=', ''],
    ['A=singapore          # or china', 'singapore'],
    ['export A = x ', 'x'],
    ['A: x', 'x'],
    ['A=a=b', 'a=b'],
    ['A=first\nA=second', 'second'],
    ['\r\n# A=no\r\nA=x\r\nB=y\r\n', 'x'],
    ['A="two\nlines"\nB=y', 'two\nlines'],
  ])('%j', (text, value) => {
    expect(readEnvFile(text).values.A).toBe(value);
  });

  test.prop([fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n']/.test(text))])(
    'between quotes is itself',
    (value) => {
      expect(readEnvFile(`A='${value}'\nB=1`).values).toEqual({ A: value, B: '1' });
    },
  );
});

test.each([
  ['A=x #y', 'comment'],
  ['A= #y', 'comment'],
  ['A="x', 'quote'],
  ['A="x\nB="y"', 'quote'],
  ['A=x # y', undefined],
  ['A=x ## y', undefined],
  ['A=x #', undefined],
  ['A=x #y\nA=x', undefined],
])('%j is doubtful: %s', (text, doubt) => {
  expect(readEnvFile(text).doubts.get('A')).toBe(doubt);
});
