// Commands that were taken from the group and are not carried out yet, on disk: whoever kills the program loses none.
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Typed } from './typed.ts';

export interface Journal {
  /** What an earlier run took and did not finish, oldest first. */
  readonly left: readonly Typed[];
  /** Keeps a command until `finish`. @returns false for one that was taken within the last minute */
  take(typed: Typed, now: number): boolean;
  finish(typed: Typed): void;
  close(): void;
}

/** For how long the same message counts as the same, in milliseconds. */
const SAME_WITHIN = 60_000;
/** Messages that are remembered as taken. */
const KEPT = 2_000;
/** Lines after which the file is written anew. */
const MOST_LINES = 10_000;
/** For the program's own user alone: it holds what people typed. */
const OWN = 0o600;

const typed = z.object({
  id: z.string(),
  from: z.string(),
  where: z.union([
    z.object({ kind: z.literal('group'), group: z.string(), topic: z.string().nullable() }),
    z.object({ kind: z.literal('direct') }),
  ]),
  text: z.string(),
  mentions: z.array(z.string()),
  custom: z.string(),
  at: z.number(),
  sent: z.number(),
});
const line = z.union([
  z.object({ taken: typed, now: z.number() }),
  z.object({ finished: z.string(), now: z.number() }),
]);
type Line = z.input<typeof line>;

/** A command as it was taken, and when, in Unix milliseconds. */
interface Open {
  readonly one: Typed;
  readonly now: number;
}

/**
 * Opens the journal. Lines are written at once but not forced to the disk: they outlive the process, not the machine.
 * @param path `null`: memory alone, for a sandbox that ends with its process
 * @throws the system's error when the file cannot be used
 */
export function openJournal(path: string | null): Journal {
  const open = new Map<string, Open>();
  /** When each was taken, in that order. */
  const seen = new Map<string, number>();
  const file = path === null ? null : new LineFile(path);
  for (const entry of file?.read() ?? []) {
    if ('finished' in entry) open.delete(entry.finished);
    else open.set(entry.taken.id, { one: entry.taken, now: entry.now });
    seen.set('finished' in entry ? entry.finished : entry.taken.id, entry.now);
  }
  const all = () => [
    ...[...seen].filter(([id]) => !open.has(id)).map(([finished, now]) => ({ finished, now })),
    ...[...open.values()].map(({ one, now }) => takenLine(one, now)),
  ];
  file?.rewrite(all());

  return {
    left: [...open.values()].map(({ one }) => one),
    take(one, now) {
      const before = seen.get(one.id);
      if (before !== undefined && (one.where.kind === 'direct' || now - before < SAME_WITHIN)) return false;
      forget(seen, now);
      seen.delete(one.id);
      seen.set(one.id, now);
      open.set(one.id, { one, now });
      file?.write(takenLine(one, now));
      return true;
    },
    finish({ id }) {
      open.delete(id);
      file?.write({ finished: id, now: seen.get(id) ?? 0 });
      if (file !== null && file.lines > MOST_LINES) file.rewrite(all());
    },
    close: () => file?.close(),
  };
}

const takenLine = (one: Typed, now: number): Line => ({
  taken: { ...one, mentions: [...one.mentions] },
  now,
});

/** Entries stand in the order in which they were taken; one-to-one messages have a key that never comes again. */
function forget(seen: Map<string, number>, now: number): void {
  for (const [id, at] of seen) {
    if (seen.size <= KEPT && (now - at < SAME_WITHIN || id.startsWith('direct\n'))) return;
    seen.delete(id);
  }
}

/** One JSON object a line. */
class LineFile {
  readonly #path: string;
  #descriptor: number;
  /** How many it holds. */
  lines = 0;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#descriptor = openSync(path, 'a', OWN);
  }

  /** What can be read; a line that was cut off by the end of the process was never acted on. */
  read(): readonly z.output<typeof line>[] {
    return readFileSync(this.#path, 'utf8')
      .split('\n')
      .flatMap((text) => line.safeParse(parse(text)).data ?? []);
  }

  write(entry: Line): void {
    writeSync(this.#descriptor, textOf([entry]));
    this.lines += 1;
  }

  /** Puts another content in place, as a whole. */
  rewrite(entries: readonly Line[]): void {
    writeFileSync(`${this.#path}.new`, textOf(entries), { mode: OWN });
    renameSync(`${this.#path}.new`, this.#path);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#path, 'a', OWN);
    this.lines = entries.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const textOf = (entries: readonly Line[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
