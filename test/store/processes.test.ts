// Several processes, and processes that are killed: no acknowledged case is lost, and a lock dies with its holder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { doneTarget, draft } from './cases/drafts.ts';
import { databases, logger, reopen, sqlite, tickingClock } from './databases.ts';

const writer = join(import.meta.dirname, 'writer.ts');

interface Writer {
  /** What was acknowledged so far, without the first line, `ready`. */
  readonly lines: readonly string[];
  /** Waits until so many lines were printed. */
  reaches(count: number): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** @param pause milliseconds between two cases: SQLite is not fair, and several writers without a pause starve one */
async function startWriter(url: string, access: 'own' | 'shared' = 'own', pause = 0): Promise<Writer> {
  const child = spawn(process.execPath, [writer, url, access, String(pause)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => kill(child));
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = once(output, 'close');
  const reaches = async (count: number) => {
    while (lines.length < count) {
      const [event] = await Promise.race([once(output, 'line'), ended.then(() => [null])]);
      if (event === null && lines.length < count) throw new Error('the writer ended early');
    }
  };
  await reaches(1);
  return {
    get lines() {
      return lines.slice(1);
    },
    reaches: (count) => reaches(count + 1),
    async kill() {
      await kill(child);
      await ended;
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** In the order in which they were opened. */
async function allCases(store: Store): Promise<readonly { number: number; state: string }[]> {
  const cases: { number: number; state: string }[] = [];
  for await (const line of store.exportCases()) cases.push(JSON.parse(line));
  return cases;
}

const numbers = (cases: readonly { readonly number: number }[]) => cases.map(({ number }) => number);

const numbersOf = (lines: readonly string[], word: string): readonly number[] =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.slice(word.length + 1)));

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('loses no acknowledged case when its process is killed, five times over', async () => {
      const url = await database.fresh();
      const acknowledged: string[] = [];
      for (const lines of [1, 20, 37, 80, 155]) {
        const child = await startWriter(url);
        await child.reaches(lines);
        await child.kill();
        acknowledged.push(...child.lines);
      }
      const store = await reopen(url);
      const cases = await allCases(store);
      const states = new Map(cases.map((one) => [one.number, one.state]));
      const opened = numbersOf(acknowledged, 'opened');
      expect(opened.length).toBeGreaterThan(100);
      expect(new Set(opened).size).toBe(opened.length);
      expect(opened.filter((number) => !states.has(number))).toEqual([]);
      expect(numbersOf(acknowledged, 'settled').filter((number) => states.get(number) !== 'applied')).toEqual(
        [],
      );
      expect(Math.max(...states.keys())).toBe(states.size);
      const pending = cases.filter(({ state }) => state === 'pending').map(({ number }) => number);
      expect((await store.cases.pending()).map(({ number }) => number)).toEqual(pending);
      // Nobody is at work on what the killed ones left.
      expect(numbers(await store.cases.abandoned())).toEqual(pending);
    });

    it('lets nobody take a pending case for abandoned while its process lives', async () => {
      const url = await database.fresh();
      const bot = await reopen(url);
      const run = await openStore(url, { clock: tickingClock(), logger, shared: true });
      await bot.cases.open(draft());
      await run.cases.open(draft());
      expect(await bot.cases.abandoned()).toEqual([]);
      await run.close();
      expect(numbers(await bot.cases.abandoned())).toEqual([2]);
      await bot.close();
      expect(numbers(await (await reopen(url)).cases.abandoned())).toEqual([1, 2]);
    });

    it('knows what a program left from what the next one does', async () => {
      const url = await database.fresh();
      const bot = await reopen(url);
      const shared = { clock: tickingClock(), logger, shared: true };
      const [first, beside] = [await openStore(url, shared), await openStore(url, shared)];
      await first.cases.open(draft());
      await beside.cases.open(draft());
      await first.close();
      const next = await openStore(url, shared);
      await next.cases.open(draft());
      expect(numbers(await bot.cases.abandoned())).toEqual([1]);
      await Promise.all([next.close(), beside.close()]);
      expect(numbers(await bot.cases.abandoned())).toEqual([1, 2, 3]);
    });

    it('gives up a case that could not be settled', async () => {
      const store = await reopen(await database.fresh());
      const { group, number } = (await store.cases.open(draft())).case;
      const faulty = {
        state: 'applied',
        get targets(): never {
          throw new Error('the disk is full');
        },
      } as const;
      await expect(store.cases.settle(group, number, faulty)).rejects.toThrow('the disk is full');
      expect(numbers(await store.cases.abandoned())).toEqual([number]);
      await store.cases.settle(group, number, { state: 'applied', targets: [doneTarget('bob')] });
      await store.cases.open(draft());
      expect(await store.cases.abandoned()).toEqual([]);
    });
  });
}

