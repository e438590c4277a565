// Piped input: one command a line.
import { linesOf } from './lines.ts';
import type { Shell } from './shell.ts';
import type { Terminal } from './terminal.ts';

export interface BatchResult {
  /** How many lines held a command. */
  readonly commands: number;
  readonly allFine: boolean;
}

/** Carries out every line up to the end of input, `exit`, or the wish to stop. Skips blank lines and `#` comments. */
export async function batch({ stdin, stop }: Terminal, shell: Shell): Promise<BatchResult> {
  let commands = 0;
  let allFine = true;
  for await (const line of linesOf(stdin, stop)) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    commands += 1;
    const result = await shell.take(line);
    if (result === 'not done') allFine = false;
    if (result === 'exit' || stop.aborted) break;
  }
  return { commands, allFine };
}
