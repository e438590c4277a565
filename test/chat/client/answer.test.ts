import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../src/chat/client/answer.ts';
import { endpointNames } from '../../../src/chat/protocol/endpoints.ts';

const read = (text: string) => readAnswer('destroy_group', text);

describe('readAnswer', () => {
  test.each([
    ['the documented envelope', '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}'],
    ['no ActionStatus', '{"ErrorCode":0,"ErrorInfo":""}'],
    ['no ErrorInfo', '{"ActionStatus":"OK","ErrorCode":0}'],
    ['no ErrorCode', '{"ActionStatus":"OK"}'],
    ['a code in a string', '{"ActionStatus":"OK","ErrorCode":"0"}'],
    ['nulls', '{"ActionStatus":"OK","ErrorInfo":null,"ErrorCode":null}'],
    ['unknown fields', '{"ErrorCode":0,"RequestId":"x","ErrorDisplay":"","New":{"a":[1]}}'],
    ['ErrorInfo that is no text', '{"ErrorCode":0,"ErrorInfo":{"a":1}}'],
  ])('takes %s for success', (_what, text) => {
    expect(read(text)).toMatchObject({ ok: true });
  });

  test.each([
    ['{"ActionStatus":"FAIL","ErrorInfo":"no such group","ErrorCode":10010}', 10010, 'no such group', false],
    ['{"ErrorCode":10010}', 10010, '', false],
    ['{"ErrorCode":"10010"}', 10010, '', false],
    ['{"ActionStatus":"OK","ErrorCode":10010}', 10010, '', false],
    ['{"ActionStatus":"FAIL","ErrorCode":10002}', 10002, '', true],
    ['{"ActionStatus":"FAIL","ErrorCode":0,"ErrorInfo":"?"}', 0, '?', true],
    ['{"ActionStatus":"FAIL"}', 0, '', true],
  ])('takes %s for a failure', (text, code, detail, uncertain) => {
    expect(read(text)).toMatchObject({ ok: false, kind: 'code', code, detail, uncertain });
  });

  test.each([
    '',
    'null',
    '[]',
    '1',
    '"OK"',
    '{}',
    '<html>',
    '{"ActionStatus":"OK"',
    '{"ErrorCode":1.5}',
    '{"ErrorCode":"x"}',
  ])('takes %j for garbled and worth another try', (text) => {
    expect(read(text)).toMatchObject({ ok: false, kind: 'garbled', retry: 'yes', uncertain: true });
  });

  test('takes a success of another shape for garbled, and no further try', () => {
    const answer = readAnswer('create_group', '{"ActionStatus":"OK","ErrorCode":0}');
    expect(answer).toMatchObject({ ok: false, kind: 'garbled', retry: 'no', uncertain: true });
    expect(answer).toHaveProperty('detail', expect.stringContaining('GroupId'));
  });

  test('cleans lists and keeps unknown fields', () => {
    const text = '{"ErrorCode":0,"MutedAccountList":null,"Extra":1}';
    expect(readAnswer('get_group_muted_account', text)).toEqual({
      ok: true,
      answer: { ErrorCode: 0, MutedAccountList: [], Extra: 1 },
    });
  });

  test('looks at the code of each group, not at the outer one, where groups are asked for', () => {
    const groups = '"GroupInfo":[{"GroupId":"a","ErrorCode":10010}]';
    const read = (text: string) => readAnswer('get_group_info', text);
    expect(read(`{"ActionStatus":"FAIL","ErrorCode":10010,${groups}}`)).toMatchObject({
      ok: true,
      answer: { GroupInfo: [{ GroupId: 'a', ErrorCode: 10010 }] },
    });
    expect(read('{"ActionStatus":"FAIL","ErrorCode":70001}')).toMatchObject({ kind: 'code', code: 70001 });
    expect(read('{"ErrorCode":10007,"GroupInfo":[]}')).toMatchObject({ kind: 'code', code: 10007 });
    expect(readAnswer('destroy_group', `{"ErrorCode":10010,${groups}}`)).toMatchObject({ code: 10010 });
  });

  test('never throws, whatever Chat sends', () => {
    const texts = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(fc.constantFrom(...endpointNames), texts, (name, text) => {
        expect(readAnswer(name, text)).toHaveProperty('ok');
      }),
    );
  });
});
