// Addresses in a text, and whether one belongs to a domain or only looks like it.
import { domainToUnicode } from 'node:url';
import { fold } from '../../match/fold.ts';
import type { Span } from '../../match/words.ts';

export interface Host extends Span {
  /** Lower case, in Unicode, without a dot at the end. */
  readonly host: string;
  /** What follows the host in the address, with its slash; empty where nothing does. */
  readonly path: string;
  /** Whether it is an address beyond doubt: with a scheme, `www.`, a path, or a widespread ending. */
  readonly isSure: boolean;
}

/** Dots as people write them to hide an address. The lengths keep a step from looking far. */
const dot = '(?:\\.|。|．|｡|\\s?[\\[\\(]\\s?(?:\\.|dot)\\s?[\\]\\)]\\s?)';
/** Scripts that stand beside an address without a blank; a host of them is one only behind a scheme. */
const unspaced = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}';
const host = (letters: string) => `(?:[${letters}\\p{N}](?:[${letters}\\p{M}\\p{N}\\-]{0,62})${dot}){1,8}`;
const plainLetters = `[\\p{L}--[${unspaced}]]`;
const plainHost = `${host(plainLetters)}(?:${plainLetters}[${plainLetters}\\p{N}\\-]{1,62}|中国|公司|网络|한국)`;
const anyHost = `${host('\\p{L}')}(?:\\p{L}[\\p{L}\\p{N}\\-]{1,62})`;
const scheme = '[a-z][a-z0-9+.\\-]{1,15}:\\/\\/';
const rest = '(?::\\d{1,5})?(?<path>[\\/?#][^\\s<>"\'`]{0,2000})?';
const address = new RegExp(
  `(?:(?<scheme>${scheme})(?<host>${plainHost}|${anyHost})|(?<host>${plainHost}))${rest}`,
  'giv',
);
/** Endings that are no file's and no abbreviation's: a bare name with one of them is an address. */
const widespread =
  /\.(?:com|net|org|info|biz|io|gg|me|tv|cc|xyz|top|site|shop|online|club|vip|app|link|live|store|fun|icu|pro|cn|hk|tw|jp|kr|ru|de|uk|fr|us|eu|in|br|id|vn|th|ph|рф|中国|公司|网络|한국)$/u;

/** The addresses of a text, in its order. */
export function hostsIn(text: string): readonly Host[] {
  if (!/[.。．｡]|dot/i.test(text)) return [];
  return [...text.matchAll(address)].flatMap((found) => {
    const { scheme, host: written = '', path = '' } = found.groups ?? {};
    // The name in front of an `@` is an account's, and the host behind it a mail's.
    if (scheme === undefined && text.charAt(found.index - 1) === '@') return [];
    const host = nameOf(written);
    const isSure = scheme !== undefined || host.startsWith('www.') || path !== '' || widespread.test(host);
    return [{ host, path, isSure, start: found.index, end: found.index + found[0].length }];
  });
}

function nameOf(written: string): string {
  const dotted = written.normalize('NFKC').replace(new RegExp(dot, 'giu'), '.').toLowerCase();
  return domainToUnicode(dotted) || dotted;
}

/** Whether a host is a domain or one of its subdomains. */
export const isWithin = (host: string, domain: string): boolean =>
  host === domain || host.endsWith(`.${domain}`);

/** Whether a host only looks like a domain or one of its subdomains: `gооgle.com` with two Cyrillic letters. */
export function looksLike(host: string, domain: string): boolean {
  if (isWithin(host, domain)) return false;
  return isWithin(skeleton(host), skeleton(domain));
}

const skeleton = (name: string): string => {
  const { symbols, length } = fold(name);
  return String.fromCharCode(...symbols.subarray(0, length));
};
