// Each trigger: what it finds and what it leaves alone.
import { describe, expect, test } from 'vitest';
import { messageEvent } from '../../../src/automod/event/event.ts';
import { bench, finds, matched, ruleWith, START } from '../harness.ts';

describe.each([
  [
    '{ links: { allow: [example.com] } }',
    [
      'https://evil.test/x',
      'see evil.com',
      '加evil.com吧',
      'http://example.com.evil.org',
      'evil。com',
      'https://fr\u200bee.com',
      'example.org/path',
    ],
    [
      'https://example.com/x',
      'sub.example.com',
      'e.g. this',
      'v1.2.3',
      'main.py',
      'mail me@evil.com',
      '你好。世界',
      '3.5 is fine',
    ],
  ],
  [
    '{ domains: { deny: [evil.xyz], lookalikes: [game.example] } }',
    [
      'evil.xyz',
      'https://a.evil.xyz/b',
      'evil[.]xyz',
      'EVIL.XYZ',
      'gаme.example',
      'https://game.examp1e/',
      'xn--gme-6cd.example',
    ],
    ['notevil.xyz', 'evil.xyz.org', 'game.example', 'www.game.example'],
  ],
  [
    '{ invites: { allow: [discord.gg/ours] } }',
    [
      'discord.gg/abc',
      'https://discord.com/invite/abc',
      'https://t.me/joinchat',
      'qm.qq.com/q/abc',
      'open.kakao.com/o/abc',
    ],
    ['discord.gg/ours', 'https://discord.gg/ours?x=1', 'discord.com/channels/1', 'join us'],
  ],
  [
    '{ contacts: { allow: [qq 12345678] } }',
    [
      '加QQ 87654321',
      'qq群：一二三四五六七',
      '微信 wxid_abc123',
      'V信：abcde12345',
      '13812345678',
      '138 1234 5678',
      '010-1234-5678',
      'mail me: a.b@evil.com',
      '라인 abcde',
      'telegram @abcdef',
    ],
    ['qq 12345678', 'I have 12345 gold', '微信支付很方便', 'wechat is an app', '一个人一生一世', 'level 100'],
  ],
  ['{ mentions: { over: 2 } }', ['@a @b @c hi'], ['@a @b', '@a @a @a', 'a@b.c d@e.f g@h.i j@k.l']],
  [
    '{ mentions: { everybody: true } }',
    ['@all look', '@所有人 看', '@everyone'],
    ['all', 'me@all.com', '@ally'],
  ],
  [
    '{ caps: { share: 70, letters: 8 } }',
    ['STOP SHOUTING', 'ПРИВЕТ ВСЕМ'],
    ['GG WP', 'Stop shouting', '你好你好你好你好你好'],
  ],
  ['{ emoji: { over: 2 } }', ['😀😀😀', '👨‍👩‍👧🇫🇷👍🏽'], ['😀😀', '👨‍👩‍👧👨‍👩‍👧', '123']],
  ['{ length: { over: 5 } }', ['abcdef'], ['abcde', '😀😀😀😀😀']],
  ['{ lines: { over: 2 } }', ['a\nb\nc', 'a\r\nb\r\nc'], ['a\nb']],
  [
    'zero-width',
    ['a\u200bb\u200bc\u200bd\u200be', 'z\u0300\u0301\u0302\u0303\u0304\u0305'],
    ['👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧', 'hello', 'می‌خواهم می‌خواهم می‌خواهم می‌خواهم'],
  ],
])('%s', (trigger, found, left) => {
  test.each(found)('finds %s', async (text) => expect(await finds(trigger, text)).toBe(true));
  test.each(left)('leaves %s', async (text) => expect(await finds(trigger, text)).toBe(false));
});

test('flood counts the messages of one member in one group', async () => {
  const { say } = bench(ruleWith('{ flood: { messages: 3, within: 10s } }'));
  expect(matched(await say('a'))).toEqual([]);
  expect(matched(await say('b', { seconds: 1 }))).toEqual([]);
  expect(matched(await say('c', { seconds: 2, from: 'eve' }))).toEqual([]);
  expect(matched(await say('c', { seconds: 2, group: 'other' }))).toEqual([]);
  expect(matched(await say('d', { seconds: 9 }))).toEqual(['it']);
  expect(matched(await say('e', { seconds: 30 }))).toEqual([]);
});

test('repeated looks through disguises, and at several members where it is told to', async () => {
  const own = bench(ruleWith('{ repeated: { times: 3, within: 1m } }'));
  await own.say('Buy my gold');
  await own.say('b u y my gold 12!!!', { seconds: 1 });
  expect(matched(await own.say('sell my gold', { seconds: 2 }))).toEqual([]);
  expect(matched(await own.say('ｂｕｙ my gold', { seconds: 3, from: 'eve' }))).toEqual([]);
  expect(matched(await own.say('ｂｕｙ my gold', { seconds: 3 }))).toEqual(['it']);
  const like = bench(ruleWith('{ repeated: { times: 3, within: 1m, similar: 70, by: anybody } }'));
  await like.say('便宜金币找我加微信', { from: 'a' });
  await like.say('便宜金币找我加微信吧', { from: 'b' });
  expect(matched(await like.say('今天天气真不错啊', { from: 'c' }))).toEqual([]);
  expect(matched(await like.say('便宜的金币找我加微信', { from: 'd' }))).toEqual(['it']);
});

test('newcomer and wave of joins', async () => {
  const fresh = bench(ruleWith('{ newcomer: { within: 10m } }'));
  const role = 'Member';
  expect(matched(await fresh.say('hi', { facts: { role, joinedAt: START - 60_000 } }))).toEqual(['it']);
  expect(matched(await fresh.say('hi', { facts: { role, joinedAt: START - 601_000 } }))).toEqual([]);
  expect(matched(await fresh.say('hi', { facts: { role } }))).toEqual([]);
  const wave = bench(
    'rules: [{ name: it, when: [{ wave-of-joins: { members: 3, within: 10s } }], then: [{ lock: 10m }] }]',
  );
  const join = (from: string, seconds: number) =>
    wave.judge({ kind: 'join', group: 'g', from, at: START + seconds * 1_000 });
  expect(matched(await join('a', 0))).toEqual([]);
  expect(matched(await join('a', 1))).toEqual([]);
  expect(matched(await join('b', 2))).toEqual([]);
  expect(matched(await join('c', 3))).toEqual(['it']);
});

test('images and files are counted, endings are seen', async () => {
  const element = (MsgType: string, MsgContent: Record<string, unknown> = {}) => ({ MsgType, MsgContent });
  const judgeBody = async (trigger: string, ...MsgBody: ReturnType<typeof element>[]) =>
    matched(
      await bench(ruleWith(trigger)).judge(messageEvent({ GroupId: 'g', From_Account: 'b', MsgBody }, START)),
    );
  const image = element('TIMImageElem');
  expect(await judgeBody('{ images: { over: 1 } }', image, element('TIMVideoFileElem'))).toEqual(['it']);
  expect(await judgeBody('{ images: { over: 1 } }', image)).toEqual([]);
  expect(
    await judgeBody('{ files: { endings: [exe] } }', element('TIMFileElem', { FileName: 'Setup.EXE ' })),
  ).toEqual(['it']);
  expect(
    await judgeBody('{ files: { endings: [exe] } }', element('TIMFileElem', { FileName: 'a.txt' })),
  ).toEqual([]);
  expect(await judgeBody('{ files: { over: 0 } }', element('TIMFileElem', { FileName: 'a.txt' }))).toEqual([
    'it',
  ]);
});
