// Export and import: nothing is lost between two databases, and a faulty file changes nothing.
import { fc } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { alice, doneTarget, draft, drafts, text } from '../cases/drafts.ts';
import { databases, openFresh, postgres, tickingClock } from '../databases.ts';

async function linesOf(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of store.exportCases()) lines.push(line);
  return lines;
}

/** Cases in every state, with notes and reasons. */
async function fill(store: Store): Promise<void> {
  const opened = new Map<string, number>();
  for (const [index, one] of fc.sample(drafts, { numRuns: 40, seed: 7 }).entries()) {
    const undoes = one.undoes !== null && one.undoes < (opened.get(one.group) ?? 0) ? one.undoes : null;
    const key = index % 5 === 0 ? `k${index}` : null;
    const { group, number } = (await store.cases.open({ ...one, undoes, key })).case;
    opened.set(group, number);
    if (index % 2 === 0) await store.cases.settle(group, number, { state: 'applied', targets: one.targets });
    if (index % 4 === 0)
      await store.cases.mark(group, number, 'expired', index % 8 === 0 ? number + 1 : null);
    for (const note of fc.sample(text, { numRuns: index % 3, seed: index })) {
      await store.cases.addNote(group, number, { author: alice, text: note, url: index % 2 ? note : null });
      await store.cases.changeReason(group, number, { author: one.actor, reason: note });
    }
  }
}

const pairs = databases.flatMap((from) => databases.map((to) => ({ from, to })));

