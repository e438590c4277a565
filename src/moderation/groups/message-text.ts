// What a message says, for people to read: its text, or in a word what it shows instead.
import type { MessageElement, StoredMessage } from '../../chat/protocol/schemas.ts';
import { literal, message, type Value } from '../../i18n/message.ts';

/** Longest excerpt, in characters. */
const EXCERPT = 80;

/** The texts of a body; empty where it holds none. */
export const textOf = (body: readonly MessageElement[]): string =>
  body
    .map(({ MsgContent }) => MsgContent.Text)
    .filter((text) => typeof text === 'string')
    .join(' ');

/** The first words on one line. */
export function excerptOf(text: string, most = EXCERPT): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

/** The kind of the first element, as Chat names it (page 33527); empty for a body that holds nothing. */
export const kindOf = ([first]: readonly MessageElement[]): string => first?.MsgType ?? '';

/** What a message says, in a sentence: the words, or the kind of what it shows. */
export const saidIn = (text: string, kind: string): Value =>
  text === '' ? message('message.kind', { kind: literal(kind) }) : text;

/** "grace: No, me.", for a list of suggestions. */
export const shortLabelOf = ({ From_Account: sender, MsgBody: body }: StoredMessage): string =>
  [sender, excerptOf(textOf(body)) || kindOf(body)].filter(Boolean).join(': ');
