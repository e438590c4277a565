// Writes over what a rule finds in the text elements of a message.
import type { MessageEvent } from '../event/event.ts';
import { type MessageElement, type ShownText, textsOf } from '../event/texts.ts';
import type { Matcher } from '../match/scan.ts';
import type { Span } from '../match/words.ts';
import type { Rule } from '../rule.ts';
import { EventLook } from './look.ts';
import { RuleMemory } from './memory.ts';

/** How many places of one message are written over; beyond that it cannot be masked. */
const MOST_PLACES = 100;

/**
 * The body without what the rule finds in it, everywhere.
 * @returns `null` where something stands in no text element, or is found in no text at all
 */
export function maskBody(
  rule: Rule,
  event: MessageEvent,
  sign: string,
  matcher: Matcher,
): readonly MessageElement[] | null {
  let { body } = event;
  for (let places = 0; places < MOST_PLACES; places += 1) {
    const texts = textsOf(body, undefined);
    const found = findIn(rule, { ...event, body, texts: [...texts, ...cloudOf(event)] }, matcher);
    if (found === null) return body;
    const text = found.text === null ? undefined : texts[found.text];
    if (text?.parts === undefined || found.span.end <= found.span.start) return null;
    body = writeOver(body, text, found.span, sign);
  }
  return null;
}

const cloudOf = ({ texts }: MessageEvent): readonly ShownText[] =>
  texts.filter(({ place }) => place === 'cloud');

/** Triggers that count events find nothing in a text, so they are left out. */
function findIn(rule: Rule, event: MessageEvent, matcher: Matcher) {
  const look = new EventLook(event, {}, new RuleMemory(), matcher);
  for (const trigger of rule.when) {
    if (trigger.remembers || !trigger.events.includes('message')) continue;
    const finding = trigger.find(look);
    if (finding !== null) return finding;
  }
  return null;
}

function writeOver(
  body: readonly MessageElement[],
  { parts = [] }: ShownText,
  { start, end }: Span,
  sign: string,
): readonly MessageElement[] {
  return body.map((element, index) => {
    const part = parts.find((one) => one.element === index);
    const { Text: text } = element.MsgContent;
    if (part === undefined || typeof text !== 'string') return element;
    const from = Math.max(start - part.start, 0);
    const to = Math.min(end - part.start, text.length);
    if (from >= to) return element;
    const over = written(text.slice(from, to), sign);
    return {
      ...element,
      MsgContent: { ...element.MsgContent, Text: text.slice(0, from) + over + text.slice(to) },
    };
  });
}

/** One sign stands for each character; words stand for all of them. */
const written = (hidden: string, sign: string): string =>
  [...sign].length > 1 ? sign : [...hidden].map((one) => (/\s/u.test(one) ? one : sign)).join('');
