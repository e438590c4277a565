// The token of a program: what whoever shows it may do, and how it is known by its checksum alone.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Capability, Rank } from '../capability.ts';
import type { CaseActor } from './actor.ts';

/** What a program that shows a token may do. */
export interface TokenGrant {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly rank: Rank;
  /** `null`: in every group. */
  readonly groups: ReadonlySet<string> | null;
  /** `confirmed`: what needs consent is done at once. */
  readonly questions: TokenQuestions;
  /** Accounts on whose behalf the program may act; `*` stands for any text. Empty: on nobody's. */
  readonly impersonate: readonly string[];
}

export const tokenQuestions = ['ask', 'confirmed'] as const;
export type TokenQuestions = (typeof tokenQuestions)[number];

/** A grant with the checksum that its token is known by. */
export interface KnownToken extends TokenGrant {
  /** SHA-256 in lower-case hexadecimal digits. */
  readonly checksum: string;
  /** Unix milliseconds; `null`: never. */
  readonly expiresAt: number | null;
}

/** A token of the record. */
export interface RecordedToken extends KnownToken {
  readonly by: CaseActor;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The tokens that were made by command, and when any token was used. */
export interface TokenRepository {
  /** @returns `null` where the name is taken */
  add(token: Omit<RecordedToken, 'createdAt'>): Promise<RecordedToken | null>;
  /** The oldest first. */
  list(): Promise<readonly RecordedToken[]>;
  /** @returns whether there was one of that name */
  remove(name: string): Promise<boolean>;
  /** Notes the use of a token, of the record or of the settings. @param at Unix milliseconds; an earlier one changes nothing */
  markUsed(name: string, at: number): Promise<void>;
  /** When each token was last used, in Unix milliseconds, by name. */
  uses(): Promise<ReadonlyMap<string, number>>;
}

export const checksumOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Those of the settings go before those of the record: neither a name nor a checksum is lent to a second one. */
export function tokensInForce(
  ofSettings: readonly KnownToken[],
  ofRecord: readonly KnownToken[],
): readonly KnownToken[] {
  const names = new Set(ofSettings.map(({ name }) => name));
  const checksums = new Set(ofSettings.map(({ checksum }) => checksum));
  return [
    ...ofSettings,
    ...ofRecord.filter(({ name, checksum }) => !names.has(name) && !checksums.has(checksum)),
  ];
}

/**
 * The grant of a token as it was sent. Compares with every checksum, each in constant time, so that the time taken tells
 * nothing about a token.
 * @param now Unix milliseconds
 * @returns `null` for one that has none, or whose time is over
 */
export function grantOf(token: string, known: readonly KnownToken[], now: number): TokenGrant | null {
  // A checksum of nothing is a slip of the hand, not a token.
  if (token === '') return null;
  const shown = Buffer.from(checksumOf(token));
  const [match] = known.filter(({ checksum }) => timingSafeEqual(Buffer.from(checksum), shown));
  return match === undefined || (match.expiresAt !== null && match.expiresAt <= now) ? null : match;
}

/** Whether a grant lets its program act on behalf of an account. */
export const mayImpersonate = ({ impersonate }: Pick<TokenGrant, 'impersonate'>, account: string): boolean =>
  impersonate.some((pattern) => fits(account, pattern.split('*')));

/** Whether a text consists of these parts with any text between them; each part is taken where it comes first. */
function fits(text: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
