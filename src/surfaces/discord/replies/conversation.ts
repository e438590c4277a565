// One command from its interaction to its reply, with the questions that it asks on the way.

import type { Translator } from '../../../i18n/translator.ts';
import type { Answered, Question } from '../../../request/question.ts';
import type { DiscordDeps } from '../deps.ts';
import { actorOf } from '../request.ts';
import type { Reply } from './embed.ts';
import type { Questions } from './questions.ts';
import { type Answerable, Responder } from './reply.ts';

interface ConversationDeps {
  readonly settings: DiscordDeps;
  readonly questions: Questions;
  readonly translator: Translator;
}

/** The reply goes to whatever the asker did last: typed the command, or pressed a button under a question. */
export class Conversation {
  readonly #deps: ConversationDeps;
  readonly #userId: string;
  #responder: Responder;

  constructor({ user }: Answerable, responder: Responder, deps: ConversationDeps) {
    this.#deps = deps;
    this.#userId = user.id;
    this.#responder = responder;
  }

  /** Asks the asker alone, and waits for a press. */
  async ask(question: Question): Promise<Answered> {
    const { settings, questions, translator } = this.#deps;
    const { reply, press } = questions.open(this.#userId, question, translator);
    const asked = this.#responder;
    if (!(await asked.ask(reply))) return { kind: 'cancelled' };
    const answer = await press;
    if (answer === null) return { kind: 'late' };
    const { interaction, choice } = answer;
    const next = new Responder(interaction, settings.logger);
    next.promiseLater({ ephemeral: choice === null, atOnce: false });
    this.#responder = next;
    await asked.withdraw();
    if (choice === null) return { kind: 'cancelled' };
    // The press tells what its presser may do by now.
    return { kind: 'chosen', choice, actor: await actorOf(interaction, settings) };
  }

  /** Sends the reply. */
  send(reply: Reply): Promise<void> {
    return this.#responder.send(reply);
  }
}
