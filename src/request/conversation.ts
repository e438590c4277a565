// A conversation: questions that come up on the way to an outcome, and the request that answers one.
import { message } from '../i18n/message.ts';
import { type Asks, type Outcome, refusal } from './outcome.ts';
import type { Answered, Question } from './question.ts';
import type { Request } from './request.ts';

/** An outcome that is a question. */
export type Asking = Outcome & { readonly asks: Asks };

export const isQuestion = (outcome: Outcome): outcome is Asking => outcome.asks !== undefined;

/**
 * The request that answers a question: the same one, about the group that the question was about, with what was chosen.
 * Everything is looked up again; the proof says whether the same would still be done.
 */
export const answering = (
  { doubt: _settled, ...request }: Request,
  { asks, group }: Asking,
  { choice, actor = request.actor }: Extract<Answered, { kind: 'chosen' }>,
): Request => ({
  ...request,
  actor,
  options: { ...request.options, ...asks.options },
  places: [],
  ...(group === undefined ? {} : { defaultGroup: group }),
  ...(asks.doubt === undefined ? {} : { doubt: asks.doubt }),
  answer: { proof: asks.proof, choice },
});

/** What becomes of a request whose question was not answered: nothing was done. */
export const unanswered = ({ command, group }: Outcome, why: 'cancelled' | 'late'): Outcome => ({
  ...refusal(command, message(why === 'late' ? 'refused.unanswered' : 'refused.cancelled')),
  ...(group === undefined ? {} : { group }),
});

/**
 * Carries a request out, and puts each question that comes up to the asker until there is none left.
 * @param ask puts one question to the asker, and only to them
 */
export async function converse(
  handle: (request: Request) => Promise<Outcome>,
  request: Request,
  ask: (question: Question) => Promise<Answered>,
): Promise<Outcome> {
  const outcome = await handle(request);
  if (!isQuestion(outcome)) return outcome;
  const answered = await ask(outcome.asks.question);
  return answered.kind === 'chosen'
    ? converse(handle, answering(request, outcome, answered), ask)
    : unanswered(outcome, answered.kind);
}
