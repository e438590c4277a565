// What rules remember between events: short notes that are forgotten in time. Bounded, and kept in no file.

/** One thing that happened. */
export interface NoteItem {
  /** Unix milliseconds. */
  readonly at: number;
  /** A text, an account, or nothing. */
  readonly what: string;
  readonly amount: number;
}

export interface Note {
  /** Oldest first. */
  readonly items: readonly NoteItem[];
  /** When all of it may be forgotten, in Unix milliseconds. */
  readonly until: number;
}

/** What judging one event adds: notes by their keys, in place of earlier ones. */
export type Notes = ReadonlyMap<string, Note>;

/** What was noted so far; judging reads it and changes nothing. */
export interface Memory {
  get(key: string): Note | null;
}

/** How many notes are kept: of more, those that were written longest ago are forgotten. */
const MOST_NOTES = 200_000;
/** How many writes pass before what is over is looked for, at least. */
const SWEEP_AFTER = 4_096;

export class RuleMemory implements Memory {
  readonly #notes = new Map<string, Note>();
  #writes = 0;

  get(key: string): Note | null {
    return this.#notes.get(key) ?? null;
  }

  get size(): number {
    return this.#notes.size;
  }

  /** Takes over what judging an event added. @param now of that event, in Unix milliseconds */
  remember(notes: Notes, now: number): void {
    for (const [key, note] of notes) {
      // Written last stands last.
      this.#notes.delete(key);
      this.#notes.set(key, note);
    }
    this.#writes += notes.size;
    if (this.#writes > Math.max(SWEEP_AFTER, this.#notes.size)) this.#sweep(now);
  }

  #sweep(now: number): void {
    this.#writes = 0;
    for (const [key, { until }] of this.#notes) if (until <= now) this.#notes.delete(key);
    for (const key of this.#notes.keys()) {
      if (this.#notes.size <= MOST_NOTES) break;
      this.#notes.delete(key);
    }
  }
}

/** The items of a note that are younger than `lasts` seconds, and a further one. @param most how many are kept */
export function withItem(note: Note | null, item: NoteItem, lasts: number, most: number): Note {
  const since = item.at - lasts * 1_000;
  const young = (note?.items ?? []).filter(({ at }) => at > since);
  return { items: [...young, item].slice(-most), until: item.at + lasts * 1_000 };
}
