// `.env`: a variable a line, read so that no value loses anything. The usual readers end a value at any `#`,
// and identifiers of Chat groups hold one.

/** Why it is not clear what a value is: a `#` that may belong to it, or a quotation mark without its fellow. */
export type Doubt = 'comment' | 'quote';

export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** By the name of a variable whose last line can be read in two ways. */
  readonly doubts: ReadonlyMap<string, Doubt>;
}

/** `NAME=`, `export NAME=` or `NAME: `, up to the blanks before the value. */
const HEAD = /(?<=^|\n)[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=|:(?=[ \t]))/g;
/** Quoted: up to the quotation mark that ends a line, or that only a comment follows. */
const QUOTED = /[ \t]*(['"`])([\s\S]*?)\1[ \t]*(?:[ \t]#[^\n]*)?(?=\r?\n|$)/y;
const BARE = /[^\r\n]*/y;
/** A comment begins behind a blank. */
const COMMENT = /[ \t]#/;
/** What follows the `#` of a comment that is meant as one. */
const MEANT = /^[\s#!-]|^$/;

/** Quotes may be ' " or `; between them everything stands for itself. Lines that set nothing are passed over. */
export function readEnvFile(text: string): EnvFile {
  const values: Record<string, string> = {};
  const doubts = new Map<string, Doubt>();
  HEAD.lastIndex = 0;
  for (let head = HEAD.exec(text); head !== null; head = HEAD.exec(text)) {
    const [, name = ''] = head;
    const { value, end, doubt } = readValue(text, HEAD.lastIndex);
    values[name] = value;
    if (doubt === null) doubts.delete(name);
    else doubts.set(name, doubt);
    HEAD.lastIndex = end;
  }
  return { values, doubts };
}

interface ReadValue {
  readonly value: string;
  /** Where the value and its comment end. */
  readonly end: number;
  readonly doubt: Doubt | null;
}

function readValue(text: string, start: number): ReadValue {
  QUOTED.lastIndex = start;
  const quoted = QUOTED.exec(text)?.[2];
  if (quoted !== undefined) {
    return { value: quoted, end: QUOTED.lastIndex, doubt: /\n/.test(quoted) ? 'quote' : null };
  }
  BARE.lastIndex = start;
  const [line = ''] = BARE.exec(text) ?? [];
  const at = line.search(COMMENT);
  const value = (at < 0 ? line : line.slice(0, at)).trim();
  return { value, end: BARE.lastIndex, doubt: doubtOf(value, at < 0 ? '' : line.slice(at + 2)) };
}

function doubtOf(value: string, comment: string): Doubt | null {
  if (/^['"`]/.test(value)) return 'quote';
  return MEANT.test(comment) ? null : 'comment';
}
