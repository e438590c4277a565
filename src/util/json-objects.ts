// The objects of a JSON text that is read in pieces: of a list, of a list under a key, or one a line. Only one is held.

/** Longest object that is read, in UTF-16 units; a longer one is given up. */
const LONGEST = 1_000_000;

/**
 * Yields each object as text: those of a bare list, those of the list under `key` of an outer object, and those that
 * stand one after the other. What stands between is skipped; nothing is parsed.
 */
export async function* jsonObjects(pieces: AsyncIterable<string>, key: string): AsyncGenerator<string> {
  const reader = new Reader(key);
  for await (const piece of pieces) yield* reader.take(piece);
}

class Reader {
  readonly #list: RegExp;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  #held = '';

  constructor(key: string) {
    this.#list = new RegExp(`^\\{[^{}]*"${key}"\\s*:\\s*\\[$`);
  }

  *take(piece: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const unit = piece.charAt(at);
      if (this.#isEscaped) this.#isEscaped = false;
      else if (this.#inText) {
        if (unit === '\\') this.#isEscaped = true;
        else if (unit === '"') this.#inText = false;
      } else if (unit === '"') this.#inText = true;
      else if (unit === '{') {
        if (this.#depth === 0) from = at;
        this.#depth += 1;
      } else if (unit === '[' && this.#depth === 1 && this.#opens(piece.slice(from, at + 1))) {
        // The outer object is only a wrapper: its list is read as a bare one.
        this.#depth = 0;
        this.#held = '';
        from = at + 1;
      } else if (unit === '}' && this.#depth > 0) {
        this.#depth -= 1;
        if (this.#depth > 0) continue;
        const whole = this.#held + piece.slice(from, at + 1);
        this.#held = '';
        from = at + 1;
        if (whole.length <= LONGEST) yield whole;
      }
    }
    if (this.#depth > 0) this.#held = (this.#held + piece.slice(from)).slice(0, LONGEST + 1);
    else this.#inText = false;
  }

  #opens(rest: string): boolean {
    return this.#list.test(this.#held + rest);
  }
}
