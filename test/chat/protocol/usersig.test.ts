import { deflateSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { Api } from 'tls-sig-api-v2';
import { describe, expect, test } from 'vitest';
import {
  createSigner,
  decodeUserSig,
  signUserSig,
  verifyUserSig,
} from '../../../src/chat/protocol/usersig.ts';

const secretKey = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e';
const sdkAppId = 1400000000;
const issuedAt = 1700000000;
const app = { sdkAppId, secretKey };

/** Encodes a document as the libraries do, whatever is in it. */
const encode = (document: unknown, level = -1) =>
  deflateSync(typeof document === 'string' ? document : JSON.stringify(document), { level })
    .toString('base64')
    .replaceAll('+', '*')
    .replaceAll('/', '-')
    .replaceAll('=', '_');

const documentOf = (userSig: string): Record<string, unknown> =>
  JSON.parse(
    inflateSync(
      Buffer.from(userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='), 'base64'),
    ).toString(),
  );

const vectors = [
  {
    identifier: 'xiaojun',
    expire: 15552000,
    signature: 'LvA7d/Iw7gSsnskvVzBDPOCCDbuNCw4GHwTC0bip+B4=',
    encoded:
      'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwhWZiflZpXlQqeKU7MSCgswUJStDEwMogMiUZOamKlkZmqOKplYUZBaBxE1NTY3gosWZ6UpWSj5ljuYp*p7l5unBxXnF2WVhVU4uAf7Ozi5JpX7O5SbuHuUhzgZJmQXaTia2SrUAohcx8g__',
  },
  {
    identifier: 'administrator',
    expire: 86400,
    signature: 'yLAe+w7WUeUuqbV9h/TX78u21oTGi+i9Zp1u3PpnY60=',
    encoded:
      'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJEpycxNVbIyNEcVTa0oyCxKVbKyMDOBCRVnpitZKVX6OKZql5uHh6aGlhYmhVlm6IdEmFuUGhnmh7hnamdaRhUYlhoHFORFmhnYKtUCAK0SM5I_',
  },
];

describe.each(vectors)('the computed vector of $identifier', ({ identifier, expire, signature, encoded }) => {
  const fields = { identifier, sdkAppId, issuedAt, expire, signature };

  test('is signed alike', () => {
    expect(decodeUserSig(signUserSig({ ...app, identifier, issuedAt, expire }))).toEqual(fields);
  });
  test('is decoded', () => {
    expect(decodeUserSig(encoded)).toEqual(fields);
  });
  test('is valid until it expires', () => {
    const last = issuedAt + expire;
    expect(verifyUserSig(encoded, { ...app, identifier, now: last })).toBe('ok');
    expect(verifyUserSig(encoded, { ...app, identifier, now: last + 1 })).toBe(70001);
  });
});

describe('agreement with the official library', () => {
  const identities = fc.record({
    sdkAppId: fc.integer({ min: 1, max: 4_294_967_295 }),
    secretKey: fc.string({ unit: 'grapheme', minLength: 1 }),
    identifier: fc.string({ unit: 'grapheme', minLength: 1 }),
  });
  const expires = fc.integer({ min: 1, max: 15_552_000 });

  test('what it signs is accepted here', () => {
    fc.assert(
      fc.property(identities, expires, (identity, expire) => {
        const userSig = new Api(identity.sdkAppId, identity.secretKey).genUserSig(
          identity.identifier,
          expire,
        );
        const now = decodeUserSig(userSig)?.issuedAt ?? 0;
        expect(verifyUserSig(userSig, { ...identity, now })).toBe('ok');
      }),
    );
  });

  test('what is signed here has the very same fields', () => {
    fc.assert(
      fc.property(identities, expires, (identity, expire) => {
        const theirs = new Api(identity.sdkAppId, identity.secretKey).genUserSig(identity.identifier, expire);
        const issuedAt = decodeUserSig(theirs)?.issuedAt ?? 0;
        expect(documentOf(signUserSig({ ...identity, issuedAt, expire }))).toEqual(documentOf(theirs));
      }),
    );
  });

  test('a signature with a userbuf is accepted', () => {
    const userSig = new Api(sdkAppId, secretKey).genPrivateMapKey('xiaojun', 300, 10000, 255);
    const decoded = decodeUserSig(userSig);
    expect(decoded?.userBuf).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const now = decoded?.issuedAt ?? 0;
    expect(verifyUserSig(userSig, { ...app, identifier: 'xiaojun', now })).toBe('ok');
    const { 'TLS.userbuf': _removed, ...rest } = documentOf(userSig);
    expect(verifyUserSig(encode(rest), { ...app, identifier: 'xiaojun', now })).toBe(70009);
  });
});

describe('verifyUserSig', () => {
  const identifier = 'administrator';
  const userSig = signUserSig({ ...app, identifier, issuedAt, expire: 86400 });
  const expected = { ...app, identifier, now: issuedAt };

  test.each([
    ['another level of compression, as Go writes', encode(documentOf(userSig), 0)],
    [
      'another order of the keys, as Python writes',
      encode(Object.fromEntries(Object.entries(documentOf(userSig)).reverse())),
    ],
    ['white space', encode(JSON.stringify(documentOf(userSig), null, 2))],
    [
      'numbers in strings',
      encode({ ...documentOf(userSig), 'TLS.sdkappid': '1400000000', 'TLS.time': '1700000000' }),
    ],
  ])('accepts %s', (_what, other) => {
    expect(verifyUserSig(other, expected)).toBe('ok');
  });

  test.each([
    ['nothing', ''],
    ['not the alphabet', 'eJx+/='],
    ['not zlib', 'AAAA'],
    ['cut short', userSig.slice(0, 40)],
    ['not JSON', encode('hello')],
    ['not an object', encode([1])],
    ['without fields', encode({ 'TLS.ver': '2.0' })],
    ['a fractional time', encode({ ...documentOf(userSig), 'TLS.time': 1.5 })],
    ['a megabyte in a kilobyte', encode({ ...documentOf(userSig), 'TLS.userbuf': 'A'.repeat(1_000_000) })],
  ])('answers 70003 to %s', (_what, broken) => {
    expect(verifyUserSig(broken, expected)).toBe(70003);
  });

  test('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verifyUserSig(text, expected)).toBe(70003);
      }),
    );
  });

  test('judges in the documented order', () => {
    const late = { now: issuedAt + 86401 };
    const key = { ...late, secretKey: 'other' };
    const account = { ...key, identifier: 'other' };
    const other = { ...account, sdkAppId: 1 };
    const verdicts = [other, account, key, late].map((wrong) =>
      verifyUserSig(userSig, { ...expected, ...wrong }),
    );
    expect(verdicts).toEqual([70014, 70013, 70009, 70001]);
  });

  test.each(['TLS.time', 'TLS.expire'])('notices a changed %s', (field) => {
    const document = documentOf(userSig);
    const changed = encode({ ...document, [field]: Number(document[field]) + 1 });
    expect(verifyUserSig(changed, expected)).toBe(70009);
  });

  test.each(['', 'AAAA', '?'])('answers 70009 to the signature %j', (signature) => {
    expect(verifyUserSig(encode({ ...documentOf(userSig), 'TLS.sig': signature }), expected)).toBe(70009);
  });
});

