// The grammar of a command typed as a line: `/mute @bob 3600 spamming the lobby`.
import { literal, message } from '../i18n/message.ts';
import type { RawOptions } from '../request/request.ts';
import { type Command, optionsOf, usageOf } from './command.ts';
import { type Read, refuse } from './duration.ts';
import type { Option } from './option.ts';
import { type Registry, unknownCommand } from './registry.ts';

export interface ParsedLine {
  readonly command: Command;
  readonly options: RawOptions;
}

interface Word {
  readonly text: string;
  /** Where the word starts in the line, so that the rest of the line keeps its blanks. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/**
 * Reads a line. Options are positional in the order of the description; the last one takes the rest of the line.
 * `name:value` and `--name value` set an option by name, before that rest begins.
 */
export function parseLine(line: string, registry: Registry): Read<ParsedLine> {
  const [head, ...rest] = wordsOf(line);
  if (head === undefined) return refuse(message('refused.emptyLine'));
  const name = head.text.replace(/^\//, '');
  const command = registry.find(name);
  if (command === null) return { ok: false, problem: unknownCommand(name, registry.commands) };
  return new LineReader(line, rest, command).read();
}

function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(/(?:[^\s"]*"[^"]*"|[^\s"]+|")+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    quoted: /^"[^"]*"$/.test(match[0]),
  }));
}

const unquoted = (word: Word): string => (word.quoted ? word.text.slice(1, -1) : word.text);

/** Reads the words after the command's name, one after the other. */
class LineReader {
  readonly #line: string;
  readonly #words: Word[];
  readonly #command: Command;
  readonly #specs: ReadonlyMap<string, Option<unknown>>;
  readonly #options: Record<string, string> = {};

  constructor(line: string, words: readonly Word[], command: Command) {
    this.#line = line;
    this.#words = [...words];
    this.#command = command;
    this.#specs = new Map(optionsOf(command));
  }

  read(): Read<ParsedLine> {
    for (const [name, option] of this.#positional()) {
      const stopped = this.#readNamed();
      if (stopped !== null) return stopped;
      if (name in this.#options || this.#words.length === 0) continue;
      const value = this.#take(option, name === 'reason');
      if (!value.ok) return value;
      this.#options[name] = value.value;
    }
    const stopped = this.#readNamed();
    if (stopped !== null) return stopped;
    const [extra] = this.#words;
    if (extra !== undefined) {
      return refuse(
        message('refused.extraWords', { input: this.#rest(), usage: literal(usageOf(this.#command)) }),
      );
    }
    return { ok: true, value: { command: this.#command, options: this.#options } };
  }

  #positional() {
    return [...this.#specs].filter(([, option]) => option.named !== true);
  }

  #rest(): string {
    const [first] = this.#words;
    return first === undefined ? '' : this.#line.slice(first.start).trim();
  }

  /** Takes leading `name:value`, `--name value` and `--flag` words. */
  #readNamed(): Read<never> | null {
    for (let named = this.#named(); named !== null; named = this.#named()) {
      const [name, inline] = named;
      const option = this.#specs.get(name);
      if (option === undefined) return null;
      if (name in this.#options) return refuse(message('refused.optionTwice', { option: literal(name) }));
      const value = this.#namedValue(option, inline);
      if (!value.ok) return value;
      this.#options[name] = value.value;
    }
    return null;
  }

  #isNamed(word: Word | undefined): boolean {
    return namedWord(word, this.#specs) !== null;
  }

  #named(): readonly [name: string, inline: string | null] | null {
    return namedWord(this.#words[0], this.#specs);
  }

  #namedValue(option: Option<unknown>, inline: string | null): Read<string> {
    const [word] = this.#words;
    if (word === undefined) return { ok: true, value: '' };
    this.#words.shift();
    if (option.kind === 'flag') return { ok: true, value: inline ?? 'true' };
    if (inline === null || inline === '') return this.#take(option);
    if (/^"[^"]*"$/.test(inline)) return { ok: true, value: inline.slice(1, -1) };
    // The value starts inside the word just taken: put that part back as a word of its own.
    this.#words.unshift({ ...word, text: inline, start: word.end - inline.length });
    return this.#take(option);
  }

  /** @param last whether nothing but named options can follow, so that a quoted word may begin a longer text */
  #take(option: Option<unknown>, last = false): Read<string> {
    if (option.kind === 'members' || option.kind === 'person') {
      return { ok: true, value: this.#takeMembers() };
    }
    if (option.kind === 'messages') return { ok: true, value: this.#takeMessages() };
    const [word] = this.#words;
    if (word === undefined) return { ok: true, value: '' };
    const bounded = word.quoted && (!last || this.#words.length === 1 || this.#isNamed(this.#words[1]));
    if (option.takesRest && !bounded) return this.#takeRest();
    this.#words.shift();
    return { ok: true, value: unquoted(word) };
  }

  /** `@a @b`, `a, b`: mentions follow each other, plain names need a comma. */
  #takeMembers(): string {
    const taken: string[] = [];
    for (let word = this.#words[0]; word !== undefined; word = this.#words[0]) {
      const joined = taken.at(-1)?.endsWith(',') || word.text.startsWith(',');
      const mention = /^(?:@|<@)/.test(word.text);
      if (taken.length > 0 && !joined && !mention) break;
      taken.push(word.text);
      this.#words.shift();
    }
    return taken.join(' ');
  }

  #takeMessages(): string {
    const taken: string[] = [];
    for (let word = this.#words[0]; word !== undefined; word = this.#words[0]) {
      const first = taken.length === 0;
      const number = /^[#\d][#\d,\-、]*$/u.test(word.text.normalize('NFKC'));
      const afterLast = taken.length === 1 && taken[0]?.toLowerCase() === 'last';
      if (!first && (taken[0]?.toLowerCase() === 'last' ? !afterLast : !number)) break;
      taken.push(word.text);
      this.#words.shift();
    }
    return taken.join(' ');
  }

  /** The rest of the line is text; an option written inside it is refused rather than overlooked. */
  #takeRest(): Read<string> {
    const isDryRun = (word: Word) => word.text === '--dry-run';
    const stray = this.#words.slice(1).find((word) => !isDryRun(word) && this.#isNamed(word));
    if (stray !== undefined) return refuse(message('refused.optionInText', { input: stray.text }));
    const dryRun = this.#words.findIndex(isDryRun);
    let rest = this.#rest();
    if (dryRun >= 0) {
      this.#options['dry-run'] = 'true';
      rest = this.#words
        .filter((word) => !isDryRun(word))
        .map((word) => word.text)
        .join(' ');
    }
    this.#words.length = 0;
    return { ok: true, value: rest };
  }
}

function namedWord(
  word: Word | undefined,
  specs: ReadonlyMap<string, Option<unknown>>,
): readonly [name: string, inline: string | null] | null {
  if (word === undefined || word.quoted) return null;
  const match = /^(?:--([a-z-]+)(?:=(.*))?|([a-z-]+):(.*))$/s.exec(word.text);
  const name = match?.[1] ?? match?.[3];
  if (name === undefined || !specs.has(name)) return null;
  return [name, match?.[2] ?? match?.[4] ?? null];
}
