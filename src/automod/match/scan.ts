// One look at a text for all rules: folded, cleaned and searched once, when the first rule asks.
import { type Cleaned, cleanText, originalSpan } from './clean.ts';
import { type Folded, fold } from './fold.ts';
import { Patterns } from './patterns.ts';
import { type Span, type WordHit, Words } from './words.ts';

/** Every keyword and regex of a set of rules. */
export class Matcher {
  readonly words = new Words();
  readonly patterns = new Patterns();

  /** Looks at one text. Costs nothing until something is asked. */
  scan(text: string): Scan {
    return new Scan(this, text);
  }
}

export class Scan {
  readonly text: string;
  readonly #matcher: Matcher;
  #folded: Folded | null = null;
  #cleaned: Cleaned | null = null;
  #words: readonly WordHit[] | null = null;
  #patterns: readonly number[] | null = null;

  constructor(matcher: Matcher, text: string) {
    this.#matcher = matcher;
    this.text = text;
  }

  get folded(): Folded {
    this.#folded ??= fold(this.text);
    return this.#folded;
  }

  get cleaned(): Cleaned {
    this.#cleaned ??= cleanText(this.text);
    return this.#cleaned;
  }

  /** All keywords of all rules that are in the text. */
  get words(): readonly WordHit[] {
    this.#words ??= this.#matcher.words.find(this.folded);
    return this.#words;
  }

  /** The numbers of all regexes that match. */
  get patterns(): readonly number[] {
    this.#patterns ??= this.#matcher.patterns.find(this.cleaned.text);
    return this.#patterns;
  }

  /** Searches now, so that nobody pays for it later. */
  search(): void {
    void this.words;
    void this.patterns;
  }

  /**
   * The first match of a regex that nothing excuses. After one that is excused the search goes on one character later, so
   * that a match which begins within it is found, too.
   * @param isExcused asked for spans of the text
   */
  firstMatch(pattern: number, isExcused: (span: Span) => boolean): Span | null {
    if (!this.patterns.includes(pattern)) return null;
    const { cleaned } = this;
    for (let from = 0; ; ) {
      const found = this.#matcher.patterns.next(pattern, cleaned.text, from);
      if (found === null) return null;
      const span = originalSpan(cleaned, found);
      if (!isExcused(span)) return span;
      from = found.start + 1;
    }
  }
}
