// The prompt: a person types commands, with history and completion, and answers what they are asked.
import { createInterface } from 'node:readline/promises';
import type { Moderation } from '../../command/service.ts';
import { message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import { complete, starting } from './complete.ts';
import { createQuestions } from './questions.ts';
import type { Shell } from './shell.ts';
import { plain } from './style.ts';
import { type Terminal, writeLine } from './terminal.ts';

type AsyncCompleter = (line: string) => Promise<[string[], string]>;

/** Takes lines until `exit`, the end of input (Ctrl-D), Ctrl-C, or the wish to stop. */
export async function prompt(
  terminal: Terminal,
  shell: Shell,
  { moderation, translator }: { readonly moderation: Moderation; readonly translator: Translator },
): Promise<void> {
  const { stdout } = terminal;
  writeLine(stdout, translator.text(message('terminal.hint')), 'dim');
  if (shell.speaks) writeLine(stdout, translator.text(message('terminal.sandboxHint')), 'dim');
  const { lines, closed, ended, end } = openLines(terminal, async (line) => {
    const answers = questions.answers();
    if (answers !== null) return [starting(answers, line), line];
    return complete(line, { moderation, actor: shell.actor, group: shell.group, speaks: shell.speaks });
  });
  const questions = createQuestions(terminal, { lines, translator, closed, end });
  let waiting = false;
  const showPrompt = () => {
    waiting = true;
    lines.setPrompt(`${plain(shell.actor.name)}@${plain(shell.group ?? '?')}> `);
    lines.prompt();
  };
  showPrompt();
  for await (const line of lines) {
    waiting = false;
    if (line.trim() !== '' && (await shell.take(line, questions.ask)) === 'exit') end();
    if (ended.aborted) return;
    if (!closed.aborted) showPrompt();
  }
  // Nobody pressed Enter: what the calling shell writes next belongs on a line of its own.
  if (waiting) writeLine(stdout, '');
}

/** `closed`: no line comes any more; `ended`: nor is one wanted that was typed ahead. */
function openLines({ stdin, stdout, stop }: Terminal, completer: AsyncCompleter) {
  const lines = createInterface({ input: stdin, output: stdout, completer, signal: stop });
  const [closed, ended] = [new AbortController(), new AbortController()];
  const end = () => {
    ended.abort();
    lines.close();
  };
  lines.once('close', () => closed.abort());
  // Ctrl-C; the end of input leaves what was typed before it to be done.
  lines.once('SIGINT', end);
  return { lines, closed: closed.signal, ended: ended.signal, end };
}
