// The prompt: a person types commands, with history and completion.
import { createInterface } from 'node:readline/promises';
import { message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Marshal } from '../../marshal.ts';
import { complete } from './complete.ts';
import type { Shell } from './shell.ts';
import { plain } from './style.ts';
import { type Terminal, writeLine } from './terminal.ts';

/** Takes lines until `exit`, the end of input (Ctrl-D), Ctrl-C, or the wish to stop. */
export async function prompt(
  { stdin, stdout, stop }: Terminal,
  shell: Shell,
  { marshal, translator }: { readonly marshal: Marshal; readonly translator: Translator },
): Promise<void> {
  writeLine(stdout, translator.text(message('terminal.hint')), 'dim');
  const lines = createInterface({
    input: stdin,
    output: stdout,
    completer: (line: string) => complete(line, { marshal, actor: shell.actor, group: shell.group }),
    signal: stop,
  });
  const ask = () => {
    lines.setPrompt(`${plain(shell.actor.name)}@${plain(shell.group ?? '?')}> `);
    lines.prompt();
  };
  ask();
  for await (const line of lines) {
    if (line.trim() !== '' && (await shell.take(line)) === 'exit') return lines.close();
    ask();
  }
  // Nobody pressed Enter: what the calling shell writes next belongs on a line of its own.
  writeLine(stdout, '');
}
