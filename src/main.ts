// Starts the program: what belongs to the process is set up here, the rest is in `surfaces/terminal/program.ts`.
import { fstatSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { isatty } from 'node:tty';
import type { Terminal } from './surfaces/terminal/terminal.ts';

enableCompileCache();

const STDIN = 0;
/** How long, in milliseconds, connections may keep a finished program alive. */
const LINGER = 1_000;
/** How often, in milliseconds, the program looks whether the shell that started it is still there. */
const ORPHAN_CHECK = 250;

const stopping = new AbortController();
// Once: a second signal ends the process at once, as it would without us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
// `npm start` is npm, a shell and this program: a signal to npm ends the shell and would leave us behind.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => process.ppid !== parent && stopping.abort(), ORPHAN_CHECK).unref();
}
// Whoever read our output has gone, so there is nobody left to tell.
process.stdout.once('error', () => process.exit(1));

/** A terminal, or something that lines can come from; a service manager's `/dev/null` is neither. */
function inputKind(): Terminal['input'] {
  if (isatty(STDIN)) return 'person';
  const stdin = fstatSync(STDIN);
  return stdin.isFIFO() || stdin.isFile() || stdin.isSocket() ? 'piped' : 'none';
}

// Loaded after the compile cache is on, so that it counts.
const { runProgram } = await import('./cli/program.ts');
process.exitCode = await runProgram(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  input: inputKind(),
  environment: process.env,
  directory: process.cwd(),
  stop: stopping.signal,
});
setTimeout(() => process.exit(), LINGER).unref();
