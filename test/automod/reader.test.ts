// The rules of a settings file: faults with their places, what is expected of rules, every part's example, JSON Schema.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { actions, conditions, triggers } from '../../src/automod/registry.ts';
import { bookOf, faultsOf, words } from './harness.ts';

const when = 'when: [{ keywords: { words: [x] } }]';

describe('faults, with their places', () => {
  test.each([
    ['rules: {}', 'f:1:8 rules must be a list'],
    [`rules:\n  - { name: a, ${when} }`, 'f:2:5 rules[0].then must be a list'],
    [`rules:\n  - { name: a, ${when}, then: [] }`, 'f:2:60 rules[0].then is empty'],
    [`rules:\n  - { name: a, ${when}, then: [blok] }`, 'Did you mean block?'],
    [`rules:\n  - { name: a, when: [{ keyword: { words: [x] } }], then: [block] }`, 'Did you mean keywords?'],
    [
      `rules:\n  - { name: a, when: [{ keywords: { words: [x] }, links: {} }], then: [block] }`,
      'must hold one part',
    ],
    [`rules:\n  - { name: a, when: [{}], then: [block] }`, 'must hold one part'],
    [`rules:\n  - { name: a, when: [keywords], then: [block] }`, 'needs words or lists'],
    [`rules:\n  - { name: a, ${when}, then: [block], enabled: yes }`, 'must be true, test or off'],
    [`rules:\n  - { name: a, ${when}, then: [block], color: red }`, 'rules[0].color is no setting'],
    [`rules:\n  - { name: '', ${when}, then: [block] }`, 'must be a name'],
    [
      `rules:\n  - { name: a, ${when}, then: [block] }\n  - { name: a, ${when}, then: [block] }`,
      'f:3:13 rules[1].name is the name of a rule above',
    ],
    [
      `rules: [{ name: a, when: [{ regex: { patterns: ['(?=x)y'] } }], then: [block] }]`,
      'f:1:49 rules[0].when[0].regex.patterns[0]: Look-ahead',
    ],
    [`rules: [{ name: a, when: [{ keywords: { words: ['*'] } }], then: [block] }]`, 'at least one character'],
    [`rules: [{ name: a, when: [{ keywords: { words: [007] } }], then: [block] }]`, 'needs quotes'],
    [
      `rules: [{ name: a, when: [{ keywords: { lists: [b] } }], then: [block] }]`,
      'names a list, and the file has none',
    ],
    [
      `lists: { slurs: [x] }\nrules: [{ name: a, when: [{ keywords: { lists: [slur] } }], then: [block] }]`,
      'Did you mean slurs?',
    ],
    [`lists: { bad: [] }`, 'lists.bad is empty'],
    [
      `rules: [{ name: a, when: [{ names: { words: [x] } }], then: [block] }]`,
      'no trigger of this rule reads messages',
    ],
    [`rules: [{ name: a, ${when}, then: [{ block: { words: no, silent: true } }] }]`, 'contradicts words'],
    [`rules: [{ name: a, ${when}, then: [{ mute: soon }] }]`, 'is not a duration'],
    [
      `rules: [{ name: a, ${when}, then: [{ command: { name: mute, options: { durtion: 1h } } }] }]`,
      'Possible: duration',
    ],
    [`rules: [{ name: a, ${when}, then: [{ hold: now }] }]`, 'takes no settings'],
    [
      `rules: [{ name: a, ${when}, then: [block], unless: [{ time-of-day: { from: '9', to: '25:00', zone: Mars } }] }]`,
      'must be a time of day',
    ],
    [`groups: { lobby: { rules: [{ name: a }] } }`, 'groups.lobby.rules[0].when must be a list'],
    ['expect: { a: { match: [x] } }', 'f:1:11 expect.a is the name of no rule. There are none.'],
  ])('%s', (yaml, fault) => {
    expect(faultsOf(yaml).join('\n')).toContain(fault);
  });
});

test('texts that must match and must not are tried at every load', () => {
  const rules = `rules: [{ name: a, when: [{ keywords: { words: [cat], allow: [big cat] } }], then: [block] }]\n`;
  expect(faultsOf(`${rules}expect: { a: { match: ['a CAT!'], pass: [category, big cat] } }`)).toEqual([]);
  expect(faultsOf(`${rules}expect:\n  a:\n    match: [dog]\n    pass: [the cat]`)).toEqual([
    'f:4:13 expect.a.match[0] must match, and does not: It has none of what the rule looks for: the keyword.',
    'f:5:12 expect.a.pass[0] must pass, and the rule matches: It has the keyword: “cat” in the text.',
  ]);
  expect(bookOf(`${rules}expect: { a: { match: [cat], pass: [dog, cow] } }`).expectations).toBe(3);
});

const places = [
  ['when', triggers],
  ['unless', conditions],
  ['then', actions],
] as const;
describe.each(places)('%s', (place, all) => {
  test.each(all.map((part) => [part.name, part] as const))(
    '%s: its example is right',
    (name, { example }) => {
      const own = example === '' ? name : `{ ${name}: ${example} }`;
      const rest = [
        ['when', when],
        ['then', 'then: [warn]'],
      ].filter(([key]) => key !== place);
      const yaml = `rules: [{ name: a, ${place}: [${own}], ${rest.map(([, value]) => value).join(', ')} }]`;
      expect(faultsOf(yaml)).toEqual([]);
    },
  );

  test.each(all.map((part) => [part.name, part] as const))(
    '%s: a wrong setting is a fault, never an exception',
    (name) => {
      for (const wrong of [1, 'x', [], { nope: 1 }, [[1]], null, { words: {}, allow: 3 }, true]) {
        const rule = Object.fromEntries([
          ['name', 'a'],
          ['when', [{ links: {} }]],
          ['then', ['warn']],
          [place, [{ [name]: wrong }]],
        ]);
        expect(() => faultsOf(stringify({ rules: [rule] }))).not.toThrow();
      }
    },
  );
});

test('what a rule does and looks for has words in the sentence of every part', () => {
  const book = bookOf(`rules: [{ name: a, ${when}, unless: [{ role: Admin }], then: [{ mute: 10m }] }]`);
  const [rule] = book.everywhere.rules;
  expect(rule?.when.map(({ sentence }) => words.text(sentence))).toEqual(['the keyword']);
  expect(rule?.unless.map(({ sentence }) => words.text(sentence))).toEqual(['the member is Admin']);
  expect(rule?.does.map(({ sentence }) => words.text(sentence))).toEqual(['mute the member for 10m']);
});
