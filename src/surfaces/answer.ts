// Answers in words: what a line that was typed to a question means.
import { literal, message } from '../i18n/message.ts';
import { choiceOf } from '../i18n/names.ts';
import type { Translator } from '../i18n/translator.ts';

export type Answer =
  | { readonly kind: 'chosen'; readonly choice: string }
  | { readonly kind: 'cancelled' }
  /** None of the answers. */
  | { readonly kind: 'unclear' };

const CONFIRM = 'confirm';
const CANCEL = 'cancel';
const yes = ['yes', 'y'];
const no = ['', 'no', 'n'];

/** A word as it is compared: an input method may leave it wide, or in capitals. */
const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The two words of an answer: the one that means the same in every language, and the reader's. */
const wordsOf = (answer: string, { text }: Translator): readonly [string, string] => [
  answer,
  folded(text(message(choiceOf('answer', answer)))),
];

/** Reads an answer. A choice may be shortened as long as it is clear; a confirmation may not. */
export function readAnswer(line: string, choices: readonly string[], translator: Translator): Answer {
  const typed = folded(line);
  if ([...no, ...wordsOf(CANCEL, translator)].includes(typed)) return { kind: 'cancelled' };
  const named = choices.filter((choice) =>
    [...wordsOf(choice, translator), ...(choice === CONFIRM ? yes : [])].includes(typed),
  );
  const begun = choices.filter(
    (choice) => choice !== CONFIRM && wordsOf(choice, translator).some((word) => word.startsWith(typed)),
  );
  const [choice, ...others] = named.length > 0 ? named : begun;
  return choice === undefined || others.length > 0 ? { kind: 'unclear' } : { kind: 'chosen', choice };
}

/** Everything that Tab offers while a question is open. */
export const answersTo = (choices: readonly string[], translator: Translator): readonly string[] => [
  ...new Set([...choices, CANCEL].flatMap((answer) => wordsOf(answer, translator))),
];

/** Says what can be typed; a word that an input method is needed for stands beside the one that needs none. */
export function invitation(choices: readonly string[], translator: Translator): string {
  const shown = (answer: string): string => {
    const [word, own] = wordsOf(answer, translator);
    return word === own ? word : `${own} (${word})`;
  };
  const values = { choices: literal(choices.map(shown).join(' / ')), cancel: literal(shown(CANCEL)) };
  return `${translator.text(message('consent.words', values))} `;
}
