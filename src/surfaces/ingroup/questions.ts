// Questions to whoever typed a command: kept until they answer with the code, or with the word of a choice.
import type { Translator } from '../../i18n/translator.ts';
import type { Asking } from '../../request/conversation.ts';
import { ANSWER_WITHIN } from '../../request/question.ts';
import type { Request } from '../../request/request.ts';
import { answersTo, readAnswer } from '../answer.ts';
import type { Where } from './typed.ts';

export interface OpenQuestion {
  /** What is typed after `/confirm`: the beginning of the question's proof. */
  readonly code: string;
  readonly request: Request;
  readonly asking: Asking;
  readonly where: Where;
  readonly translator: Translator;
}

export interface Questions {
  /** @returns the code that answers it */
  open(account: string, question: Omit<OpenQuestion, 'code'>, now: number): string;
  /** Whether a text is the word of an answer to this account's latest question there; takes nothing. */
  isAnswer(account: string, where: Where, text: string, now: number): boolean;
  /** The latest open question, or the one with this code; it is no longer open then. */
  take(account: string, code: string | null, now: number): OpenQuestion | null;
}

const CODE_LENGTH = 6;
/** Questions of one account at a time; the oldest is given up. */
const MOST_OPEN = 10;

/** Makes the memory of open questions; it ends with the process, and then the command is typed again. */
export function createQuestions(): Questions {
  const open = new Map<string, { readonly question: OpenQuestion; readonly until: number }[]>();

  function standing(account: string, now: number) {
    const list = (open.get(account) ?? []).filter(({ until }) => until > now);
    if (list.length === 0) open.delete(account);
    else open.set(account, list);
    return list;
  }

  return {
    open(account, question, now) {
      const code = question.asking.asks.proof
        .replaceAll(/[^A-Za-z0-9]/g, '')
        .slice(0, CODE_LENGTH)
        .toLowerCase();
      const others = standing(account, now).filter((one) => one.question.code !== code);
      const entry = { question: { ...question, code }, until: now + ANSWER_WITHIN * 1_000 };
      open.set(account, [...others, entry].slice(-MOST_OPEN));
      return code;
    },
    isAnswer(account, where, text, now) {
      const latest = standing(account, now).at(-1)?.question;
      return latest !== undefined && isSame(latest.where, where) && isWordFor(latest, text);
    },
    take(account, code, now) {
      const list = standing(account, now);
      const entry =
        code === null ? list.at(-1) : list.find(({ question }) => question.code === code.toLowerCase());
      if (entry === undefined) return null;
      const rest = list.filter((one) => one !== entry);
      if (rest.length === 0) open.delete(account);
      else open.set(account, rest);
      return entry.question;
    },
  };
}

const isSame = (one: Where, other: Where): boolean =>
  one.kind === 'group' ? other.kind === 'group' && one.group === other.group : other.kind === 'direct';

/** The whole word: people go on talking while a question is open. */
const isWordFor = ({ asking, translator }: OpenQuestion, text: string): boolean =>
  answersTo(asking.asks.question.choices, translator).includes(text.normalize('NFKC').trim().toLowerCase());

/** What a word means for a question; `null`: it is none of the answers. */
export function meantBy(
  { asking, translator }: OpenQuestion,
  word: string,
): 'cancelled' | { readonly choice: string } | null {
  const { choices } = asking.asks.question;
  // With one answer, its code says it all.
  const [only, ...more] = choices;
  if (word.trim() === '') return only !== undefined && more.length === 0 ? { choice: only } : null;
  const meant = readAnswer(word, choices, translator);
  if (meant.kind === 'unclear') return null;
  return meant.kind === 'cancelled' ? 'cancelled' : { choice: meant.choice };
}
