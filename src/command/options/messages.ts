// Messages of a group: sequence numbers (`7`, `7 9`, `7-12`) or `last 5`.
import { message } from '../../i18n/message.ts';
import { type Read, readAs, refuse } from '../../i18n/read.ts';
import { excerptOf } from '../../moderation/groups/message-text.ts';
import type { Word } from '../words.ts';
import {
  type Candidate,
  containing,
  type MessageSelection,
  type Option,
  type Suggestion,
  type Taken,
} from './option.ts';

/** Most messages that one command names. */
const MOST_MESSAGES = 100;
/** Longest label of a suggestion, in characters: Discord takes no longer one. */
const LABEL = 90;

export const messages = (): Option<MessageSelection, true> => ({
  required: true,
  maxLength: 500,
  takes: wordsOfMessages,
  completion: { from: 'messages', suggest: suggestMessages },
  subject: { kind: 'messages', of: (selection) => selection },
  read: readMessages,
});

/** Completes the last of several numbers; the label alone is cut, for the value is what counts. */
export function suggestMessages(typed: string, latest: readonly Candidate[]): readonly Suggestion[] {
  const [, before = '', last = ''] = /^(.*[\s,、])?(.*)$/su.exec(typed.trimStart()) ?? [];
  const named = new Set(before.split(/[\s,、]+/u));
  const suggestions = latest
    .filter(({ id }) => !named.has(id))
    .map(({ id, name }) => ({ label: excerptOf(`${before}${id} ${name}`, LABEL), value: `${before}${id}` }));
  return containing(last.replace(/^#/, ''), suggestions);
}

function wordsOfMessages(words: readonly Word[]): Taken {
  if (words[0]?.text.toLowerCase() === 'last') return { count: Math.min(words.length, 2) };
  const end = words.findIndex(
    ({ text }, index) => index > 0 && !/^[#\d][#\d,\-、]*$/u.test(text.normalize('NFKC')),
  );
  return { count: end < 0 ? words.length : end };
}

function readMessages(raw: string): Read<MessageSelection> {
  const text = raw.normalize('NFKC').trim().toLowerCase();
  const unknown = () => refuse(message('refused.messages', { input: raw.slice(0, 50) }));
  const tooMany = () => refuse(message('refused.tooManyMessages', { max: MOST_MESSAGES }));
  const last = /^last\s*(\d{1,9})$/.exec(text);
  if (last !== null) {
    const count = Number(last[1]);
    if (count === 0) return unknown();
    return count > MOST_MESSAGES ? tooMany() : readAs({ kind: 'last', count });
  }
  const seqs = new Set<number>();
  for (const piece of text.split(/[\s,、]+/u).filter((part) => part !== '')) {
    const range = /^#?(\d{1,15})(?:-#?(\d{1,15}))?$/.exec(piece);
    const first = Number(range?.[1]);
    const until = Number(range?.[2] ?? range?.[1]);
    if (range === null || first < 1 || until < first) return unknown();
    if (until - first >= MOST_MESSAGES) return tooMany();
    for (let seq = first; seq <= until; seq += 1) seqs.add(seq);
  }
  if (seqs.size === 0) return unknown();
  if (seqs.size > MOST_MESSAGES) return tooMany();
  return readAs({ kind: 'sequence', seqs: [...seqs].sort((a, b) => a - b) });
}
