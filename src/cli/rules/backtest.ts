// `rules backtest`: the rules on messages of the past, from a file or from Chat.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, readConfig } from '../../app/config.ts';
import { openChatService } from '../../app/services.ts';
import { readMessage } from '../../automod/event/history.ts';
import { Backtest } from '../../automod/trial/backtest.ts';
import { Decisions } from '../../automod/trial/decisions.ts';
import { createChatClient } from '../../chat/client/client.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import type { ModerationCase } from '../../moderation/cases/case.ts';
import { readDuration } from '../../moderation/duration.ts';
import { linesOf } from '../../surfaces/terminal/lines.ts';
import { type Terminal, translatorFor, writeLine } from '../../surfaces/terminal/terminal.ts';
import { detailOf, located, openLogger, readEnvironment, readOrExplain, SetupProblem } from '../setup.ts';
import { appHistory, groupHistory, LONGEST_HISTORY } from './chat-history.ts';
import { factsOfPast } from './facts.ts';
import { openProgress, type Progress } from './progress.ts';
import { report } from './report.ts';
import { allRules, readRules } from './settings.ts';

export interface BacktestFlags {
  readonly since?: string;
  readonly group?: string;
  readonly json?: boolean;
  readonly locale?: string;
}

/** What a shell reports for a program that was interrupted. */
const INTERRUPTED = 130;
/** How many faults of a history are shown one by one. */
const MOST_FAULTS = 10;

/** Messages of the past, and what could not be read of them. */
interface History {
  /** Feeds all messages; resolves when they were judged. */
  read(into: Intake): Promise<void>;
  /** What roles and times of joining are asked of; `null`: nothing is known of them. */
  readonly chat: Parameters<typeof factsOfPast>[1];
  close(): Promise<void>;
}

/** Takes what a history holds. */
interface Intake {
  take(value: unknown, place: string): Promise<void>;
  fault(place: string, problem: Message): void;
  readonly progress: Progress;
}

/**
 * Tries the rules of the settings on messages of the past. Nothing is changed anywhere.
 * @returns the exit code: 0 when messages were read
 * @throws SetupProblem for faulty settings, a history that cannot be read, or a record that cannot be opened
 */
export async function backtestRules(
  terminal: Terminal,
  path: string | undefined,
  flags: BacktestFlags,
): Promise<number> {
  if ((path === undefined) === (flags.since === undefined))
    throw new SetupProblem([message('rules.backtest.source')]);
  const config = readOrExplain(readConfig, readEnvironment(terminal));
  const book = await readRules(config.settingsFile, terminal.directory);
  if (allRules(book).length === 0) throw new SetupProblem([message('rules.none')]);
  const translator = translatorFor(terminal.environment, flags.locale);
  const decisions = new Decisions(await casesOf(terminal, config));
  const history = path === undefined ? await chatSource(terminal, config, flags) : fileSource(terminal, path);
  const progress = openProgress(terminal, translator);
  try {
    const lookUp = factsOfPast(decisions, history.chat, terminal.stop);
    const backtest = new Backtest({ book, decisions, lookUp, timer: () => performance.now() });
    const faults = new Faults(terminal, (problem) => translator.text(problem));
    await history.read({
      progress,
      fault: (place, problem) => faults.add(place, problem),
      async take(value, place) {
        const read = readMessage(value);
        if (read.ok) await backtest.take(read.event, read.seq);
        else faults.add(place, read.problem);
      },
    });
    progress.close();
    if (terminal.stop.aborted) return INTERRUPTED;
    faults.close();
    const unknown =
      history.chat === null ? message('rules.backtest.rolesUnknown') : message('rules.backtest.rolesOfNow');
    report(terminal, backtest, translator, {
      json: flags.json ?? false,
      unreadable: faults.count,
      about: unknown,
    });
    return backtest.messages > 0 ? 0 : 1;
  } finally {
    progress.close();
    await history.close();
  }
}

/** Says what could not be read: the first ones each, the rest as a number. */
class Faults {
  count = 0;
  readonly #terminal: Terminal;
  readonly #words: (problem: Message) => string;

  constructor(terminal: Terminal, words: (problem: Message) => string) {
    this.#terminal = terminal;
    this.#words = words;
  }

