// Hiding: a secret is found in every form, and a common one wrecks no text.
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { hideCredentials, hideInPlace, hider } from '../../src/util/hide.ts';

const secret = 'pä/ss+w"o rd#9?';
const hide = hider([secret, 'k"3y']);

describe('one secret', () => {
  test.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(secret))],
    ['in an address', encodeURIComponent(secret)],
    ['in an address, in small letters', encodeURIComponent(secret).toLowerCase()],
    ['twice encoded', encodeURIComponent(encodeURIComponent(secret))],
    ['as a form', new URLSearchParams({ p: secret }).toString()],
    ['as a password of a URL', `x://u:${encodeURIComponent(secret)}@h`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['behind one byte', Buffer.from(`:${secret}`).toString('base64')],
    ['in the middle', Buffer.from(`me:${secret}:x`).toString('base64')],
    ['in the base64 of URLs', Buffer.from(`a:${secret}`).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ])('%s', (_name, form) => {
    const text = hide(`before ${form} after`);
    expect(text).toMatch(/^before .*<hidden>.* after$/);
    expect(text.length).toBeLessThan(40);
  });

  test.prop([fc.string({ minLength: 8, unit: 'grapheme-ascii' }), fc.string(), fc.string()])(
    'wherever it stands',
    (one, before, after) => {
      fc.pre(/[^\p{L}]/u.test(one) && /[^\d]/.test(one) && !'<hidden>'.includes(one.slice(0, 3)));
      const text = hider([one])(`${before}${one}${after}`);
      expect(text).toContain('<hidden>');
      const padded = Buffer.from(`${before}${one}${after}`).toString('base64');
      expect(hider([one])(padded)).toContain('<hidden>');
    },
  );
});

describe('a short or common one', () => {
  const line = '{"level":30,"app":"app","msg":"1 mute applied by postgres, marshal and 12345"}';
  test.each(['app', '1', '', 'postgres', 'marshal', '12345', '3', 'a'])('%j leaves the text', (common) => {
    expect(hider([common])(line)).toBe(line);
  });

  test('is hidden where it stands by itself', () => {
    expect(hider(['k3y!'])('it is k3y!, not ak3y!b')).toBe('it is <hidden>, not ak3y!b');
  });

  test('is hidden where passwords stand', () => {
    expect(hideInPlace('postgres://app:app@host/app?password=1&x=1 {"password":"app"}')).toBe(
      'postgres://app:<hidden>@host/app?password=<hidden>&x=1 {"password":"<hidden>"}',
    );
  });
});

test.each([
  'no such file: /tmp/MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gx1yZ2.abcdefghijklmnopqrstuvwxyz0123456789ab',
  `cannot open ${'0123456789abcdef'.repeat(4)}`,
])('what looks like a credential is hidden: %s', (text) => {
  expect(hideCredentials(text)).toMatch(/^[^.]*<hidden>$/);
});
