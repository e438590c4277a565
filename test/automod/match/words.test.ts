// Keywords: what Discord documents, what follows from it, every script, disguises, and texts that are none.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { fold, plainText } from '../../../src/automod/match/fold.ts';
import { Words, wordProblem } from '../../../src/automod/match/words.ts';

/** What is found of one keyword, as it stands in the text. */
function found(keyword: string, text: string): readonly string[] {
  const words = new Words();
  words.add(keyword);
  return words.find(fold(text)).map(({ start, end }) => text.slice(start, end));
}

describe("Discord's strategies, as documented", () => {
  test.each([
    ['cat*', 'catch', 'cat'],
    ['cat*', 'Catapult', 'Cat'],
    ['cat*', 'CAtTLE', 'CAt'],
    ['tra*', 'train', 'tra'],
    ['tra*', 'trade', 'tra'],
    ['tra*', 'TRAditional', 'TRA'],
    ['the mat*', 'the matrix', 'the mat'],
    ['*cat', 'wildcat', 'cat'],
    ['*cat', 'copyCat', 'Cat'],
    ['*tra', 'extra', 'tra'],
    ['*tra', 'ultra', 'tra'],
    ['*tra', 'orchesTRA', 'TRA'],
    ['*the mat', 'breathe mat', 'the mat'],
    ['*cat*', 'location', 'cat'],
    ['*cat*', 'eduCation', 'Cat'],
    ['*tra*', 'abstracted', 'tra'],
    ['*tra*', 'outrage', 'tra'],
    ['*the mat*', 'breathe matter', 'the mat'],
    ['cat', 'cat', 'cat'],
    ['train', 'a train', 'train'],
    ['the mat', 'on the mat.', 'the mat'],
    ['i like c++', 'so I like C++ a lot', 'I like C++'],
  ])('%s is in %s', (keyword, text, part) => {
    expect(found(keyword, text)).toEqual([part]);
  });

  test.each([
    ['cat*', 'wildcat'],
    ['*cat', 'category'],
    ['cat', 'category'],
    ['cat', 'wildcat'],
    ['the mat', 'breathe mat'],
    ['the mat', 'the matrix'],
  ])('%s is not in %s', (keyword, text) => {
    expect(found(keyword, text)).toEqual([]);
  });
});

describe('where words end', () => {
  test.each([
    ['cat', 'cat!', true],
    ['cat', '(cat)', true],
    ['cat', 'cat_girl', true],
    ['cat', 'cat2', false],
    ['cat', 'a\ncat\n', true],
    ['free skins', 'free\n   skins', true],
    ['кот', 'мой кот тут', true],
    ['кот', 'котик', false],
    ['café', 'un café noir', true],
    ['café', 'un cafe\u0301 noir', true],
    ['café', 'cafés', false],
    ['c++', 'i like c++ ok', true],
    ['c++', 'abc++', false],
    ['傻瓜', '你是傻瓜', true],
    ['傻瓜', '你 傻瓜 啊', true],
    ['傻瓜', '傻傻瓜子', true],
    ['cat', '傻cat瓜', true],
    ['바보', '너는 바보야', true],
    ['ばか', 'お前はバカだ', true],
    ['โง่', 'คุณโง่มาก', true],
    ['a * b', 'a * b', true],
    ['100', '1000', false],
    ['*', 'anything', false],
  ])('%s in %j: %s', (keyword, text, isThere) => {
    if (wordProblem(keyword) !== null) return expect(isThere).toBe(false);
    expect(found(keyword, text).length > 0).toBe(isThere);
  });

  test('a word that cannot be seen is no keyword', () => {
    expect(wordProblem('')?.id).toBe('rules.word.empty');
    expect(wordProblem('*')?.id).toBe('rules.word.empty');
    expect(wordProblem('**')?.id).toBe('rules.word.empty');
    expect(wordProblem(' \u200b ')?.id).toBe('rules.word.empty');
    expect(wordProblem('x'.repeat(201))?.id).toBe('rules.word.long');
    expect(wordProblem('cat*')).toBeNull();
  });
});