  add(place: string, problem: Message): void {
    this.count += 1;
    if (this.count > MOST_FAULTS) return;
    writeLine(this.#terminal.stderr, this.#words(message('settings.at', { place, problem })));
  }

  close(): void {
    if (this.count <= MOST_FAULTS) return;
    writeLine(
      this.#terminal.stderr,
      this.#words(message('rules.backtest.moreFaults', { count: this.count - MOST_FAULTS })),
    );
  }
}

function fileSource(terminal: Terminal, path: string): History {
  const file = resolve(terminal.directory, path);
  const size = sizeOf(file, path);
  return {
    chat: null,
    close: () => Promise.resolve(),
    async read({ take, fault, progress }) {
      const stream = createReadStream(file);
      let line = 0;
      for await (const text of linesOf(stream, terminal.stop)) {
        line += 1;
        if (text.trim() === '') continue;
        const place = `${path}:${line}:1`;
        const value = jsonOf(line === 1 ? text.replace(/^\uFEFF/, '') : text);
        if (value.ok) await take(value.value, place);
        else fault(place, message('rules.history.json', { detail: literal(value.detail) }));
        if (line % 1_000 === 0) progress.at(size === 0 ? 1 : stream.bytesRead / size);
      }
    },
  };
}

function sizeOf(file: string, path: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    throw new SetupProblem([message('rules.backtest.unreadable', { file: path, detail: detailOf(error) })], {
      cause: error,
    });
  }
}

function jsonOf(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, detail: error.message };
    throw error;
  }
}

/** @throws SetupProblem for a time that is none, or longer ago than Chat keeps */
async function chatSource(
  terminal: Terminal,
  config: Config,
  { since = '', group }: BacktestFlags,
): Promise<History> {
  const read = readDuration(since);
  if (!read.ok) throw new SetupProblem([read.problem]);
  if (read.value === 'permanent' || (group === undefined && read.value.seconds > LONGEST_HISTORY)) {
    throw new SetupProblem([message('rules.backtest.tooLong', { longest: { seconds: LONGEST_HISTORY } })]);
  }
  const { seconds } = read.value;
  const logger = openLogger(terminal, config, 'error');
  const services = await openChatService(config, logger);
  const { sdkAppId, secretKey, admin, baseUrl } = services.chat;
  const client = createChatClient({ sdkAppId, secretKey, admin, baseUrl, clock: Date.now, logger });
  return {
    chat: client,
    async close() {
      await client.close();
      await services.close();
    },
    async read({ take, fault, progress }) {
      const now = Date.now();
      const from = now - seconds * 1_000;
      const { stop } = terminal;
      const pieces =
        group === undefined ? appHistory(client, from, now, stop) : groupHistory(client, group, from, stop);
      for await (const piece of pieces) {
        if (piece.kind === 'message') await take(piece.value, group ?? 'Chat');
        else if (piece.kind === 'progress') progress.at(piece.share);
        else {
          const { error } = piece;
          const detail = typeof error === 'string' ? error : `${error.code ?? error.kind} ${error.detail}`;
          fault(piece.hour, message('rules.backtest.missing', { detail }));
        }
      }
    },
  };
}

/** All cases of the record, the oldest first; none where there is no record yet. */
async function casesOf(terminal: Terminal, config: Config): Promise<readonly ModerationCase[]> {
  const url = located(config.databaseUrl, terminal.directory);
  const file = /^sqlite:(.+)$/.exec(url)?.[1];
  if (file === ':memory:' || (file !== undefined && !existsSync(file))) return [];
  const { openStore } = await import('../../store/store.ts');
  const logger = openLogger(terminal, config, 'error');
  try {
    const store = await openStore(url, { clock: Date, logger, readOnly: true });
    try {
      const cases: ModerationCase[] = [];
      for (let before: string | undefined; ; ) {
        const page = await store.cases.list({}, { limit: 1_000, before });
        cases.push(...page.cases);
        if (page.next === null) return cases.reverse();
        before = page.next;
      }
    } finally {
      await store.close();
    }
  } catch (error) {
    throw new SetupProblem([message('terminal.recordFailed', { detail: detailOf(error) })], { cause: error });
  }
}
