// Regexes of all rules, in RE2's syntax: matching takes time linear in the text, whatever people write.
import { RE2JS, RE2JSException, RE2Set } from 're2js';
import { literal, type Message, message } from '../../i18n/message.ts';
import type { Span } from './words.ts';

/** Longest regex, in characters. */
export const LONGEST_PATTERN = 1_000;
/**
 * Most steps that a regex may compile to: repeats with counts multiply them (`(?:a{50}){50}`), and the time that a
 * message takes grows with them.
 */
const MOST_STEPS = 400;

/** What is wrong with a regex; `null` for a good one. */
export function patternProblem(source: string): Message | null {
  if (source.length > LONGEST_PATTERN) return message('rules.pattern.long', { limit: LONGEST_PATTERN });
  try {
    const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
    const steps = pattern.programSize();
    if (steps > MOST_STEPS) return message('rules.pattern.large', { steps, limit: MOST_STEPS });
    return pattern.matcher('').find() ? message('rules.pattern.empty') : null;
  } catch (error) {
    if (error instanceof RE2JSException) return syntaxProblem(source, error.message);
    throw error;
  }
}

function syntaxProblem(source: string, detail: string): Message {
  if (/\(\?<?[=!]/.test(source)) return message('rules.pattern.look');
  if (/\\[1-9]/.test(source)) return message('rules.pattern.reference');
  return message('rules.pattern.syntax', {
    detail: literal(detail.replace(/^error parsing regexp:\s*/, '')),
  });
}

/** Collects regexes, then finds which of them match in one pass. */
export class Patterns {
  readonly #sources: string[] = [];
  readonly #compiled: RE2JS[] = [];
  readonly #ids = new Map<string, number>();
  #set: RE2Set | null = null;

  /** Adds a regex without fault; it does not tell capitals apart. @returns its number */
  add(source: string): number {
    const known = this.#ids.get(source);
    if (known !== undefined) return known;
    const id = this.#sources.push(source) - 1;
    this.#compiled.push(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
    this.#ids.set(source, id);
    this.#set = null;
    return id;
  }

  get size(): number {
    return this.#sources.length;
  }

  /** The numbers of the regexes that match somewhere in a text. */
  find(text: string): readonly number[] {
    if (this.#sources.length === 0) return nothing;
    this.#set ??= compileSet(this.#sources);
    return this.#set.match(text);
  }

  /** The first match of one regex that begins at `from` or after. */
  next(id: number, text: string, from: number): Span | null {
    const pattern = this.#compiled[id];
    if (pattern === undefined || from > text.length) return null;
    const matcher = pattern.matcher(text);
    return matcher.find(from) ? { start: matcher.start(), end: matcher.end() } : null;
  }
}

const nothing: readonly number[] = [];

function compileSet(sources: readonly string[]): RE2Set {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE);
  for (const source of sources) set.add(source);
  set.compile();
  return set;
}
