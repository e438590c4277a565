// A message in a line: its number, its sender, and what it says.
import {
  excerptOf,
  kindOf,
  type Message,
  type MessageFacts,
  message,
  saidIn as said,
  textOf,
  type Value,
} from '../../src/command/index.ts';

/** The first words, or what it shows. */
export const saidIn = ({ body }: Pick<MessageFacts, 'body'>): Value =>
  said(excerptOf(textOf(body)), kindOf(body));

/** "12 by grace: No, me." */
export const lineOfMessage = (one: MessageFacts): Message =>
  message('message.line', { seq: one.seq, sender: one.sender?.account ?? '?', said: saidIn(one) });
