// Questions to the asker: buttons under a message that only they see, and the one answer that counts.
import { randomUUID } from 'node:crypto';
import { type ButtonInteraction, ButtonStyle, Colors } from 'discord.js';
import { message } from '../../../i18n/message.ts';
import { choiceOf } from '../../../i18n/names.ts';
import type { Translator } from '../../../i18n/translator.ts';
import { ANSWER_WITHIN, type Question } from '../../../request/question.ts';
import { type ButtonRow, buttonOf, rowsOf } from './buttons.ts';
import { MOST_TEXT, type Reply } from './embed.ts';
import { cut } from './style.ts';

/** Begins the `custom_id` of these buttons. */
const BUTTON = 'chat-marshal-ask';
const CANCEL = 'cancel';

/** Answered questions that are remembered, so that a second press is told the truth. */
const MOST_ENDED = 1_000;

/** A press on a button of an open question; `null`: nobody pressed in time. */
export type Press = { readonly interaction: ButtonInteraction; readonly choice: string | null } | null;

/** Why a press counts for nothing: `answered` and `cancelled` are what an earlier one did. */
export type PressedInVain = 'not yours' | 'answered' | 'cancelled' | 'over';

export interface OpenQuestion {
  readonly reply: Reply;
  readonly press: Promise<Press>;
}

export interface Questions {
  /** Opens a question to one user. */
  open(userId: string, question: Question, translator: Translator): OpenQuestion;
  /**
   * Takes a press.
   * @returns `taken`; `foreign` for a button that is none of ours; why it counts for nothing otherwise
   */
  take(interaction: ButtonInteraction): 'taken' | 'foreign' | PressedInVain;
  /** Ends all open questions unanswered. */
  close(): void;
}

interface Waiting {
  readonly userId: string;
  settle(press: Press): void;
}

/** @param within how long a question stands, in milliseconds */
export function createQuestions(within = ANSWER_WITHIN * 1_000): Questions {
  const waiting = new Map<string, Waiting>();
  const ended = new Map<string, 'answered' | 'cancelled'>();
  return {
    open(userId, question, translator) {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Press>();
      const timer = setTimeout(() => settle(null), within);
      const settle = (press: Press) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(press);
      };
      waiting.set(id, { userId, settle });
      return { reply: replyFor(id, question, translator, within), press: promise };
    },
    take(interaction) {
      const [, id = '', choice = ''] =
        new RegExp(`^${BUTTON}:([^:]+):(.+)$`).exec(interaction.customId) ?? [];
      if (id === '') return 'foreign';
      const question = waiting.get(id);
      if (question === undefined) return ended.get(id) ?? 'over';
      if (question.userId !== interaction.user.id) return 'not yours';
      ended.set(id, choice === CANCEL ? 'cancelled' : 'answered');
      if (ended.size > MOST_ENDED) ended.delete(ended.keys().next().value ?? '');
      question.settle({ interaction, choice: choice === CANCEL ? null : choice });
      return 'taken';
    },
    close() {
      for (const { settle } of waiting.values()) settle(null);
    },
  };
}

function replyFor(id: string, question: Question, { text }: Translator, within: number): Reply {
  const sentences = [
    question.message,
    ...question.lines,
    message('consent.within', { seconds: Math.round(within / 1_000) }),
  ];
  return {
    body: {
      embeds: [{ description: cut(sentences.map(text).join('\n'), MOST_TEXT), color: Colors.Gold }],
      components: rowFor(id, question.choices, text),
      allowedMentions: { parse: [] },
    },
    ephemeral: true,
  };
}

function rowFor(id: string, choices: readonly string[], text: Translator['text']): readonly ButtonRow[] {
  const styleOf = (choice: string) => {
    if (choice === CANCEL) return ButtonStyle.Secondary;
    return choice === 'confirm' ? ButtonStyle.Danger : ButtonStyle.Primary;
  };
  return rowsOf(
    [...choices, CANCEL].map((choice) =>
      buttonOf(styleOf(choice), text(message(choiceOf('answer', choice))), `${BUTTON}:${id}:${choice}`),
    ),
  );
}
