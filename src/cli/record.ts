// `backup`, `export` and `import`: the record of cases as files.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { commands } from '../../commands/index.ts';
import { readConfig } from '../app/config.ts';
import { literal, message } from '../i18n/message.ts';
import { foreignFile } from '../store/exchange/foreign.ts';
import type { Store } from '../store/store.ts';
import { linesOf } from '../surfaces/terminal/lines.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import { decodeStream } from '../util/decode.ts';
import { detailOf, located, openLogger, readEnvironment, readOrExplain, SetupProblem } from './setup.ts';

/**
 * Copies the SQLite database to a new file; the bot may run meanwhile.
 * @throws SetupProblem when it cannot: the file is there already, or PostgreSQL, which has pg_dump
 */
export function backup(terminal: Terminal, path: string, locale: string | undefined): Promise<number> {
  return withStore(terminal, { readOnly: true }, async (store) => {
    await store.backup(resolve(terminal.directory, path));
    say(terminal, locale, 'record.copied', path);
    return 0;
  });
}

/** Writes the cases to stdout, one JSON object a line. @throws SetupProblem when the record cannot be read */
export function exportCases({ stdout, ...terminal }: Terminal): Promise<number> {
  return withStore({ stdout, ...terminal }, { readOnly: true }, async (store) => {
    for await (const line of store.exportCases()) {
      if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
    }
    return 0;
  });
}

/**
 * Reads exported cases from a file: all of them, or none and the faults by line.
 * @returns the exit code: 1 when nothing was imported
 * @throws SetupProblem when the file or the record cannot be opened
 */
export function importCases(terminal: Terminal, path: string, locale: string | undefined): Promise<number> {
  return withStore(terminal, {}, async (store) => {
    const file = createReadStream(resolve(terminal.directory, path));
    await once(file, 'open');
    const lines = linesOf(Readable.from(decodeStream(file)));
    const start = await firstOf(lines);
    const foreign = start.length === 0 ? null : foreignFile(start.join('\n'));
    if (foreign !== null) {
      say(terminal, locale, foreign === 'list' ? 'record.noExport' : 'record.foreign', path, foreign);
      return 1;
    }
    const plausible = { commands: new Set(commands.map(({ name }) => name)), now: Date.now() };
    const result = await store.importCases(chained(start, lines), plausible);
    if (result.ok) {
      say(terminal, locale, 'record.imported', String(result.imported));
      return 0;
    }
    say(terminal, locale, 'record.notImported', path);
    for (const { line, problem } of result.faults) writeLine(terminal.stderr, `${path}:${line}: ${problem}`);
    return 1;
  });
}

/** Enough of a file to tell whose it is. */
const FIRST_LINES = 20;

async function firstOf(lines: AsyncGenerator<string>): Promise<readonly string[]> {
  const first: string[] = [];
  while (first.length < FIRST_LINES) {
    const { done, value } = await lines.next();
    if (done === true) break;
    first.push(value);
  }
  return first.some((line) => line.trim() !== '') ? first : [];
}

async function* chained(first: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield* first;
  yield* rest;
}

type Said = 'record.copied' | 'record.imported' | 'record.notImported' | 'record.foreign' | 'record.noExport';

function say(terminal: Terminal, locale: string | undefined, id: Said, what: string, whose = ''): void {
  const { text } = translatorFor(terminal.environment, locale);
  writeLine(terminal.stderr, text(message(id, { what: literal(what), whose: literal(whose) })));
}

async function withStore(
  terminal: Terminal,
  access: { readonly readOnly?: boolean },
  work: (store: Store) => Promise<number>,
): Promise<number> {
  const config = readOrExplain(readConfig, readEnvironment(terminal));
  const logger = openLogger(terminal, config, 'error');
  const { openStore } = await import('../store/store.ts');
  try {
    const url = located(config.databaseUrl, terminal.directory);
    const store = await openStore(url, { clock: Date, logger, ...access });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    throw new SetupProblem([message('terminal.recordFailed', { detail: detailOf(error) })], { cause: error });
  }
}
