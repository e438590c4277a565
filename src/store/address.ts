// Reads a database URL, and keeps its secrets apart from what may be shown.
import { hideInPlace, hider } from '../util/hide.ts';
import { StoreError } from './error.ts';

export interface SqliteAddress {
  readonly kind: 'sqlite';
  /** Path of the file, or `:memory:`. */
  readonly path: string;
}

export interface PostgresAddress {
  readonly kind: 'postgres';
  /** With the password: for the driver only. */
  readonly url: string;
  /** Without password and parameters. */
  readonly shown: string;
  /** Cuts the secrets out of a text. */
  hide(text: string): string;
}

export type Address = SqliteAddress | PostgresAddress;

const RIGHT = 'Right would be sqlite:PATH, or postgres://USER:PASSWORD@HOST:5432/NAME.';

const unreadable = (text: string): StoreError => new StoreError(text, { problem: 'address' });

/** @throws StoreError that shows at most the scheme: the rest may be a secret */
export function readAddress(url: string): Address {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'sqlite') return readSqlite(url.slice('sqlite:'.length));
  if (scheme === 'postgres' || scheme === 'postgresql') return readPostgres(url);
  throw unreadable(
    scheme === undefined || !url.includes('://')
      ? `The database URL names no kind of database. ${RIGHT}`
      : `The database URL begins with ${scheme}:, which this program cannot use. ${RIGHT}`,
  );
}

function readSqlite(path: string): SqliteAddress {
  if (path === '') throw unreadable(`The database URL sqlite: names no file. ${RIGHT}`);
  // Two slashes read like a relative path and would mean one from the root.
  if (path.startsWith('//')) {
    throw unreadable(
      `The database URL sqlite:${path} has slashes too many. Right would be sqlite:data/file.db or sqlite:/folder/file.db.`,
    );
  }
  return { kind: 'sqlite', path };
}

function readPostgres(url: string): PostgresAddress {
  const parsed = URL.parse(url);
  const password = decoded(parsed?.password ?? '');
  if (parsed === null || password === null || isCutShort(url, parsed)) {
    throw unreadable(
      'The database URL postgres:… cannot be read; signs such as @ / ? # % in its password must be ' +
        `percent-encoded. ${RIGHT}`,
    );
  }
  const user = parsed.username === '' ? '' : `${parsed.username}@`;
  const hide = hider([url, password, parsed.searchParams.get('password') ?? '']);
  return {
    kind: 'postgres',
    url,
    shown: `postgres://${user}${parsed.host}${parsed.pathname}`,
    hide: (text) => hideInPlace(hide(text)),
  };
}

/** Whether a sign in the password ended the host too early, so that a part of the password stands elsewhere. */
const isCutShort = (url: string, { pathname, search }: URL): boolean =>
  !/^\w+:\/\//.test(url) || url.includes('#') || `${pathname}${search}`.includes('@');

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
