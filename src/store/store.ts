// Opens the store: the database by its URL, its schema up to date, and the repositories on it.
import type { CaseRepository } from '../moderation/cases/case.ts';
import type { LinkRepository } from '../moderation/people/link.ts';
import type { TokenRepository } from '../moderation/people/token.ts';
import type { PlaceRepository } from '../moderation/place.ts';
import type { Clock } from '../util/clock.ts';
import { type Address, readAddress } from './address.ts';
import { createCases } from './cases/repository.ts';
import type { Access, Database } from './database.ts';
import { exportCases } from './exchange/export.ts';
import { type ImportResult, importCases } from './exchange/import.ts';
import type { Plausible } from './exchange/record.ts';
import { groupsOf } from './groups.ts';
import { createLinks } from './links.ts';
import { createPlaces } from './places.ts';
import { storeError } from './problems.ts';
import { migrate, requireCurrent } from './schema/migrate.ts';
import { createTokens } from './tokens.ts';

/** Where the store writes what nobody waits for; a pino logger fits. */
export interface StoreLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface StoreDeps {
  readonly clock: Clock;
  readonly logger: StoreLogger;
  /**
   * Opens for looking only: takes no lock, so that a backup or an export can be made of a file that a running
   * process writes; changes nothing, not even the schema.
   */
  readonly readOnly?: boolean;
  /**
   * Opens beside the process that owns a SQLite file, for a program that carries out one command and ends. Numbers are
   * given and cases settled in transactions; what only one process may do (settling what is left) is the owner's.
   * The schema is brought up to date only while nobody owns the file. PostgreSQL is always shared.
   */
  readonly shared?: boolean;
}

export interface Store {
  readonly cases: CaseRepository;
  readonly links: LinkRepository;
  readonly places: PlaceRepository;
  readonly tokens: TokenRepository;
  /** The groups that cases, places and logs name. */
  groups(): Promise<readonly string[]>;
  /**
   * Copies a SQLite database to a new file, in use or not.
   * @throws StoreError for a file that exists, and for PostgreSQL, which has pg_dump
   */
  backup(path: string): Promise<void>;
  /** One line of JSON a case, with its notes and reasons, in the order in which they were opened. */
  exportCases(): AsyncIterable<string>;
  /** Adds exported cases under their numbers: all, or none and every fault by its line. Unless told, any command is taken. */
  importCases(lines: Iterable<string> | AsyncIterable<string>, plausible?: Plausible): Promise<ImportResult>;
  /** Waits for what is being written. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
 * @throws StoreError that names the database, what is wrong, and what would be right; never a password
 */
export async function openStore(url: string, deps: StoreDeps): Promise<Store> {
  const address = readAddress(url);
  const database = await explained(address, () => open(address, deps));
  try {
    await explained(address, () => bringUpToDate(database, deps));
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOn(database, deps.clock);
}

/** Each driver is loaded where it is configured. */
async function open(address: Address, { logger, ...how }: StoreDeps): Promise<Database> {
  if (address.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite/database.ts');
    return openSqlite(address, accessOf(how));
  }
  const { openPostgres } = await import('./postgres/database.ts');
  return openPostgres(address, accessOf(how), logger);
}

function accessOf({ readOnly, shared }: Pick<StoreDeps, 'readOnly' | 'shared'>): Access {
  if (readOnly === true) return 'read';
  return shared === true ? 'shared' : 'own';
}

async function bringUpToDate(database: Database, { clock, logger, shared }: StoreDeps): Promise<void> {
  if (!database.ownsSchema) return requireCurrent(database);
  const applied = await migrate(database, clock);
  if (applied.length > 0) logger.info({ database: database.shown, applied }, 'migrated the database');
  if (shared === true) database.share();
}

const storeOn = (database: Database, clock: Clock): Store => ({
  cases: createCases(database, clock),
  links: createLinks(database.db, clock),
  places: createPlaces(database.db, clock),
  tokens: createTokens(database.db, clock),
  groups: () => groupsOf(database.db),
  backup: database.backup,
  exportCases: () => exportCases(database.db),
  importCases: (lines, plausible) => importCases(database.db, lines, plausible),
  close: database.close,
});

/** Turns the errors of drivers and of the system, which do not say what would be right, into our own. */
async function explained<Value>(address: Address, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw storeError(address, error);
  }
}
