// Regexes: which are refused, what an allow-list excuses, and the bypasses of others that fire here.
import { describe, expect, test } from 'vitest';
import { allowList } from '../../../src/automod/match/allow.ts';
import { patternProblem } from '../../../src/automod/match/patterns.ts';
import { Matcher } from '../../../src/automod/match/scan.ts';

/** What a regex finds that the allow-list does not excuse. */
function found(pattern: string, allow: readonly string[], text: string): string | null {
  const matcher = new Matcher();
  const id = matcher.patterns.add(pattern);
  const allowed = allowList(allow, matcher.words);
  const scan = matcher.scan(text);
  const span = scan.firstMatch(id, (one) => allowed.excuses(scan, one));
  return span === null ? null : text.slice(span.start, span.end);
}

test.each([
  ['(?=x)y', 'rules.pattern.look'],
  ['(?<!x)y', 'rules.pattern.look'],
  ['(a)\\1', 'rules.pattern.reference'],
  ['[a', 'rules.pattern.syntax'],
  ['a)(b', 'rules.pattern.syntax'],
  ['a*', 'rules.pattern.empty'],
  ['a{2000}', 'rules.pattern.syntax'],
  ['(?:a?){250}a{250}', 'rules.pattern.large'],
  [`${'x'.repeat(1_001)}`, 'rules.pattern.long'],
])('%s is refused', (source, id) => {
  expect(patternProblem(source)?.id).toBe(id);
});

test.each(['(b|c)at', '^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$', '\\p{Han}+群', '(?i)Free'])(
  '%s is taken',
  (source) => {
    expect(patternProblem(source)).toBeNull();
  },
);

test.each([
  ['(b|c)at', 'a CAT', 'CAT'],
  ['free', 'fr\u200bee', 'fr\u200bee'],
  ['free', 'ｆｒｅｅ', 'ｆｒｅｅ'],
  ['가', '\u1100\u1161', '\u1100\u1161'],
  ['^\\d+$', '①②', '①②'],
])('%s in %j', (pattern, text, part) => {
  expect(found(pattern, [], text)).toBe(part);
});

describe('an allow-list excuses what it names, and nothing beside it', () => {
  const link = 'https?:\\/\\/[^\\s<]+[^<.,:;"\')\\]\\s]';
  test.each([
    // discord-api-docs 6506: every match is looked at, not only the first.
    ['.{1,4}word', ['goodword'], 'goodword badword', ' badword'],
    ['.{1,4}word', ['goodword'], 'goodword', null],
    // A match that begins within an excused one.
    ['傻瓜|瓜子', ['傻瓜'], '傻瓜子', '瓜子'],
    // discord-api-docs 7356: the span is excused, not the message.
    [
      link,
      ['https://discord.com/*'],
      'https://discord.com/test<>https://evil-domain.com/',
      'https://evil-domain.com/',
    ],
    [link, ['https://discord.com/*'], 'see https://discord.com/test/a?b=1 there', null],
    [
      link,
      ['https://discord.com/*'],
      'https://discord.com/xhttps://evil.com',
      'https://discord.com/xhttps://evil.com',
    ],
    ['bad', ['badger*'], 'badgers are', null],
    ['bad', ['badger*'], 'badgers are bad', 'bad'],
    ['good.bad', ['good*'], 'good.bad', 'good.bad'],
  ] as const)('%s but %j in %j', (pattern, allow, text, part) => {
    expect(found(pattern, allow, text)).toBe(part);
  });
});

test('eight hostile regexes on 5,000 characters end', () => {
  const hostile = [
    '(a+)+$',
    '(a|a)*$b',
    '(a|aa)+$',
    '(.*a){20}b',
    '([a-zA-Z]+)*$b',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(.*)*(.*)*=.*',
  ];
  const texts = [`${'a'.repeat(4_999)}!`, 'x'.repeat(5_000), 'aB '.repeat(1_666)];
  for (const source of hostile) {
    if (patternProblem(source) !== null) continue;
    for (const text of texts) expect(typeof found(source, [], text)).not.toBe('undefined');
  }
}, 10_000);
