// One or several members: `@bob`, `bob`, a name card, `<@id>`, with blanks or commas between.
import { literal, message } from '../../i18n/message.ts';
import { type Read, readAs, refuse } from '../../i18n/read.ts';
import type { Word } from '../words.ts';
import { type Candidate, containing, type MemberReference, type Option, type Suggestion } from './option.ts';

/** Most members that one command names. */
const MOST_MEMBERS = 500;

export const members = (): Option<readonly MemberReference[], true> => ({
  required: true,
  unrepeated: true,
  readsQuotes: true,
  takes: wordsOfMembers,
  subject: { kind: 'members', of: (references) => references },
  completion: { from: 'people', suggest: suggestMembers },
  read: readMembers,
});

export function readMembers(raw: string, name: string): Read<readonly MemberReference[]> {
  const pieces = [...raw.matchAll(/@?"([^"]*)"|[^\s,，、]+/gu)].map((match) => match[1] ?? match[0]);
  const references = pieces.map(referenceOf).filter((reference) => reference !== null);
  if (references.length === 0) return refuse(message('refused.noMember', { option: literal(name) }));
  if (references.length > MOST_MEMBERS)
    return refuse(message('refused.tooManyMembers', { max: MOST_MEMBERS }));
  return readAs(references);
}

function referenceOf(piece: string): MemberReference | null {
  const mention = /^<@!?(\d{1,20})>$/.exec(piece);
  if (mention?.[1] !== undefined) return { kind: 'mention', userId: mention[1] };
  const text = piece.replace(/^@/, '').trim();
  return text === '' ? null : { kind: 'name', text };
}

/** `@a @b`, `a, b`: mentions follow each other, plain names need a comma. */
export function wordsOfMembers(words: readonly Word[]): number {
  const end = words.findIndex(({ text }, index) => {
    const joined = words[index - 1]?.text.endsWith(',') || text.startsWith(',');
    return index > 0 && !joined && !/^(?:@|<@)/.test(text);
  });
  return end < 0 ? words.length : end;
}

/** Completes the last of several members; the ones before it stay as typed. */
export function suggestMembers(typed: string, people: readonly Candidate[]): readonly Suggestion[] {
  const [, before = '', last = ''] = /^(.*?[\s,]|)(\S*)$/s.exec(typed.trimStart()) ?? [];
  const suggestions = people
    // An account with a quotation mark cannot be typed: it would be read as something else, or as several people.
    .filter(({ id }) => !id.includes('"'))
    .map((one) => ({ label: labelFor(one), value: quoted(one.id) }));
  return containing(last.replace(/^@/, ''), suggestions).map(({ label, value }) => ({
    label: `${before}${label}`,
    value: `${before}@${value}`,
  }));
}

const labelFor = ({ id, name }: Candidate): string => (name === '' || name === id ? id : `${name} (${id})`);

const quoted = (account: string): string => (/[\s,]/.test(account) ? `"${account}"` : account);
