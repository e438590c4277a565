// Questions at the prompt: the line that is typed next is the answer, and no command.
import type { Interface } from 'node:readline/promises';
import { message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import { ANSWER_WITHIN, type Answered, type Question } from '../../request/question.ts';
import { answersTo, invitation, readAnswer } from '../answer.ts';
import { isExit } from './shell.ts';
import { type Terminal, writeLine } from './terminal.ts';

export interface Questions {
  /** Asks whoever types; an end of the prompt cancels. */
  ask(question: Question): Promise<Answered>;
  /** What completes an answer; `null` while nothing is asked. */
  answers(): readonly string[] | null;
}

export interface Asking {
  readonly lines: Interface;
  readonly translator: Translator;
  /** Aborted when no line can come any more. */
  readonly closed: AbortSignal;
  /** Ends the prompt: `exit` was the answer. */
  end(): void;
}

/** The questions of one prompt; one is open at a time. */
export function createQuestions(
  { stdout, timeout = AbortSignal.timeout }: Terminal,
  { lines, translator, closed, end }: Asking,
): Questions {
  let open: Question | null = null;
  keepAnswersOut(lines, () => open !== null);

  /** @returns `null` when none can come any more */
  const read = (query: string, signal: AbortSignal): Promise<string | null> =>
    lines.question(query, { signal }).catch((error: unknown) => {
      // What the interface rejects with when it was closed by a key.
      if (error instanceof Error && error.name === 'AbortError') return null;
      throw error;
    });

  async function answer({ choices }: Question, late: AbortSignal): Promise<Answered> {
    const query = invitation(choices, translator);
    const signal = AbortSignal.any([late, closed]);
    for (let line = await read(query, signal); line !== null; line = await read(query, signal)) {
      if (isExit(line)) {
        end();
        return { kind: 'cancelled' };
      }
      const meant = readAnswer(line, choices, translator);
      if (meant.kind !== 'unclear') return meant;
      writeLine(stdout, translator.text(message('consent.unclear', { input: line.trim() })));
    }
    return { kind: late.aborted ? 'late' : 'cancelled' };
  }

  return {
    async ask(question) {
      if (closed.aborted) return { kind: 'cancelled' };
      show(question, stdout, translator);
      open = question;
      try {
        return await answer(question, timeout(ANSWER_WITHIN * 1_000));
      } finally {
        open = null;
      }
    },
    answers: () => open && answersTo(open.choices, translator),
  };
}

function show(question: Question, output: NodeJS.WritableStream, { text }: Translator): void {
  writeLine(output, text(question.message), 'yellow');
  for (const line of question.lines) writeLine(output, `  ${text(line)}`);
  writeLine(output, text(message('consent.within', { seconds: ANSWER_WITHIN })), 'dim');
}

/** The history is for commands: an answer that came back with an arrow key would be taken as one. */
function keepAnswersOut(lines: Interface, isAnswer: () => boolean): void {
  let commands: readonly string[] = [];
  lines.on('history', (history) => {
    if (isAnswer()) history.splice(0, history.length, ...commands);
    else commands = [...history];
  });
}
