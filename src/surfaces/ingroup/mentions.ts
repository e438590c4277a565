// Mentions at the head of a command: whole names, also of several words, become accounts. Pure.
import { quotedAccount } from '../../command/options/members.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import type { Called } from './names.ts';

export type Rewritten =
  | { readonly ok: true; readonly line: string }
  | { readonly ok: false; readonly problem: Message };

/** A mention that was read, and where the line goes on. */
interface Mention {
  readonly account: string | null;
  readonly end: number;
}

const folded = (text: string): string => text.normalize('NFC');
const isEnd = (character: string | undefined): boolean =>
  character === undefined || /[\s,，、]/u.test(character);

/** Whether the line has, after the command's name, a mention that could be more than one word. */
export const hasMention = (line: string): boolean => /^\S+\s+(?:member:)?[@＠](?!")/u.test(line);

/**
 * Puts accounts in the place of the mentions that follow the command's name, one after the other; text behind them stays.
 * @param listed accounts that the message itself names, in the order of its text; they go before every name
 */
export function withAccounts(line: string, members: readonly Called[], listed: readonly Called[]): Rewritten {
  const [head = ''] = /^\S+\s+(?:member:)?/u.exec(line) ?? [];
  let written = head;
  let at = head.length;
  const left = [...listed];
  while (/[@＠]/u.test(line[at] ?? '') && line[at + 1] !== '"') {
    const read = mentionAt(line, at + 1, members, left);
    if (!('end' in read)) return { ok: false, problem: read };
    written += read.account === null ? line.slice(at, read.end) : `@${quotedAccount(read.account)}`;
    const [gap = ''] = /^[\s,，、]*/u.exec(line.slice(read.end)) ?? [];
    written += gap;
    at = read.end + gap.length;
  }
  return { ok: true, line: written + line.slice(at) };
}

function mentionAt(
  line: string,
  start: number,
  members: readonly Called[],
  left: Called[],
): Mention | Message {
  const [next] = left;
  const ofNext = next === undefined ? 0 : longest(line, start, next.names);
  if (next !== undefined && ofNext > 0) {
    left.shift();
    return { account: next.account, end: start + ofNext };
  }
  const matches = members
    .map(({ account, names }) => ({ account, length: longest(line, start, names) }))
    .filter(({ length }) => length > 0);
  const [, word = ''] = /^([^\s,，、]+)/u.exec(line.slice(start)) ?? [];
  const accounts = [...new Set(matches.map(({ account }) => account))];
  // An account is typed as it is; a name that nobody has is the grammar's to refuse.
  if (accounts.length === 0) return { account: null, end: start + word.length };
  const [only, other] = accounts;
  if (only !== undefined && other === undefined) {
    return { account: only, end: start + (matches[0]?.length ?? 0) };
  }
  return message('ingroup.twoNames', {
    input: word,
    accounts: accounts.map((account) => literal(account)),
  });
}

/** Length of the longest of the names that stands whole at a place of the line; 0 for none. */
function longest(line: string, start: number, names: readonly string[]): number {
  const rest = line.slice(start);
  const fitting = names.flatMap((name) => {
    // The line may spell a letter with other code points than the name does.
    const length = lengthOf(rest, folded(name));
    return length > 0 && isEnd(rest[length]) ? [length] : [];
  });
  return Math.max(0, ...fitting);
}

function lengthOf(rest: string, name: string): number {
  if (name === '') return 0;
  if (rest.startsWith(name)) return name.length;
  for (const length of [name.length, name.length * 2, name.length + 1, name.length + 2]) {
    if (folded(rest.slice(0, length)) === name) return length;
  }
  return 0;
}
