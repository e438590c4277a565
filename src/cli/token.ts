// `token create|list|revoke`: the tokens of programs that use the HTTP interface, in the record beside those of the settings.
import { randomBytes } from 'node:crypto';
import { type Config, readConfig } from '../app/config.ts';
import type { Logger } from '../app/logger.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import { type Capability, capabilities, type Rank } from '../moderation/capability.ts';
import { readDuration } from '../moderation/duration.ts';
import { operatorId } from '../moderation/people/actor.ts';
import {
  checksumOf,
  type KnownToken,
  type TokenQuestions,
  tokenQuestions,
} from '../moderation/people/token.ts';
import { tokenName } from '../settings/fault.ts';
import type { Store } from '../store/store.ts';
import { plain, safeJson } from '../surfaces/terminal/style.ts';
import { table } from '../surfaces/terminal/table.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import {
  detailOf,
  located,
  openLogger,
  readEnvironment,
  readOrExplain,
  readSettings,
  SetupProblem,
} from './setup.ts';

/** As typed. */
export interface CreateFlags {
  readonly name: string;
  readonly allow: readonly string[];
  readonly rank: string;
  readonly group?: readonly string[];
  readonly expires?: string;
  readonly questions?: string;
  readonly impersonate?: readonly string[];
  readonly locale?: string;
}

/**
 * Makes a token and shows it, this once, alone on the last line of stdout.
 * @throws SetupProblem with every fault of what was typed, and where the token would be lost at once
 */
export async function createToken(terminal: Terminal, flags: CreateFlags): Promise<number> {
  const wanted = read(flags);
  return withTokens(terminal, flags.locale, async ({ store, ofSettings, translator }) => {
    // 32 random bytes: nobody guesses them from the checksum. The prefix tells whose token it is where one is found.
    const token = `cm_${randomBytes(32).toString('base64url')}`;
    const taken = ofSettings.some(({ name }) => name === wanted.name);
    const by = { surface: 'terminal', id: operatorId, name: operatorId, account: null };
    const expiresAt = wanted.lasts === null ? null : Date.now() + wanted.lasts * 1_000;
    const { lasts: _relative, ...grant } = wanted;
    const added = taken
      ? null
      : await store.tokens.add({ ...grant, checksum: checksumOf(token), expiresAt, by });
    if (added === null) throw new SetupProblem([message('token.taken', { name: literal(wanted.name) })]);
    writeLine(terminal.stderr, translator.text(message('token.created', { name: literal(wanted.name) })));
    writeLine(terminal.stdout, token);
    return 0;
  });
}

/** Lists the tokens of the settings and of the record; never a token itself. */
export async function listTokens(
  terminal: Terminal,
  { locale, json = false }: { readonly locale?: string; readonly json?: boolean },
): Promise<number> {
  return withTokens(terminal, locale, async ({ store, ofSettings, translator }) => {
    const [recorded, uses] = [await store.tokens.list(), await store.tokens.uses()];
    const names = new Set(ofSettings.map(({ name }) => name));
    const rows = [
      ...ofSettings.map((token) => rowOf(token, 'marshal.yaml', uses)),
      ...recorded.map((token) => rowOf(token, names.has(token.name) ? 'shadowed' : 'record', uses)),
    ];
    if (json) for (const row of rows) writeLine(terminal.stdout, safeJson(row));
    else for (const line of inWords(rows, translator)) writeLine(terminal.stdout, line);
    return 0;
  });
}

/** Takes a token back; a running server stops to accept it within a second. @throws SetupProblem where there is none in the record */
export async function revokeToken(
  terminal: Terminal,
  name: string,
  locale: string | undefined,
): Promise<number> {
  return withTokens(terminal, locale, async ({ store, ofSettings, translator }) => {
    const removed = await store.tokens.remove(name);
    const written = ofSettings.some((token) => token.name === name);
    if (written) throw new SetupProblem([message('token.written', { name: literal(plain(name)) })]);
    if (!removed) throw new SetupProblem([message('token.unknown', { name: literal(plain(name)) })]);
    writeLine(terminal.stdout, translator.text(message('token.revoked', { name: literal(plain(name)) })));
    return 0;
  });
}

interface Wanted {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly rank: Rank;
  readonly groups: ReadonlySet<string> | null;
  readonly questions: TokenQuestions;
  readonly impersonate: readonly string[];
  /** Seconds; `null`: for good. */
  readonly lasts: number | null;
}