/** Ways in which people hide words. The last one is not found: any letter could stand behind the star. */
const evasions: readonly (readonly [keyword: string, text: string])[] = [
  ['free skins', 'FREE SKINS'],
  ['free skins', 'ｆｒｅｅ　ｓｋｉｎｓ'],
  ['free skins', 'fr\u200bee sk\u200dins'],
  ['free skins', 'fr\u00adee skins'],
  ['free skins', 'free\u2060 skins'],
  ['free skins', '\u202efree skins'],
  ['free skins', 'frеe skіns'],
  ['free skins', 'ƒree ѕkіnѕ'],
  ['free skins', '𝗳𝗿𝗲𝗲 𝘀𝗸𝗶𝗻𝘀'],
  ['free skins', '𝓯𝓻𝓮𝓮 𝓼𝓴𝓲𝓷𝓼'],
  ['free skins', 'ⓕⓡⓔⓔ ⓢⓚⓘⓝⓢ'],
  ['free skins', '🅵🆁🅴🅴 🆂🅺🅸🅽🆂'],
  ['free skins', 'ꜰʀᴇᴇ ꜱᴋɪɴꜱ'],
  ['free skins', 'fr33 sk1n5'],
  ['free skins', 'fr€€ $kin$'],
  ['free skins', 'free    skins'],
  ['free skins', 'free\nskins'],
  ['free skins', 'f r e e s k i n s'],
  ['free skins', 'f.r.e.e s.k.i.n.s'],
  ['free skins', 'f-r-e-e-s-k-i-n-s'],
  ['free skins', 'free_skins'],
  ['free skins', 'free-skins'],
  ['free skins', 'freeeee skiiins'],
  ['free skins', 'fréé skïns'],
  ['free skins', 'f̶r̶e̶e̶ s̶k̶i̶n̶s̶'],
  ['free skins', 'f͑̓r͢ee skin͠s'],
  ['free skins', 'FrEe SkInS!!!'],
  ['free skins', '🇫🇷🇪🇪 🇸🇰🇮🇳🇸'],
  ['kill', 'kiII'],
  ['cocaine', 'сосаіnе'],
  ['加微信', '加 微 信'],
  ['加微信', '加.微.信'],
  ['加微信', '加\u200b微\u200b信'],
  ['加微信', '加⾁微信'.replace('⾁', '\ufe0f')],
  ['바보', '바\u3164보'],
  ['바보', '\u1107\u1161\u1107\u1169'],
  ['ばか', 'ﾊﾞｶ'],
  ['ばか', 'バ・カ'],
  ['free skins', 'fr*e sk*ns'],
];

test('38 of 39 evasions are found', () => {
  const missed = evasions.filter(([keyword, text]) => found(keyword, text).length === 0);
  expect(evasions).toHaveLength(39);
  expect(missed.map(([, text]) => text)).toEqual(['fr*e sk*ns']);
});

describe('what only looks like a disguise', () => {
  test.each([
    ['fail', 'the fall of it'],
    ['kill', 'kil'],
    ['good', 'oh my god'],
    ['bot', 'a boot'],
    ['ass', 'it costs 455'],
    ['leet', 'port 1337'],
    ['cop', 'это не сор, а мусор'],
    ['apart', 'a part'],
    ['free skins', 'freeskins'],
    ['傻瓜', '我很傻 瓜子好吃'],
    ['傻瓜', '傻。瓜子'.replace('。', '了')],
    ['now', 'I am n o t here'],
    ['100', '1OO'],
  ])('%s is not in %s', (keyword, text) => {
    expect(found(keyword, text)).toEqual([]);
  });
});

describe('folding', () => {
  test.each([
    ['你好，世界', '你好,世界'],
    ['안녕하세요 여러분', '안녕하세요 여러분'],
    ['こんにちは世界', 'こんにちは世界'],
    ['繁體中文與简体中文', '繁體中文與简体中文'],
    ['東京タワー', '東京たわー'],
    ['ｶﾞﾝﾀﾞﾑ', 'がんだむ'],
    ['𠮷野家', '𠮷野家'],
    ['мой кот', 'мой кот'],
  ])('%s is read as %s', (text, plain) => {
    expect(plainText(fold(text))).toBe(plain);
  });

  property.prop([fc.string({ unit: 'grapheme', maxLength: 200 })])(
    'keeps places in order, for any text',
    (text) => {
      const { length, starts, ends } = fold(text);
      for (let at = 0; at < length; at += 1) {
        const [start = -1, end = -1] = [starts[at], ends[at]];
        expect(start).toBeLessThan(end);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeGreaterThanOrEqual(starts[at - 1] ?? 0);
      }
    },
  );

  const plainWord = fc.stringMatching(/^[b-df-hj-np-tv-z]{3,8}$/);
  property.prop([
    fc.array(plainWord, { minLength: 1, maxLength: 30 }),
    fc.nat(),
    fc.array(plainWord, { maxLength: 5 }),
  ])('finds any of many words between others, and nothing else', (keywords, pick, others) => {
    const words = new Words();
    for (const keyword of keywords) words.add(keyword);
    const wanted = keywords[pick % keywords.length] ?? '';
    const text = [...others, wanted, ...others].join(' ');
    const hits = words.find(fold(text)).map(({ start, end }) => text.slice(start, end));
    const there = new Set(text.split(' ').filter((one) => keywords.includes(one)));
    for (const one of there) expect(hits).toContain(one);
  });
});
