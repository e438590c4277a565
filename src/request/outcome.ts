// What became of a request: values only; words are chosen where it is shown.
import type { ChatError, SentRequest } from '../chat/chat.ts';
import { describeChatError } from '../chat/protocol/errors.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import type { Question } from './question.ts';
import type { Doubt, RawOptions } from './request.ts';

export type { SentRequest } from '../chat/chat.ts';

export type OutcomeKind = 'done' | 'partly' | 'refused' | 'failed' | 'preview' | 'answer' | 'asks';

/** What happened to one target. */
export interface TargetResult {
  /** A member's account, a message's sequence number, a group, or a name that was not found. */
  readonly target: string;
  readonly outcome: Exclude<OutcomeKind, 'partly' | 'asks'>;
  readonly message: Message;
  /** Chat's code, where it answered one for this target. */
  readonly code?: number;
  /** The change may have been made although no success was seen. */
  readonly uncertain?: boolean;
}

/** More than fits into an answer's lines. */
export interface AnswerFile {
  readonly name: string;
  readonly text: string;
}

/** A question that must be answered before anything is done. */
export interface Asks {
  readonly question: Question;
  /** What the question is about, as a hash; the answer gives it back. */
  readonly proof: string;
  /** Options that earlier answers filled in; the answer gives them back. */
  readonly options: RawOptions;
  /** What the question is about, where the request itself can be read in several ways. */
  readonly doubt?: Doubt;
}

export interface Outcome {
  readonly kind: OutcomeKind;
  /** The command's name, or what was typed where no such command exists. */
  readonly command: string;
  /** The first thing to say. */
  readonly message: Message;
  /** One entry a target, or a line of an answer. */
  readonly results: readonly TargetResult[];
  /** The changing requests that were sent; in a preview, those that would be. */
  readonly requests: readonly SentRequest[];
  readonly reason?: string;
  /** What else is to be known: who was not told, which timer no longer runs. */
  readonly notes?: readonly Message[];
  /** Number of the case in its group, where one was written. */
  readonly case?: number;
  /** When the program will take the effect back, in Unix seconds. */
  readonly endsAt?: number;
  /** Group that the request was about, once it was found. */
  readonly group?: string;
  /** Where the page that follows an answer begins; given back as the option `before`. */
  readonly next?: string;
  readonly file?: AnswerFile;
  /** Set exactly where the kind is `asks`: nothing was done yet. */
  readonly asks?: Asks;
}

export const refusal = (command: string, why: Message): Outcome => ({
  kind: 'refused',
  command,
  message: why,
  results: [],
  requests: [],
});

/** A question instead of a deed. */
export const asking = (command: string, asks: Asks): Outcome => ({
  kind: 'asks',
  command,
  message: asks.question.message,
  results: [],
  requests: [],
  asks,
});

/** What a failed call means, and Chat's code where there is one. */
function meaningOf(error: ChatError) {
  const code = error.code === undefined ? null : literal(String(error.code));
  const why = message(describeChatError(error).meaning, { code: code ?? literal(''), detail: error.detail });
  return { why, code };
}

/** The sentence for a change that failed; it never claims that nothing happened when nobody knows. */
export function failureOf(error: ChatError): Message {
  const { why, code } = meaningOf(error);
  const coded = code === null ? why : message('failed.call', { why, code });
  return error.uncertain ? message('failed.uncertain', { why: coded }) : coded;
}

/** A request that ended because Chat could not be read: nothing was changed yet. */
export function lookupFailure(command: string, error: ChatError): Outcome {
  const { why, code } = meaningOf(error);
  const said =
    code === null ? message('failed.lookup', { why }) : message('failed.lookupCode', { why, code });
  return { kind: 'failed', command, message: said, results: [], requests: [] };
}

/** Puts the results of several targets under one head. A single target speaks for itself. */
export function summarise(
  command: string,
  results: readonly TargetResult[],
  requests: readonly SentRequest[],
  reason: string | undefined,
): Outcome {
  const count = (outcome: OutcomeKind) => results.filter((result) => result.outcome === outcome).length;
  const [done, refused, failed, preview] = [
    count('done'),
    count('refused'),
    count('failed'),
    count('preview'),
  ];
  const kind = kindOf({ done, refused, failed, preview });
  const [only] = results;
  const head =
    results.length === 1 && only !== undefined
      ? only.message
      : message(kind === 'preview' ? 'outcome.preview' : 'outcome.several', {
          command: literal(command),
          done,
          refused,
          failed,
        });
  return { kind, command, message: head, results, requests, ...(reason ? { reason } : {}) };
}

function kindOf(counts: { done: number; refused: number; failed: number; preview: number }): OutcomeKind {
  if (counts.preview > 0) return 'preview';
  if (counts.done > 0) return counts.refused + counts.failed > 0 ? 'partly' : 'done';
  return counts.failed > 0 ? 'failed' : 'refused';
}
