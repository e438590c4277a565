// Answers to whoever typed a command, and to nobody else: a one-to-one message from the bot's account, or a notice.
import { createHash } from 'node:crypto';
import { literal, message } from '../../i18n/message.ts';
import { choiceOf } from '../../i18n/names.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { InGroup } from '../../moderation/settings.ts';
import type { Outcome } from '../../request/outcome.ts';
import { ANSWER_WITHIN } from '../../request/question.ts';
import { asText, present } from '../present.ts';
import type { Called, ChatCalls } from './chat-calls.ts';

/** Bytes of one message: 12 KB is the most, 8,000 bytes by older pages (page 34381), and JSON doubles some of them. */
const LARGEST = 5_000;

export interface Reply {
  readonly to: string;
  readonly text: string;
  /** The group in which the command was typed; `null` for a one-to-one message. */
  readonly group: string | null;
  readonly how: InGroup['reply'];
  /** Names what is answered: the same answer, sent again after a crash, is the same message to Chat. */
  readonly about: string;
}

/**
 * Sends an answer.
 * @returns whether Chat accepted all of it
 */
export async function sendReply(
  chat: ChatCalls,
  { to, text, group, how, about }: Reply,
): Promise<Called<unknown>> {
  let sent: Called<unknown> | null = null;
  for (const [index, part] of partsOf(text).entries()) {
    sent =
      how === 'system' && group !== null
        ? await notice(chat, group, to, part)
        : await write(chat, to, part, randomFor(`${about}\n${index}`));
    if (!sent.ok) return sent;
  }
  // A text is never empty, so at least one part was sent.
  return sent ?? write(chat, to, text, randomFor(about));
}

/** A notice reaches who is online; where the group's type cannot name one, or refuses, the message is written instead. */
async function notice(chat: ChatCalls, group: string, to: string, text: string): Promise<Called<unknown>> {
  const body = { GroupId: group, ToMembers_Account: [to], Content: text };
  const sent = await chat.call('send_group_system_notification', body);
  return sent.ok ? sent : write(chat, to, text, randomFor(`${group}\n${to}\n${text}`));
}

const write = (chat: ChatCalls, to: string, text: string, random: number): Promise<Called<unknown>> =>
  chat.call('sendmsg', {
    To_Account: to,
    MsgRandom: random,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
    // The admin's own devices need no copy.
    SyncOtherMachine: 2,
  });

const randomFor = (about: string): number => createHash('sha256').update(about).digest().readUInt32BE(0);

/** The text in pieces that a message holds, cut between lines where that is possible. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.split('\n').flatMap(cut)) {
    const longer = part === '' ? line : `${part}\n${line}`;
    if (part !== '' && Buffer.byteLength(longer) > LARGEST) {
      parts.push(part);
      part = line;
    } else part = longer;
  }
  return [...parts, part];
}

/** A line in pieces that are short enough. */
function cut(line: string): readonly string[] {
  if (Buffer.byteLength(line) <= LARGEST) return [line];
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece) + Buffer.byteLength(character) > LARGEST) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** An outcome as the text of an answer. @param code what confirms it, for a question */
export function textFor(outcome: Outcome, translator: Translator, code: string | null): string {
  if (outcome.asks === undefined || code === null) return asText(present(outcome, translator));
  const { question } = outcome.asks;
  const [only, ...more] = question.choices;
  const words = question.choices.map((choice) => message(choiceOf('answer', choice)));
  const how =
    only !== undefined && more.length === 0
      ? message('ingroup.confirm', { code: literal(code), word: message(choiceOf('answer', only)) })
      : message('ingroup.choose', { code: literal(code), choices: words });
  return [question.message, ...question.lines, how, message('consent.within', { seconds: ANSWER_WITHIN })]
    .map(translator.text)
    .join('\n');
}
