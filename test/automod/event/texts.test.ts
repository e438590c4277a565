// Every text that a client could show, with the place it stands in.
import { expect, test } from 'vitest';
import { readMessage } from '../../../src/automod/event/history.ts';
import { textsOf } from '../../../src/automod/event/texts.ts';

const element = (MsgType: string, MsgContent: Record<string, unknown>) => ({ MsgType, MsgContent });
const text = (Text: string) => element('TIMTextElem', { Text });
const shown = (body: ReturnType<typeof element>[], cloud?: unknown) =>
  textsOf(body, cloud).map(({ place, text }) => `${place}: ${text}`);

test('texts, split texts, names of files and places, faces, custom data', () => {
  expect(shown([text('hello')])).toEqual(['text: hello']);
  expect(shown([text('fr'), element('TIMFaceElem', { Index: 1, Data: 'x' }), text('ee')])).toEqual([
    'text: free',
    'text: fr ee',
    'face: x',
  ]);
  expect(shown([element('TIMFileElem', { FileName: 'bad.exe', Url: 'https://cdn' })])).toEqual([
    'file: bad.exe',
  ]);
  expect(shown([element('TIMLocationElem', { Desc: 'my shop' })])).toEqual(['location: my shop']);
  const custom = {
    Desc: 'note',
    Data: '{"title":"\\u514d\\u8d39","list":["a",{"b":"c"}],"n":1}',
    Ext: 'not {json',
  };
  expect(shown([element('TIMCustomElem', custom)])).toEqual([
    'custom: note',
    'custom: 免费',
    'custom: a',
    'custom: c',
    'custom: not {json',
  ]);
  expect(shown([], '{"messageReply":{"messageAbstract":"bad"}}')).toEqual(['cloud: bad']);
});

test('forwards within forwards', () => {
  const inner = element('TIMRelayElem', { Title: 'in', MsgList: [{ MsgBody: [text('deep')] }] });
  const outer = element('TIMRelayElem', {
    Title: 'out',
    AbstractList: ['a: hi'],
    MsgList: [{ MsgBody: [text('first'), inner], CloudCustomData: 'cc' }, 'garbage', { MsgBody: 'no list' }],
  });
  expect(shown([outer]).map((one) => one.replace('forward: ', ''))).toEqual([
    'out',
    'a: hi',
    'first',
    'in',
    'deep',
    'cc',
  ]);
});

test('a body that nests without end is read to a depth', () => {
  let value: unknown = 'end';
  for (let depth = 0; depth < 5_000; depth += 1) value = [value];
  expect(shown([element('TIMCustomElem', { Data: value })])).toEqual([]);
  let relay = element('TIMRelayElem', { Title: 'end' });
  for (let depth = 0; depth < 300; depth += 1)
    relay = element('TIMRelayElem', { MsgList: [{ MsgBody: [relay] }] });
  expect(shown([relay])).toEqual([]);
});

test.each([
  [{ group: 'g', from: 'b', time: 1_764_000_000, text: 'x' }, 1_764_000_000_000],
  [{ group: 'g', from: 'b', time: '2025-11-24T16:00:00Z', text: 'x' }, 1_764_000_000_000],
  [{ GroupId: 'g', From_Account: 'b', MsgTime: '1764000000', MsgBody: [text('x')] }, 1_764_000_000_000],
  [
    { GroupId: 'g', From_Account: 'b', MsgTimestamp: 1_764_000_000, MsgSeq: 4, MsgBody: [text('x')] },
    1_764_000_000_000,
  ],
  [{ GroupId: 'g', From_Account: 'b', EventTime: '1764000000123', MsgBody: [text('x')] }, 1_764_000_000_123],
])('%j is a message', (value, at) => {
  expect(readMessage(value)).toMatchObject({
    ok: true,
    event: { group: 'g', from: 'b', at, texts: [{ text: 'x' }] },
  });
});

test.each([
  [null],
  [[]],
  [{}],
  [{ group: 'g', from: 'b', text: 'x' }],
  [{ group: 'g', from: 'b', time: 'noon', text: 'x' }],
  [{ GroupId: 'g', From_Account: 'b', MsgBody: [] }],
])('%j is none', (value) => {
  expect(readMessage(value).ok).toBe(false);
});