describe.each(pairs)('from $from.name to $to.name', ({ from: source, to: sink }) => {
  it.skipIf(source.missing || sink.missing)('an import of the export equals it', async () => {
    const [from, to] = [await openFresh(source), await openFresh(sink, tickingClock(5))];
    await fill(from);
    const lines = await linesOf(from);
    expect(lines).toHaveLength(40);
    expect(await to.importCases(from.exportCases())).toEqual({ ok: true, imported: 40 });
    expect(await linesOf(to)).toEqual(lines);
    for (const filter of [{ target: 'bob' }, { group: 'room' }]) {
      const page = { limit: 100 };
      expect((await to.cases.list(filter, page)).cases).toEqual((await from.cases.list(filter, page)).cases);
    }
    expect(await to.cases.pending()).toEqual(await from.cases.pending());
    expect(await to.cases.nextTimer()).toBe(await from.cases.nextTimer());
    expect(await to.cases.due(Number.MAX_SAFE_INTEGER, 100)).toEqual(
      await from.cases.due(Number.MAX_SAFE_INTEGER, 100),
    );
  });
});

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('exports in pages, each case once', async () => {
      const store = await openFresh(database);
      for (let count = 0; count < 1_001; count += 1) await store.cases.open(draft());
      const numbers = (await linesOf(store)).map((line): unknown => JSON.parse(line).number);
      expect(numbers).toEqual(Array.from({ length: 1_001 }, (_, index) => index + 1));
    });

    it('keeps the timers of imported cases, also of past ones, and tells none of them in a log', async () => {
      const [from, to] = [await openFresh(database, tickingClock(1_000)), await openFresh(database)];
      await from.cases.open(draft({ lasts: 60 }));
      await from.cases.settle('@TGS#1', 1, { state: 'applied', targets: [doneTarget('bob')] });
      const opened = await from.cases.find('@TGS#1', 1);
      expect(await to.importCases(from.exportCases())).toEqual({ ok: true, imported: 1 });
      expect(await to.cases.due(Date.now(), 9)).toEqual([opened]);
      expect(opened?.timerAt).toBeLessThan(100_000);
      expect(await from.cases.unlogged(9)).toEqual([opened]);
      expect(await to.cases.unlogged(9)).toEqual([]);
    });

    it('imports lines of format 1, whose cases have no end of their own', async () => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      const { case: opened } = await from.cases.open(draft());
      const [line = ''] = await linesOf(from);
      const { lasts: _lasts, endsAt: _endsAt, timerAt: _timerAt, ...former } = JSON.parse(line);
      expect(former.format).toBe(2);
      const missing = await to.importCases([JSON.stringify(former)]);
      expect(missing.ok ? [] : missing.faults).toEqual([
        { line: 1, problem: expect.stringMatching(/^lasts: .*; endsAt: .*; timerAt: /) },
      ]);
      expect(await to.importCases([JSON.stringify({ ...former, format: 1 })])).toEqual({
        ok: true,
        imported: 1,
      });
      expect(await to.cases.find('@TGS#1', 1)).toEqual(opened);
      expect(await linesOf(to)).toEqual([line]);
    });

    it('exports the newest cases of a group in the order in which they were opened', async () => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      await fill(from);
      const everything = (await linesOf(from)).filter((line) => JSON.parse(line).group === 'room');
      expect(everything.length).toBeGreaterThan(4);
      expect(await from.cases.export('room', { cases: 10_000, bytes: 1e9 })).toEqual(everything);
      expect(await from.cases.export('room', { cases: 3, bytes: 1e9 })).toEqual(everything.slice(-3));
      const bytes = Buffer.byteLength(everything.slice(-2).join('')) + 2;
      expect(await from.cases.export('room', { cases: 9, bytes })).toEqual(everything.slice(-2));
      expect(await from.cases.export('room', { cases: 9, bytes: bytes - 1 })).toEqual(everything.slice(-1));
      expect(await from.cases.export('nobody', { cases: 3, bytes: 1e9 })).toEqual([]);
      expect(await to.importCases(everything)).toEqual({ ok: true, imported: everything.length });
    });

    it.each([0, 1.5, 10_001])('refuses an export of %d', async (limit) => {
      const store = await openFresh(database);
      await expect(store.cases.export('room', { cases: limit, bytes: 1e9 })).rejects.toThrow(RangeError);
    });

    it('goes on behind the imported numbers, and beside the numbers that are there', async () => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      for (let count = 0; count < 5; count += 1) await from.cases.open(draft());
      for (let count = 0; count < 3; count += 1) await to.cases.open(draft());
      const lines = await linesOf(from);
      expect(await to.importCases(lines.slice(3).toReversed())).toEqual({ ok: true, imported: 2 });
      expect((await to.cases.open(draft())).case.number).toBe(6);
    });

    it('names every bad line and imports nothing', async () => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      await from.cases.open(draft({ key: 'k' }));
      await to.cases.open(draft({ group: 'taken', key: 'k' }));
      const [line = ''] = await linesOf(from);
      const changed = (parts: object) => JSON.stringify({ ...JSON.parse(line), ...parts });
      const lines = [
        line,
        '',
        '{"number":',
        '"text"',
        changed({ number: 0 }),
        changed({ number: 2, state: 'lost' }),
        changed({ number: 2, surprise: 1 }),
        changed({ number: 2, targets: [{ ...doneTarget('bob'), before: undefined }] }),
        changed({ number: 2, state: 'applied' }),
        changed({ number: 2, undoneBy: 3 }),
        changed({ number: 2, timerAt: 5 }),
        changed({ number: 2, reason: 'another' }),
        changed({ number: 2, format: 3 }),
        line,
        changed({ group: 'taken' }),
        changed({ number: 2 }),
      ];
      const result = await to.importCases(lines);
      expect(result).toEqual({
        ok: false,
        faults: [
          { line: 3, problem: 'not JSON' },
          { line: 4, problem: expect.stringContaining('expected object') },
          { line: 5, problem: expect.stringMatching(/^number: .*>0/) },
          { line: 6, problem: expect.stringMatching(/^state: .*"pending"\|"applied"/) },
          { line: 7, problem: expect.stringContaining('surprise') },
          { line: 8, problem: 'targets.0.before: a value is missing' },
          { line: 9, problem: expect.stringMatching(/^settledAt: /) },
          { line: 10, problem: expect.stringMatching(/^undoneBy: /) },
          { line: 11, problem: expect.stringMatching(/^timerAt: /) },
          { line: 12, problem: expect.stringMatching(/^reason: /) },
          { line: 13, problem: expect.stringMatching(/^format: /) },
          { line: 14, problem: 'case 1 of group @TGS#1 is already there' },
          { line: 15, problem: 'case 1 of group taken is already there' },
          { line: 16, problem: 'the key "k" of this actor in group @TGS#1 belongs to another case' },
        ],
      });
      expect(await linesOf(to)).toHaveLength(1);
      expect((await to.cases.open(draft())).case.number).toBe(1);
    });

    it.each([
      ['a case that undoes itself', { undoes: 2 }, /^undoes: /],
      ['one that undoes a later one', { undoes: 3 }, /^undoes: /],
      ['one that ended itself', { state: 'undone', settledAt: 9e11, undoneBy: 2 }, /^undoneBy: /],
      [
        'an end before the beginning',
        { state: 'applied', settledAt: 9e11, lasts: 5, endsAt: 5 },
        /^endsAt: /,
      ],
      ['an end without a length', { state: 'applied', settledAt: 9e11, endsAt: 9e11 }, /^endsAt: /],
      ['a timer without an end', { state: 'applied', settledAt: 9e11, timerAt: 9e11 }, /^timerAt: /],
      ['settled before it was opened', { state: 'applied', settledAt: 5 }, /^settledAt: /],
      ['a time that no date can tell', { createdAt: 9e15 }, /^createdAt: /],
      ['a time in the future', { createdAt: 9e14 }, /^createdAt: a time in the future/],
      ['a command that there is not', { command: 'obey' }, /^command: there is no command "obey"/],
    ])('refuses %s', async (_what, parts, problem) => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      await from.cases.open(draft());
      const [line = ''] = await linesOf(from);
      const changed = JSON.stringify({ ...JSON.parse(line), number: 2, createdAt: 9e11, ...parts });
      const result = await to.importCases([changed], { commands: new Set(['mute']), now: 1e12 });
      expect(result).toEqual({ ok: false, faults: [{ line: 1, problem: expect.stringMatching(problem) }] });
    });

    it('stops after 100 faults', async () => {
      const store = await openFresh(database);
      const result = await store.importCases(Array.from({ length: 1_000 }, () => 'x'));
      expect(result.ok ? [] : result.faults).toHaveLength(100);
    });

    it('imports nothing when the lines break off', async () => {
      const [from, to] = [await openFresh(database), await openFresh(database)];
      await from.cases.open(draft());
      async function* broken() {
        yield* from.exportCases();
        throw new Error('the disk is gone');
      }
      await expect(to.importCases(broken())).rejects.toThrow('the disk is gone');
      expect(await linesOf(to)).toEqual([]);
      expect(await to.importCases(from.exportCases())).toEqual({ ok: true, imported: 1 });
    });
  });
}

it.skipIf(postgres.missing)('opens cases while PostgreSQL imports into the same group', async () => {
  const [from, to] = [await openFresh(postgres), await openFresh(postgres)];
  for (let count = 0; count < 30; count += 1) await from.cases.open(draft());
  const [imported, ...opened] = await Promise.all([
    to.importCases(from.exportCases()),
    ...Array.from({ length: 20 }, () => to.cases.open(draft())),
  ]);
  const numbers = opened.map((one) => one.case.number);
  expect(new Set(numbers).size).toBe(20);
  if (imported.ok) expect(Math.min(...numbers)).toBeGreaterThan(30);
});