/** @throws SetupProblem with every fault at once */
function read(flags: CreateFlags): Wanted {
  const faults: Message[] = [];
  const refuse = (option: string, right: Message): undefined => {
    faults.push(message('token.faulty', { option: literal(option), right }));
  };
  const choices = (values: readonly string[]) =>
    message('config.right.choice', { choices: literal(values.join(', ')) });
  if (!tokenName.test(flags.name)) refuse('--name', message('token.right.name'));
  const allow = listOf(flags.allow);
  const allowed = capabilities.filter((one) => allow.includes(one));
  if (allow.length === 0 || allowed.length < new Set(allow).size) refuse('--allow', choices(capabilities));
  const rank =
    ([1, 2, 3] as const).find((one) => String(one) === flags.rank) ??
    refuse('--rank', choices(['1', '2', '3']));
  const groups = listOf(flags.group ?? []);
  if (flags.group !== undefined && groups.length === 0) refuse('--group', message('config.right.groupId'));
  const questions =
    tokenQuestions.find((one) => one === (flags.questions ?? 'ask')) ??
    refuse('--questions', choices(tokenQuestions));
  const lasts = lastsOf(flags.expires) ?? refuse('--expires', message('token.right.expires'));
  const impersonate = listOf(flags.impersonate ?? []);
  if (faults.length > 0 || rank === undefined || questions === undefined || lasts === undefined) {
    throw new SetupProblem(faults);
  }
  return {
    name: flags.name,
    capabilities: new Set(allowed),
    rank,
    groups: groups.length === 0 ? null : new Set(groups),
    questions,
    impersonate,
    lasts: lasts === 'never' ? null : lasts,
  };
}

/** What was typed once with commas, or several times. */
const listOf = (typed: readonly string[]): readonly string[] =>
  typed
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');

function lastsOf(typed: string | undefined): number | 'never' | undefined {
  if (typed === undefined) return 'never';
  const read = readDuration(typed);
  if (!read.ok) return undefined;
  return read.value === 'permanent' ? 'never' : read.value.seconds;
}

type Row = ReturnType<typeof rowOf>;

function rowOf(
  token: KnownToken,
  source: 'marshal.yaml' | 'record' | 'shadowed',
  uses: ReadonlyMap<string, number>,
) {
  const used = uses.get(token.name);
  return {
    name: token.name,
    allow: [...token.capabilities],
    rank: token.rank,
    groups: token.groups === null ? null : [...token.groups],
    questions: token.questions,
    impersonate: token.impersonate,
    expires: token.expiresAt === null ? null : new Date(token.expiresAt).toISOString(),
    used: used === undefined ? null : new Date(used).toISOString(),
    source,
  };
}

const heads = ['name', 'allow', 'rank', 'groups', 'questions', 'expires', 'used', 'source'] as const;

function inWords(rows: readonly Row[], { text }: Translator): readonly string[] {
  if (rows.length === 0) return [text(message('token.none'))];
  const cellOf = (value: Row[keyof Row]) =>
    plain(Array.isArray(value) ? value.join(',') : String(value ?? '-'));
  return table([
    heads.map((head) => text(message(`token.head.${head}`))),
    ...rows.map((row) => heads.map((head) => cellOf(row[head]))),
  ]);
}

interface Tokens {
  readonly store: Store;
  readonly ofSettings: readonly KnownToken[];
  readonly translator: Translator;
}

async function withTokens(
  terminal: Terminal,
  locale: string | undefined,
  work: (tokens: Tokens) => Promise<number>,
): Promise<number> {
  const environment = readEnvironment(terminal);
  const config = readOrExplain(readConfig, environment);
  if (config.databaseUrl === 'sqlite::memory:') throw new SetupProblem([message('token.sandbox')]);
  const logger = openLogger(terminal, config, 'error');
  const { tokens: ofSettings } = await readSettings(config.settingsFile, terminal.directory);
  const store = await open(config, logger, terminal.directory);
  try {
    return await work({ store, ofSettings, translator: translatorFor(environment, locale) });
  } finally {
    await store.close();
  }
}

async function open(config: Config, logger: Logger, directory: string): Promise<Store> {
  const { openStore } = await import('../store/store.ts');
  const url = located(config.databaseUrl, directory);
  return openStore(url, { clock: Date, logger, shared: true }).catch((error: unknown) => {
    throw new SetupProblem([message('terminal.recordFailed', { detail: detailOf(error) })], { cause: error });
  });
}
