// The readers of options.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { flag } from '../../../src/command/options/flag.ts';
import { members } from '../../../src/command/options/members.ts';
import { messages } from '../../../src/command/options/messages.ts';
import type { Option } from '../../../src/command/options/option.ts';
import { clearableText, reason } from '../../../src/command/options/text.ts';
import { fieldKey } from '../../../src/command/options/token.ts';
import { shorten } from '../../../src/command/shorten.ts';

const read = (option: Option<unknown>, raw: string): unknown => {
  const result = option.read(raw, 'option');
  return result.ok ? result.value : result.problem.id;
};

/** The names of each reading; a quoted one in quotes. */
const readings = (raw: string): unknown => {
  const result = members().read(raw, 'option');
  if (!result.ok) return result.problem.id;
  return result.value.map((references) =>
    references.map((one) => {
      if (one.kind === 'mention') return `<${one.userId}>`;
      return one.quoted ? JSON.stringify(one.text) : one.text;
    }),
  );
};

describe('members', () => {
  it.each<[string, string[][]]>([
    ['@bob', [['@bob']]],
    ['bob', [['bob']]],
    ['@bob @carol', [['@bob', '@carol']]],
    ['@bob @carol,dave', [['@bob @carol,dave'], ['@bob @carol', 'dave'], ['@bob', '@carol', 'dave']]],
    ['bob，carol、dave', [['bob，carol、dave'], ['bob', 'carol', 'dave']]],
    ['bob the builder', [['bob the builder'], ['bob', 'the', 'builder']]],
    ['"bob the builder"', [['"bob the builder"']]],
    ['“bob the builder”', [['"bob the builder"']]],
    ['Bob the builder (u79)', [['Bob the builder (u79)'], ['Bob', 'the', 'builder', '(u79)']]],
    [
      '@bob, Bob the builder (u79)',
      [
        ['@bob, Bob the builder (u79)'],
        ['@bob', 'Bob the builder (u79)'],
        ['@bob', 'Bob', 'the', 'builder', '(u79)'],
      ],
    ],
    ['"Sir Bob" @"Lady C"', [['"Sir Bob"', '"Lady C"']]],
    ['"a, b",@"c"', [['"a, b"', '"c"']]],
    [String.raw`"say \"hi\""`, [[JSON.stringify('say "hi"')]]],
    ['@"@RBT#1"', [['"@RBT#1"']]],
    ['<@123> <@!456>', [['<123>', '<456>']]],
    ['<@123', [['<@123']]],
  ])('reads %s', (raw, expected) => {
    expect(readings(raw)).toEqual(expected);
  });

  it.each([' ', '@', ',,', '""'])('refuses %j', (raw) => {
    expect(read(members(), raw)).toBe('refused.noMember');
  });

  it('refuses more than 500', () => {
    expect(read(members(), 'a '.repeat(501))).toBe('refused.tooManyMembers');
  });
});

describe('messages', () => {
  it.each<[string, unknown]>([
    ['7', { kind: 'sequence', seqs: [7] }],
    ['#7 9, 7', { kind: 'sequence', seqs: [7, 9] }],
    ['12-10', 'refused.messages'],
    ['10-12 3', { kind: 'sequence', seqs: [3, 10, 11, 12] }],
    ['last 5', { kind: 'last', count: 5 }],
    ['LAST 5', { kind: 'last', count: 5 }],
    ['last 0', 'refused.messages'],
    ['last 101', 'refused.tooManyMessages'],
    ['last', 'refused.messages'],
    ['0', 'refused.messages'],
    ['-3', 'refused.messages'],
    ['1-101', 'refused.tooManyMessages'],
    ['1-999999999999999', 'refused.tooManyMessages'],
    ['1-60 101-160', 'refused.tooManyMessages'],
    ['abc', 'refused.messages'],
    ['', 'refused.messages'],
  ])('%s', (raw, expected) => {
    expect(read(messages(), raw)).toEqual(expected);
  });
});

describe('texts', () => {
  it('are measured in bytes of UTF-8 where Chat does', () => {
    expect(read(clearableText(50), 'a'.repeat(50))).toBe('a'.repeat(50));
    expect(read(clearableText(50), 'a'.repeat(51))).toBe('refused.tooManyBytes');
    expect(read(clearableText(50), '鞍'.repeat(16))).toBe('鞍'.repeat(16));
    expect(read(clearableText(50), '鞍'.repeat(17))).toBe('refused.tooManyBytes');
    expect(read(clearableText(50), '-')).toBe('');
  });

  it('are measured in characters where Discord does', () => {
    expect(read(reason(), '😀'.repeat(512))).toBe('😀'.repeat(512));
    expect(read(reason(), 'a'.repeat(513))).toBe('refused.tooLong');
    expect(read(reason(), 'x'.repeat(10_240))).toBe('refused.tooLong');
  });

  it.each([
    ['team', 'team'],
    ['A_1', 'A_1'],
    ['two words', 'refused.key'],
    ['x'.repeat(17), 'refused.key'],
    ['ключ', 'refused.key'],
  ])('a field key: %s', (raw, expected) => {
    expect(read(fieldKey(), raw)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['true', true],
    ['', true],
    ['OFF', false],
    ['maybe', 'refused.choice'],
  ])('a flag: %s', (raw, expected) => {
    expect(read(flag(), raw)).toBe(expected);
  });

  property.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 60 })])(
    'a shortened text fits, and is whole where it fitted already',
    (text, max) => {
      const short = shorten(text, max);
      expect(Buffer.byteLength(short)).toBeLessThanOrEqual(max);
      if (Buffer.byteLength(text) <= max) expect(short).toBe(text);
      else expect(text.startsWith(short.slice(0, -1))).toBe(true);
    },
  );
});
