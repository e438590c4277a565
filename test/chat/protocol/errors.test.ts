import { describe, expect, test } from 'vitest';
import { describeChatError, errorRowOf, errorTable } from '../../../src/chat/protocol/errors.ts';

describe('the error table', () => {
  test.each([
    [10002, 'chat.serverTrouble', 'yes'],
    [60008, 'chat.serverTrouble', 'yes'],
    [60007, 'chat.tooFast', 'backoff'],
    [60011, 'chat.tooFast', 'backoff'],
    [60018, 'chat.tooFast', 'backoff'],
    [60019, 'chat.tooFast', 'backoff'],
    [10006, 'chat.tooFast', 'backoff'],
    [70001, 'chat.signatureExpired', 'resign'],
    [20002, 'chat.signatureExpired', 'resign'],
    [70052, 'chat.signatureExpired', 'resign'],
    [70003, 'chat.credentials', 'resign'],
    [70009, 'chat.credentials', 'no'],
    [60010, 'chat.notAppAdmin', 'no'],
    [60026, 'chat.wrongRegion', 'no'],
    [10007, 'chat.noPermission', 'no'],
    [10010, 'chat.groupMissing', 'no'],
    [10015, 'chat.groupMissing', 'no'],
    [10059, 'chat.edition', 'no'],
    [10100, 'chat.refusedByWebhook', 'no'],
    [10200, 'chat.refusedByWebhook', 'no'],
    [10201, 'chat.unknown', 'no'],
    [0, 'chat.unknown', 'no'],
  ])('%i means %s, retry: %s', (code, meaning, retry) => {
    expect(errorRowOf(code)).toMatchObject({ code, meaning, retry });
  });

  test('names each code once', () => {
    const codes = [...errorTable.values()].map(({ code }) => code);
    expect([...errorTable.keys()]).toEqual(codes);
    expect(errorTable.size).toBe(new Set(codes).size);
  });

  test('calls a change uncertain only where Chat failed, never where it refused', () => {
    const uncertain = [...errorTable.values()].filter((row) => row.uncertain);
    expect(uncertain.length).toBeGreaterThan(0);
    expect(new Set(uncertain.map(({ retry }) => retry))).toEqual(new Set(['yes']));
  });
});

test.each([
  [{ kind: 'code', code: 10002 }, 'chat.serverTrouble', true],
  [{ kind: 'code', code: 60007 }, 'chat.tooFast', true],
  // A fresh signature was tried already.
  [{ kind: 'code', code: 70001 }, 'chat.signatureExpired', false],
  [{ kind: 'code', code: 10010 }, 'chat.groupMissing', false],
  [{ kind: 'code', code: 12345 }, 'chat.unknown', false],
  [{ kind: 'unreachable' }, 'chat.unreachable', true],
  [{ kind: 'timeout' }, 'chat.timeout', true],
  [{ kind: 'garbled' }, 'chat.garbled', true],
  [{ kind: 'aborted' }, 'chat.aborted', true],
] as const)('%j is described as %s', (error, meaning, retryHelps) => {
  expect(describeChatError(error)).toEqual({ meaning, retryHelps });
});
