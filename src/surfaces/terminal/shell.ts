// What a typed line means: a slash command, or one of the few words that change who types and where.

import { literal, message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { actorOf } from './actors.ts';
import { type Executed, execute, type Session } from './execute.ts';
import { isSuccess, report } from './report.ts';
import { writeLine } from './terminal.ts';

export interface ShellOptions {
  readonly output: NodeJS.WritableStream;
  /** For what is said about a file, so that the output holds the file alone. */
  readonly notices: NodeJS.WritableStream;
  readonly translator: Translator;
  readonly json: boolean;
  /** For a person: shorter requests, an answer to every word, and questions before what matters. */
  readonly chatty: boolean;
  /** More to show after a command. */
  after?(executed: Executed): readonly string[];
  /** Lets a person of the sandbox speak as their own client would: in the group, or to the bot. @returns what there is to show */
  speak?(speech: Speech): Promise<readonly string[]>;
}

export interface Speech {
  readonly account: string;
  readonly text: string;
  /** `null`: one-to-one, to the bot. */
  readonly group: string | null;
}

/** What became of a line. */
export type LineResult = 'fine' | 'not done' | 'exit';

/** Words that are not commands; with a slash before it, each is one. */
export const shellWords = ['as', 'group', 'exit'] as const;
/** Further ones, on the sandbox. */
export const speakingWords = ['say', 'whisper'] as const;

/** Whether a line ends the program. */
export const isExit = (line: string): boolean => /^\s*(?:exit|quit)\s*$/.test(line);

export class Shell {
  readonly #options: ShellOptions;
  #session: Session;

  constructor(session: Session, options: ShellOptions) {
    this.#session = session;
    this.#options = options;
  }

  get actor(): Actor {
    return this.#session.actor;
  }

  /** Whether people of the sandbox can be made to speak. */
  get speaks(): boolean {
    return this.#options.speak !== undefined;
  }

  get group(): string | undefined {
    return this.#session.group;
  }

  /**
   * Carries a line out and writes the answer.
   * @param ask asks whoever types, where somebody does
   */
  async take(line: string, ask?: Session['ask']): Promise<LineResult> {
    if (isExit(line)) return 'exit';
    const [, word, rest = ''] = /^(\S+)(?:\s+(.*\S))?\s*$/s.exec(line.trim()) ?? [];
    if (word === 'as' && rest !== '') return this.#become(rest);
    if (word === 'group' && rest !== '') return this.#enter(rest);
    if ((word === 'say' || word === 'whisper') && this.#options.speak !== undefined) {
      return this.#speak(rest, word === 'say' ? (this.group ?? null) : null);
    }
    const { chatty } = this.#options;
    const executed = await execute(line, { ...this.#session, ...(chatty && ask && { ask }) });
    report(executed.outcome, { ...this.#options, brief: chatty });
    for (const more of this.#options.after?.(executed) ?? []) writeLine(this.#options.output, more, 'dim');
    return isSuccess(executed.outcome) ? 'fine' : 'not done';
  }

  /** @param said an account, and what its client sends */
  async #speak(said: string, group: string | null): Promise<LineResult> {
    const { output, speak } = this.#options;
    const [, name = '', text = ''] = /^@?(\S+)\s+(.+)$/s.exec(said) ?? [];
    if (text === '') return this.#say(message('terminal.sayUsage'));
    for (const line of (await speak?.({ account: name, text, group })) ?? []) writeLine(output, line);
    return 'fine';
  }

  #become(name: string): LineResult {
    this.#session = { ...this.#session, actor: actorOf(name) };
    const { authority, name: who } = this.actor;
    return this.#say(message('terminal.became', { name: who, rights: literal(authority.kind) }));
  }

  #enter(group: string): LineResult {
    this.#session = { ...this.#session, group };
    return this.#say(message('terminal.entered', { group }));
  }

  #say(sentence: Parameters<Translator['text']>[0]): LineResult {
    const { chatty, output, translator } = this.#options;
    if (chatty) writeLine(output, translator.text(sentence), 'dim');
    return 'fine';
  }
}
