// Style: text that people wrote stays text in Discord.
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { cut, discordStyle, harmless } from '../../../../src/surfaces/discord/replies/style.ts';

/** What Discord shows of a text without live markup: backslashes before punctuation vanish. */
const asRead = (text: string) => text.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('\u200b', '');

/** What is left to act when escaped characters are taken away. */
const live = (text: string) => text.replace(/\\[^0-9A-Za-z\s]/g, '');

const attacks = [
  '<@1100000000000000041>',
  '<@&1100000000000000021>',
  '<#1100000000000000031>',
  '</mute:1>',
  '<t:0:R>',
  '<:skull:1>',
  '[free gold](https://evil.example)',
  'https://evil.example/a_b_c',
  '<https://evil.example>',
  '**bold** __under__ ~~gone~~ ||spoiler|| `code` ```block```',
  '# heading',
  '-# small',
  '> quote',
  '- item',
  '1. item',
  '\\**already escaped**',
];

describe('text that people wrote', () => {
  it.each(attacks)('%s shows letter by letter', (attack) => {
    const shown = harmless(attack);
    expect(live(shown)).not.toMatch(/[*_~`|<>[\]#]|:\/\/|^\s*[-+]|^\s*\d+\./);
    expect(asRead(shown)).toBe(attack);
  });

  test.prop([fc.string({ unit: fc.constantFrom(...'\\*_~`|<>[]()#-+:@t1.a \n') })])(
    'holds no live markup, however it is put together',
    (text) => {
      expect(live(harmless(text))).not.toMatch(/[\\*_~`|<>[\]#\n]/);
    },
  );

  it('mentions nobody', () => {
    expect(harmless('@everyone @here @HERE')).not.toMatch(/@(everyone|here)/i);
    expect(harmless('@TGS#_lounge @bob')).toBe('@TGS\\#\\_lounge @bob');
  });

  it('has one line, one direction and no control characters', () => {
    expect(harmless('a\r\nb\u2028c\u0085d')).toBe('a b c d');
    expect(harmless('\u202egnp.exe\u2066\u0000\u0007\u200f')).toBe('gnp.exe');
  });

  it('keeps every language and emoji', () => {
    expect(harmless('李梅 민지 太郎 👩‍👧')).toBe('李梅 민지 太郎 👩‍👧');
  });
});

it('a moment is a timestamp, whole and relative', () => {
  expect(discordStyle.time(1_700_000_000, 'en')).toBe('<t:1700000000:F> (<t:1700000000:R>)');
});

it('a text is cut between characters', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 4)).toBe('abc…');
  expect(cut('ab👍cdef', 4)).toBe('ab…');
});