describe.skipIf(databases[1]?.missing ?? true)('PostgreSQL shared by processes', () => {
  it('numbers the cases of two processes without a gap', async () => {
    const url = (await databases[1]?.fresh()) ?? '';
    const first = await startWriter(url);
    const second = await startWriter(url);
    await Promise.all([first.reaches(40), second.reaches(40)]);
    await Promise.all([first.kill(), second.kill()]);
    const opened = [first, second].flatMap(({ lines }) => numbersOf(lines, 'opened'));
    expect(new Set(opened).size).toBe(opened.length);
    const cases = await allCases(await reopen(url));
    expect(Math.max(...cases.map(({ number }) => number))).toBe(cases.length);
  });
});

describe('one SQLite file and two processes', () => {
  const refused = {
    name: 'StoreError',
    message: expect.stringMatching(/store\.db is in use by another process\. Stop/),
  };

  it('the second says so and stops; kill -9 of the first lets it in', async () => {
    const url = await sqlite.fresh();
    const child = await startWriter(url);
    await expect(openStore(url, { clock: tickingClock(), logger })).rejects.toMatchObject(refused);
    await child.reaches(child.lines.length + 5);
    await child.kill();
    await reopen(url);
  });

  it('another name of the file does not get around the lock', async () => {
    const url = await sqlite.fresh();
    await startWriter(url);
    const file = url.slice('sqlite:'.length);
    const other = join(dirname(file), 'other.db');
    symlinkSync(file, other);
    await expect(openStore(`sqlite:${other}`, { clock: tickingClock(), logger })).rejects.toMatchObject(
      refused,
    );
  });

  it('nor does a second store in the same process, until the first is closed', async () => {
    const url = await sqlite.fresh();
    const first = await reopen(url);
    await expect(openStore(url, { clock: tickingClock(), logger })).rejects.toMatchObject(refused);
    await first.close();
    await reopen(url);
  });

  it('a refused store leaves the lock of the first alone', async () => {
    const url = await sqlite.fresh();
    const child = await startWriter(url);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(openStore(url, { clock: tickingClock(), logger })).rejects.toMatchObject(refused);
    }
    await child.reaches(child.lines.length + 5);
  });

  it('programs that share it write beside its owner, also while it starts and after it died', async () => {
    const url = await sqlite.fresh();
    const first = await startWriter(url, 'shared', 5);
    const owner = await startWriter(url, 'own', 5);
    const second = await startWriter(url, 'shared', 5);
    await Promise.all([first, owner, second].map((one) => one.reaches(40)));
    await owner.kill();
    await Promise.all([first, second].map((one) => one.reaches(one.lines.length + 20)));
    await Promise.all([first.kill(), second.kill()]);
    const opened = [first, owner, second].flatMap(({ lines }) => numbersOf(lines, 'opened'));
    expect(new Set(opened).size).toBe(opened.length);
    const cases = await allCases(await reopen(url));
    const kept = new Set(cases.map(({ number }) => number));
    expect(kept.isSupersetOf(new Set(opened))).toBe(true);
    expect(Math.max(...kept)).toBe(kept.size);
  });

  it('a program that shares it does not change the schema under its owner', async () => {
    const url = await sqlite.fresh();
    const owner = await openSqlite({ kind: 'sqlite', path: url.slice('sqlite:'.length) }, 'own');
    const shared = () => openStore(url, { clock: tickingClock(), logger, shared: true });
    await expect(shared()).rejects.toThrow(/has schema version 0.*stop what runs on it/);
    await owner.close();
    const store = await shared();
    onTestFinished(() => store.close());
    expect((await store.cases.open(draft())).case.number).toBe(1);
    await reopen(url);
  });

  it('a reader exports and copies what a running process writes', async () => {
    const url = await sqlite.fresh();
    const child = await startWriter(url);
    await child.reaches(20);
    const known = numbersOf(child.lines, 'opened');
    const reader = await openStore(url, { clock: tickingClock(), logger, readOnly: true });
    onTestFinished(() => reader.close());
    const copy = `${url}.copy`;
    await reader.backup(copy.slice('sqlite:'.length));
    const exported: string[] = [];
    for await (const line of reader.exportCases()) exported.push(line);
    expect(exported.length).toBeGreaterThanOrEqual(known.length);
    await expect(reader.cases.open(draft())).rejects.toThrow(/readonly/);
    await child.reaches(child.lines.length + 5);
    const copied = await reopen(copy);
    const cases = await allCases(copied);
    expect(new Set(cases.map(({ number }) => number)).isSupersetOf(new Set(known))).toBe(true);
    expect(
      await copied.cases.settle('g', 1, { state: 'failed', targets: [doneTarget('bob')] }),
    ).toMatchObject({
      kind: 'stale',
    });
  });
});