describe('createSigner', () => {
  const identifier = 'administrator';
  const hour = 3_600_000;

  test('signs once and renews an hour before the end', () => {
    let now = issuedAt * 1000;
    const signer = createSigner({ ...app, identifier, clock: () => now });
    const first = signer.current();
    expect(decodeUserSig(first)).toMatchObject({ issuedAt, expire: 86400 });
    now += 23 * hour - 1;
    expect(signer.current()).toBe(first);
    now += 1;
    const second = signer.current();
    expect(decodeUserSig(second)?.issuedAt).toBe(issuedAt + 23 * 3600);
    expect(verifyUserSig(second, { ...app, identifier, now: now / 1000 + 86400 })).toBe('ok');
  });

  test('what it hands out has an hour left at least', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 30 * hour })), (steps) => {
        let now = issuedAt * 1000;
        const signer = createSigner({ ...app, identifier, clock: () => now });
        for (const step of steps) {
          now += step;
          const soon = Math.floor(now / 1000) + 3599;
          expect(verifyUserSig(signer.current(), { ...app, identifier, now: soon })).toBe('ok');
        }
      }),
      { numRuns: 30 },
    );
  });

  test('renews when told to', () => {
    let now = issuedAt * 1000;
    const signer = createSigner({ ...app, identifier, clock: () => now });
    const first = signer.current();
    now += 1000;
    const renewed = signer.renew();
    expect(renewed).not.toBe(first);
    expect(signer.current()).toBe(renewed);
  });
});
