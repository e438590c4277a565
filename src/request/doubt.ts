// A doubt: something that was typed can be read in several ways. It is asked about, or refused with the clear words.
import { createHash } from 'node:crypto';
import { literal, type Message, message } from '../i18n/message.ts';
import { choiceOf } from '../i18n/names.ts';
import type { Question } from './question.ts';
import type { Doubt, Reading } from './request.ts';

/** The refusal where nobody can be asked: it names the words that would be clear. */
export function refusalOf({ message: doubt, readings: [first, second] }: Doubt): Message {
  if (first === undefined) return doubt;
  const line = literal(first.line);
  return second === undefined
    ? message('refused.doubtful', { doubt, line })
    : message('refused.doubtfulTwo', { doubt, line, other: literal(second.line) });
}

export const questionOf = ({ message: doubt, readings }: Doubt): Question => ({
  message: doubt,
  lines: readings.map(lineFor),
  choices: readings.map(({ choice }) => choice),
});

function lineFor({ choice, line, who }: Reading): Message {
  const values = { answer: message(choiceOf('answer', choice)), line: literal(line) };
  return who === undefined
    ? message('doubt.reading', values)
    : message('doubt.readingOf', { ...values, members: who });
}

/** What a doubt is about: an answer holds while the readings are the same. */
export const proofOfDoubt = (command: string, { readings }: Doubt): string =>
  createHash('sha256')
    .update(JSON.stringify([command, readings.map(({ line }) => line)]))
    .digest('base64url');
