// One or several members: `@bob`, `bob`, a name card, the label that completion shows, `<@id>`, or a list of these.
import { literal, message } from '../../i18n/message.ts';
import { type Read, readAs, refuse } from '../../i18n/read.ts';
import { labelFor, visibleId } from '../../moderation/label.ts';
import { endOfWord, piecesOf, quote, unquoted, type Word } from '../words.ts';
import {
  type Candidate,
  containing,
  type MemberReference,
  type MembersNamed,
  type Option,
  type Suggestion,
  type Taken,
} from './option.ts';

/** Most members that one command names. */
const MOST_MEMBERS = 500;
/** Longest name with its account, in characters: Chat's limits are 50 and 32 bytes, and escapes take more room. */
const LONGEST_NAME = 200;

export const COMMA = /[,，、]/;
const BLANK_OR_COMMA = /[\s,，、]/;

export const members = (): Option<MembersNamed, true> => ({
  required: true,
  unrepeated: true,
  readsQuotes: true,
  takes: wordsOfMembers,
  subject: { kind: 'members', of: (named) => named },
  completion: { from: 'people', suggest: suggestMembers },
  read: readMembers,
});

/** Reads a field: as one name, as names between commas, and as words, where each of these is something else. */
export function readMembers(raw: string, name: string): Read<MembersNamed> {
  const words = referencesOf(piecesOf(raw, BLANK_OR_COMMA));
  if (words.length === 0) return refuse(message('refused.noMember', { option: literal(name) }));
  const whole = wholeOf(raw.trim(), words);
  const listed = referencesOf(piecesOf(raw, COMMA));
  const readings = [...(whole === null ? [] : [[whole]]), ...(listed.length > 1 ? [listed] : []), words];
  const different = readings.filter(
    (one, index) => one.length > 0 && readings.findIndex((other) => isSame(one, other)) === index,
  );
  const possible = different.filter(
    (one) =>
      one.length <= MOST_MEMBERS &&
      one.every((reference) => reference.kind === 'mention' || reference.text.length <= LONGEST_NAME),
  );
  if (possible.length > 0) return readAs(possible);
  return words.length > MOST_MEMBERS
    ? refuse(message('refused.tooManyMembers', { max: MOST_MEMBERS }))
    : refuse(message('refused.unknownMember', { input: [...raw.trim()].slice(0, 50).join('') }));
}

/** The whole field as one name; `null` where every word is marked as a name of its own. */
function wholeOf(text: string, words: readonly MemberReference[]): MemberReference | null {
  const marked = words.every((word) => word.kind === 'mention' || word.quoted || word.text.startsWith('@'));
  if (marked) return words.length === 1 ? (words[0] ?? null) : null;
  return { kind: 'name', text, quoted: false };
}

const referencesOf = (pieces: readonly Word[]): readonly MemberReference[] =>
  pieces.map(referenceOf).filter((reference) => reference !== null);

function referenceOf(piece: Word): MemberReference | null {
  const trimmed = piece.text.trim();
  const mention = /^<@!?(\d{1,20})>$/.exec(trimmed);
  if (mention?.[1] !== undefined) return { kind: 'mention', userId: mention[1] };
  const word = endOfWord({ ...piece, text: trimmed }, trimmed.length - (/^@["“]/.test(trimmed) ? 1 : 0));
  const text = unquoted(word);
  return /^@?$/.test(text.trim()) ? null : { kind: 'name', text, quoted: word.quoted };
}

const isSame = (one: readonly MemberReference[], other: readonly MemberReference[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * `@a @b`, `a, b`: mentions follow each other, plain names need a comma. Where a text may follow, only a list that
 * fills the line, or stands in one word, is made on purpose: `bob @dave said so` may be one member and a reason.
 */
export function wordsOfMembers(words: readonly Word[], next: Option<unknown> | undefined): Taken {
  const isJoined = (index: number) =>
    words[index - 1]?.text.endsWith(',') === true || words[index]?.text.startsWith(',') === true;
  const isMention = ({ text }: Word) => /^(?:@|<@)/.test(text);
  const end = words.findIndex((word, index) => index > 0 && !isJoined(index) && !isMention(word));
  const count = end < 0 ? words.length : end;
  if (count <= 1 || next?.takesRest !== true) return { count };
  const alike = words.every(isMention) || words.every((_word, index) => index === 0 || isJoined(index));
  if (count === words.length && alike && !next.required) return { count };
  const choices = ['one', 'several'] as const;
  return { count: 1, doubt: { count, message: (input) => message('doubt.members', { input }), choices } };
}

/** Completes the last of several members; the ones before it stay as typed. */
export function suggestMembers(typed: string, people: readonly Candidate[]): readonly Suggestion[] {
  const { before, last } = endOfList(typed.trimStart());
  const accounts = new Set(people.map(({ id }) => id));
  const suggestions = people.map((one) => {
    const value = typedAs(one.id);
    const label = labelFor(one);
    // What is shown must be read back as this member, should it come back in place of the value.
    const clear = label === visibleId(one.id) ? !value.startsWith('"') : !accounts.has(label);
    return { label: clear ? label : value, value: `@${value}` };
  });
  const wanted = last.replace(/^@?["“]?/, '');
  return containing(wanted, suggestions).map(({ label, value }) => ({
    label: `${before}${before !== '' && COMMA.test(label) ? value : label}`,
    value: `${before}${value}`,
  }));
}

/** The names before the last one, with what parts them from it, and the last one. */
function endOfList(typed: string): { readonly before: string; readonly last: string } {
  const pieces = piecesOf(typed, BLANK_OR_COMMA);
  const last = pieces.at(-1);
  if (last === undefined || last.end < typed.length) return { before: typed, last: '' };
  return { before: typed.slice(0, last.start), last: last.text };
}

/** An account in quotes, with everything in sight: nothing else can be read in it. */
export const quotedAccount = (account: string): string => quote(visibleId(account));

/** An account as it is typed: in quotes where it would be read as something else, or as several people. */
export function typedAs(account: string): string {
  const plain = visibleId(account) === account && /^[^@<\s,，、"“”][^\s,，、"“”]*$/u.test(account);
  return plain ? account : quotedAccount(account);
}
