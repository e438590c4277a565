// Database URLs: what is read, what is refused, and that no password is shown.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../src/store/address.ts';
import { StoreError } from '../../src/store/error.ts';

describe('the address', () => {
  it.each([
    ['sqlite:data/x.db', 'data/x.db'],
    ['sqlite:/var/lib/x.db', '/var/lib/x.db'],
    ['sqlite::memory:', ':memory:'],
    ['SQLITE:x', 'x'],
  ])('%s is the file %s', (url, path) => {
    expect(readAddress(url)).toEqual({ kind: 'sqlite', path });
  });

  it.each([
    ['postgres://u:s3cret@h:5432/db', 'postgres://u@h:5432/db'],
    ['postgresql://u:s3cret@h/db?sslmode=require', 'postgres://u@h/db'],
    ['postgres://h/db?user=u&password=s3cret', 'postgres://h/db'],
    ['postgres:///db?host=/run/postgresql', 'postgres:///db'],
  ])('%s is shown as %s', (url, shown) => {
    expect(readAddress(url)).toMatchObject({ kind: 'postgres', url, shown });
  });

  it.each([
    ['', /names no kind of database/],
    ['data/x.db', /names no kind of database/],
    ['s3cret', /names no kind of database/],
    ['u:s3cret@h/db', /names no kind of database/],
    ['mysql://u:s3cret@h/db', /begins with mysql:, which/],
    ['sqlite:', /names no file/],
    ['sqlite://data/x.db', /slashes too many/],
    ['postgres:x', /cannot be read/],
    ['postgres://u:s3/cret@h/db', /percent-encoded/],
    ['postgres://u:12/s3cret@h/db', /percent-encoded/],
    ['postgres://u:12?s3cret@h/db', /percent-encoded/],
    ['postgres://u:12#s3cret@h/db', /percent-encoded/],
    ['postgres://u:s3cret%@h/db', /percent-encoded/],
    ['postgres://u:s3cret%ff@h/db', /percent-encoded/],
  ])('%j is refused', (url, words) => {
    const read = () => readAddress(url);
    expect(read).toThrow(StoreError);
    expect(read).toThrow(words);
    expect(read).toThrow(/Right would be /);
    expect(read).not.toThrow(/s3/);
  });

  it('leaves a password that is a common word where it is no password', () => {
    const address = readAddress('postgres://app:app@host/app');
    if (address.kind !== 'postgres') throw new Error('not PostgreSQL');
    expect(address.hide('user "app" of postgres://app:app@host/app')).toBe('user "app" of <hidden>');
  });

  property.prop([fc.string({ minLength: 8 }), fc.string()])(
    'no password appears in what is shown, however it was encoded',
    (password, noise) => {
      fc.pre(password.isWellFormed() && /[^a-z]/i.test(password) && /\D/.test(password));
      fc.pre(!'postgres://user@host/db<hidden>'.includes(password));
      const address = readAddress(`postgres://user:${encodeURIComponent(password)}@host/db`);
      if (address.kind !== 'postgres') throw new Error('not PostgreSQL');
      expect(address.shown).toBe('postgres://user@host/db');
      const hidden = address.hide(`${noise} ${password} ${address.url} ${encodeURIComponent(password)}`);
      expect(hidden.replaceAll('<hidden>', '')).not.toContain(password);
    },
  );
});
