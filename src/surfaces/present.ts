// An outcome in words, the same on every surface: a head, lines under it, and the reason.

import { literal, type Message, message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Outcome } from '../request/outcome.ts';

export interface Presented {
  readonly head: string;
  /** One line a target or fact; empty where the head says it all. */
  readonly lines: readonly string[];
  /** How to see the page that follows, where there is one. */
  readonly next: string | null;
  /** "Reason: …", already in words. */
  readonly reason: string | null;
  /** "Case 12", where one was written. */
  readonly case: string | null;
}

/** Chooses the words for an outcome. */
export function present(outcome: Outcome, translator: Translator): Presented {
  return {
    head: translator.text(outcome.message),
    lines: linesOf(outcome).map(translator.text),
    next:
      outcome.next === undefined
        ? null
        : translator.text(message('page.next', { before: literal(outcome.next) })),
    reason:
      outcome.reason === undefined
        ? null
        : translator.text(message('reason.line', { reason: outcome.reason })),
    case: outcome.case === undefined ? null : translator.text(message('case.number', { case: outcome.case })),
  };
}

function linesOf({ message: head, results, endsAt, asks, notes = [] }: Outcome): readonly Message[] {
  return [
    ...(asks?.question.lines ?? []),
    // A target that speaks for all is not told twice.
    ...results.map((result) => result.message).filter((line) => line !== head),
    ...(endsAt === undefined ? [] : [message('outcome.ends', { at: { at: endsAt } })]),
    ...notes,
  ];
}

/** The whole of it as lines of text. */
export const asText = ({ head, lines, next, reason, case: number }: Presented): string =>
  [head, ...lines, next, reason, number].filter((line) => line !== null).join('\n');
